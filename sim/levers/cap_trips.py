"""Control total of trips: how often superiors may come to a unit in a year, all their visits taken together."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.quantity import CountQ
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import TripCap
from sim.levers.base import LeverBase, change_obligations


class CapTrips(LeverBase):
    """Of the named visits only so many are made to each unit in a year; which ones, a lot of each visit decides."""

    lever: Literal["cap_trips"]
    most: CountQ
    """Trips to one unit in a year at most, of all named visits together."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.trips" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        cap = TripCap(group="+".join(sorted(self.of)), most=self.most.value, reach=self.reach)
        return change_obligations(regime, self.of, Inspection, trips=cap)
