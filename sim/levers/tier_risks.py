"""Risk tiers: enterprises of low risk are largely left alone, those of high risk stay in sight."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import EnterpriseCheck
from sim.domain.regime import Regime
from sim.domain.relief_of_checks import RiskTiers
from sim.domain.risk import KeptByRisk
from sim.levers.base import LeverBase, change_obligations


class TierRisks(LeverBase):
    """Items go from the plan by the enterprise's risk class; chance that belongs to each decides which."""

    lever: Literal["tier_risks"]
    kept: KeptByRisk
    """Share of the items in each risk class that stays on the plan."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.tiers" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        return change_obligations(regime, self.of, EnterpriseCheck, tiers=RiskTiers(kept=self.kept, reach=self.reach))
