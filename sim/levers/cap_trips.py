"""Control total of trips: a limit on all visits of superiors to a unit in a year, taken together."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import TripCap
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CapTrips(TripCap, LeverBase):
    """Each unit gets a limited number of the named visits in a year; a lot of each visit decides which are made."""

    lever: Literal["cap_trips"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "调研督查总量控制", "en": "control total of trips"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "所列检查一年到一个单位至多若干次；哪些留下由抽签定",
        "en": "a limit on the named visits to each unit in a year; a lot decides which are made",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        most = number(self.most.value, 0)
        return {
            "zh": f"每个单位每年合计至多{most}次",
            "en": f"at most {counted(self.most.value, 'trip', 'trips')} to each unit in a year, all together",
        }[lang]
