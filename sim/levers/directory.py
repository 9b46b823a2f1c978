"""Directory of services or certificates: the unit no longer handles kinds that are not listed."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.demand import Directory as Listed
from sim.domain.demand import ResidentRequest
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    BY_USE,
    Labels,
    effort_words,
    unit_in_words,
)


class Directory(Listed, LeverBase):
    """Fewer kinds of matter are handled by a unit; the others move to another unit, or are no longer required."""

    lever: Literal["directory"]
    acts_on: ClassVar[type[Ruled]] = ResidentRequest
    label: ClassVar[dict[str, str]] = {"zh": "事项清单", "en": "directory of matters"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "不在清单上的事项本单位不再办；转给别的单位，或不再需要",
        "en": "the unit no longer handles kinds that are not listed; they move to another unit, or are not required",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        kinds, kept = number(self.kinds.value, 0), BY_USE[self.kept][lang]
        come, refusal = self.still_come.value, effort_words(self.refusal.value, lang)
        keeper = unit_in_words(self.moves_to, lang, labels) if self.moves_to else None
        if lang == "zh":
            moved = f"其余转由{keeper}办理" if keeper else "其余不再要求"
            return f"清单保留{kinds}种（{kept}），{moved}；{come}的群众仍会前来，每次解释转介{refusal}"
        moved = f"the others move to: {keeper}" if keeper else "the others are no longer required"
        return (
            f"{kinds} kinds are listed ({kept}), {moved}; {come} of residents with an unlisted matter still come "
            f"and are sent on, {refusal} each"
        )
