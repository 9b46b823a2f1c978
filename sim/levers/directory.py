"""Directory of services or certificates: kinds that are not listed may no longer be asked of the unit."""

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
    """Cut the kinds of matter a unit handles; matters off the list move to the unit that takes them over."""

    lever: Literal["directory"]
    acts_on: ClassVar[type[Ruled]] = ResidentRequest
    label: ClassVar[dict[str, str]] = {"zh": "事项清单", "en": "directory of matters"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "不在目录上的事项不再要求本单位办；转给别的单位，或不再需要",
        "en": "kinds of matter that are not listed are no longer asked of the unit; they move on, or fall away",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Describe the terms."""
        kinds, kept = number(self.kinds.value, 0), BY_USE[self.kept][lang]
        come, refusal = self.still_come.value, effort_words(self.refusal.value, lang)
        keeper = unit_in_words(self.moves_to, lang, labels) if self.moves_to else None
        if lang == "zh":
            moved = f"其余转由{keeper}办理" if keeper else "其余不再要求"
            return f"清单保留{kinds}种（{kept}），{moved}；{come}的群众仍会前来，每次解释转介{refusal}"
        moved = f"the others move to: {keeper}" if keeper else "the others are no longer asked for"
        return (
            f"{kinds} kinds stay on the list ({kept}), {moved}; {come} of residents with an unlisted matter still come "
            f"and are sent on, {refusal} each"
        )
