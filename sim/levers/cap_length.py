"""Length cap: a limit on how long a meeting lasts."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Meeting
from sim.domain.obligations.meeting import LengthCap
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import Labels, duration_words


class CapLength(LengthCap, LeverBase):
    """Longer meetings end at the limit; shorter ones are unchanged."""

    lever: Literal["cap_length"]
    acts_on: ClassVar[type[Ruled]] = Meeting
    label: ClassVar[dict[str, str]] = {"zh": "会议限时", "en": "cap on length"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "会议到时即散，短会照旧；路上的时间不变",
        "en": "long meetings end at the limit, shorter ones are unchanged; travel is unchanged",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        most = duration_words(self.length.value, lang)
        return {"zh": f"每次会议至多{most}", "en": f"no meeting lasts longer than {most}"}[lang]
