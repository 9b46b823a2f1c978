"""Sampling: each round of visits goes to a sample of the units, larger for units of high risk if wanted."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations.inspected import Inspected, Sampling
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class SampleVisits(Sampling, LeverBase):
    """Units are drawn by lot for each round of visits; a unit that is not drawn is not visited.

    Each department draws the enterprises of its checks once a year.
    """

    lever: Literal["sample_visits"]
    acts_on: ClassVar[type[Ruled]] = Inspected
    label: ClassVar[dict[str, str]] = {"zh": "抽查", "en": "visits by sample"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "每轮只抽查一部分单位；各风险等级的比例可以不同，风险高的多抽",
        "en": ("each round visits only some of the units, drawn by lot; shares can be larger for units of high risk"),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        high, medium, low = self.kept.high.value, self.kept.medium.value, self.kept.low.value
        if high == medium == low:
            return {"zh": f"每轮只抽{high}的单位", "en": f"{high} of the units are drawn for each round"}[lang]
        if lang == "zh":
            return f"每轮按风险抽取：高风险{high}、中风险{medium}、低风险{low}的单位"
        return f"of the units {high} at high, {medium} at medium and {low} at low risk are drawn for each round"
