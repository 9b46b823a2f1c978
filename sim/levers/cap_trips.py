"""Control total of trips: how often superiors may come to a unit in a year, all their visits taken together."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import TripCap
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CapTrips(TripCap, LeverBase):
    """Of the named visits only so many are made to each unit in a year; which ones, a lot of each visit decides."""

    lever: Literal["cap_trips"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "调研督查总量控制", "en": "control total of trips"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "所列检查一年到一个单位至多若干次；哪些留下由抽签定",
        "en": "of the named visits so many are made to each unit in a year; a lot decides which",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Describe the terms."""
        most = number(self.most.value, 0)
        return {"zh": f"每个单位每年合计至多{most}次", "en": f"{most} trips to a unit in a year at most, all together"}[
            lang
        ]
