"""Creep: burden is added, as a counter-example or an expected rebound."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.assignment import Creep as Added
from sim.domain.obligations.base import ObligationBase
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import Labels


class Creep(Added, LeverBase):
    """More of the same is handed down: assignments, forms, visits, groups, requests."""

    lever: Literal["creep"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "层层加码", "en": "creep"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "任务、表格、检查、群或临时要求比原来多出一部分，与原有的一样",
        "en": "more assignments, forms, visits, groups or requests are handed down, each like those that there are",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        more = self.more.value
        return {"zh": f"多出{more}", "en": f"{more} more"}[lang]
