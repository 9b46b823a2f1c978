"""Risk tiers: enterprises of low risk are largely left alone, those of high risk stay in sight."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import EnterpriseCheck
from sim.domain.obligations.enterprise_check import RiskTiers
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class TierRisks(RiskTiers, LeverBase):
    """Items go from the plan by the enterprise's risk class; chance that belongs to each decides which."""

    lever: Literal["tier_risks"]
    acts_on: ClassVar[type[Ruled]] = EnterpriseCheck
    label: ClassVar[dict[str, str]] = {"zh": "信用风险分级", "en": "risk tiers"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "各风险等级的企业，计划事项按比例保留",
        "en": "of the planned items at enterprises of each risk class, a share stays",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Describe the terms."""
        high, medium, low = self.kept.high.value, self.kept.medium.value, self.kept.low.value
        if lang == "zh":
            return f"按风险保留计划事项：高风险{high}、中风险{medium}、低风险{low}"
        return f"of the planned items {high} stay at high, {medium} at medium and {low} at low risk"
