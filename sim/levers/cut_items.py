"""Item cut: some inspection items are abolished."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import ItemCut
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CutItems(ItemCut, LeverBase):
    """A number of items is abolished, chosen by a lot of each item."""

    lever: Literal["cut_items"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "减少检查事项", "en": "fewer inspection items"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "在所列清单里一共取消若干检查事项；取消哪些由抽签定",
        "en": "a number of inspection items, out of all lists named, is abolished, chosen by lot",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        count = self.items.value
        some = counted(count, "item", "items")
        return {"zh": f"合计取消{number(count, 0)}项", "en": f"{some} abolished in all"}[lang]
