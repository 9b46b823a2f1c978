"""Item cut: some inspection items are abolished."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import ItemCut
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CutItems(ItemCut, LeverBase):
    """Abolish a number of the items; which ones is decided by chance that belongs to the item."""

    lever: Literal["cut_items"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "减少检查事项", "en": "fewer inspection items"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "在所列清单里一共取消若干检查事项；取消哪些由机缘决定",
        "en": "so many inspection items are abolished, out of all lists named; which ones, chance decides",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Describe the terms."""
        count = number(self.items.value, 0)
        return {"zh": f"合计取消{count}项", "en": f"{count} items abolished in all"}[lang]
