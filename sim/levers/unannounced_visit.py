"""Unannounced visits: no notice, no ledgers made up for the day; ordinary records are read."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.quantity import EffortQ
from sim.domain.regime import Regime
from sim.domain.relief import Unannounced
from sim.levers.base import LeverBase, change_obligations


class UnannouncedVisit(LeverBase):
    """Inspectors come without notice and read the records that are kept anyway."""

    lever: Literal["unannounced_visit"]
    reading: EffortQ
    """Further time of each host to show ordinary records during the visit."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.unannounced" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        unannounced = Unannounced(reading=self.reading, reach=self.reach)
        return change_obligations(regime, self.of, Inspection, unannounced=unannounced)
