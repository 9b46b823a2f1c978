"""Enforcement: spot checks find what has crept back, and cases make others think twice."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import ObligationBase
from sim.domain.quantity import ShareQ
from sim.domain.regime import Regime
from sim.domain.relief import Force, Guard
from sim.levers.base import LeverBase, change_obligations


class Enforce(LeverBase):
    """Of what other measures on the named obligations have lost, spot checks restore a share each month."""

    lever: Literal["enforce"]
    deters: ShareQ
    """Share of what would creep back in a month, or of work outside any plan, that senders forgo for fear of a case."""
    restores: ShareQ
    """Share of what has crept back that spot checks find and put right in a month."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.enforcement" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        guard = Guard(
            prevents=self.deters,
            restores=self.restores,
            turns_away=self.deters,
            reach=Force.model_validate({name: getattr(self, name) for name in Force.model_fields}),
        )
        return change_obligations(regime, self.of, ObligationBase, enforcement=guard)
