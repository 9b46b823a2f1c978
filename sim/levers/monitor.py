"""Burden monitors: local monitors report breaches of the rules as they happen."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import ObligationBase
from sim.domain.rule import Monitor as Watching
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class Monitor(Watching, LeverBase):
    """Other measures on the named obligations erode more slowly, and work outside any plan is turned away."""

    lever: Literal["monitor"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "减负监测", "en": "burden monitors"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "同一事项上的其他举措回潮得慢些；计划外的一部分当场挡回",
        "en": "other measures on the same obligations erode more slowly; some work outside any plan is turned away",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        prevents, away = self.prevents.value, self.turns_away.value
        if lang == "zh":
            return f"每月要回潮的，当场制止{prevents}；计划外的检查和报表，{away}被挡回"
        return f"{prevents} of erosion is stopped as it happens; {away} of unplanned work is turned away"
