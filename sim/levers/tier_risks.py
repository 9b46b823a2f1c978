"""Risk tiers: enterprises of low risk are largely left alone, those of high risk are still checked."""

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
    """Items are removed from the plan by the enterprise's risk class, chosen by a lot of each item."""

    lever: Literal["tier_risks"]
    acts_on: ClassVar[type[Ruled]] = EnterpriseCheck
    label: ClassVar[dict[str, str]] = {"zh": "信用风险分级", "en": "risk tiers"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "各风险等级的企业，计划事项按比例保留",
        "en": "a share of the planned items is kept, by the enterprise's risk class",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        high, medium, low = self.kept.high.value, self.kept.medium.value, self.kept.low.value
        if lang == "zh":
            return f"按风险保留计划事项：高风险{high}、中风险{medium}、低风险{low}"
        return f"of the planned items {high} are kept at high, {medium} at medium and {low} at low risk"
