"""Sampling: of each round of visits only some units are drawn, or more of those where the risk is high."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.regime import Regime
from sim.domain.relief_of_checks import Sampling
from sim.domain.risk import KeptByRisk
from sim.levers.base import LeverBase, change_obligations


class SampleVisits(LeverBase):
    """Units are drawn by lot for each round of visits; one that is not drawn is not visited."""

    lever: Literal["sample_visits"]
    kept: KeptByRisk
    """Share of the units in each risk class that is drawn; the same in all for a plain sample."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.sampled" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        return change_obligations(regime, self.of, Inspection, sampled=Sampling(kept=self.kept, reach=self.reach))
