"""One matter on one network: a case is entered once, checked at the first counter, and skips stops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.approval import Approval
from sim.domain.approval import OneMatter as Joined
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.i18n.writing import listed, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    BY_USE,
    Labels,
    effort_words,
    unit_in_words,
)


class OneMatter(Joined, LeverBase):
    """Approvals have fewer stops, one entry and fewer returns."""

    lever: Literal["one_matter"]
    acts_on: ClassVar[type[Ruled]] = Approval
    label: ClassVar[dict[str, str]] = {"zh": "一件事一网办", "en": "one matter, one network"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "若干类事项只录一次，首站核对，少跑几站，退回也少",
        "en": "cases of some kinds are entered once, checked at the first counter, skip stops; fewer are sent back",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        kinds, which = number(self.kinds.value, 0), BY_USE[self.joined][lang]
        skipped = listed([unit_in_words(name, lang, labels) for name in self.skips], lang)
        glance, caught = effort_words(self.glance.value, lang), self.caught.value
        if lang == "zh":
            past = f"，不再经过{skipped}" if skipped else ""
            return (
                f"{kinds}种事项（{which}）在一张网上办，只录入一次，其后每环节只核对{glance}{past}；"
                f"首次核对免去{caught}的退回"
            )
        past = f"; they no longer stop at: {skipped}" if skipped else ""
        return (
            f"{kinds} kinds ({which}) are handled on one network: entered once, then looked over for {glance} at each "
            f"stop{past}; the first check avoids {caught} of returns"
        )

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each approval whose first stop would be skipped."""
        for name in self.of:
            if regime.demand[name].on in self.skips:
                yield _first(name)


def _first(name: str) -> Problem:
    return Problem(
        key=f"demand.{name}.hops",
        message={
            "zh": f"“{name}”的受理环节不能省去",
            "en": f"the stop where '{name}' is handed in cannot be skipped",
        },
    )
