"""Unannounced visits: no notice, no ledgers prepared for the visit; ordinary records are read."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import Unannounced
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    effort_words,
)


class UnannouncedVisit(Unannounced, LeverBase):
    """Inspectors come without notice and read the records that are kept anyway."""

    lever: Literal["unannounced_visit"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "四不两直", "en": "unannounced visits"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "不打招呼，不为检查做台账，现场看平时记录；来不及掩盖问题",
        "en": "no notice, no ledgers for the visit; ordinary records are read during it; nothing can be hidden in time",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        reading = effort_words(self.reading.value, lang)
        if lang == "zh":
            return f"不打招呼，不再备检；每名接待人员当场另用{reading}翻看日常记录"
        return f"no notice and no preparation; each host spends a further {reading} on showing ordinary records"
