"""Burden monitors: somebody on the spot reports what breaks the rules as it happens."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import ObligationBase
from sim.domain.quantity import ShareQ
from sim.domain.regime import Regime
from sim.domain.relief import Force, Guard
from sim.levers.base import LeverBase, change_obligations
from sim.units import Share


class Monitor(LeverBase):
    """Other measures on the named obligations erode more slowly, and work outside any plan is turned away."""

    lever: Literal["monitor"]
    prevents: ShareQ
    """Share of what would creep back in a month that is stopped as it happens."""
    turns_away: ShareQ
    """Share of visits and forms outside any plan that is turned away at once."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.monitor" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        guard = Guard(
            prevents=self.prevents,
            restores=ShareQ(value=Share(0.0), source="assumed"),
            turns_away=self.turns_away,
            reach=Force.model_validate({name: getattr(self, name) for name in Force.model_fields}),
        )
        return change_obligations(regime, self.of, ObligationBase, monitor=guard)
