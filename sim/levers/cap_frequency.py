"""Frequency cap: an inspection keeps only the slots of the allowed frequency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import FrequencyCap
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.i18n.labels import FREQUENCY
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CapFrequency(FrequencyCap, LeverBase):
    """Monthly becomes quarterly: only the calendar slots of the allowed frequency are kept."""

    lever: Literal["cap_frequency"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "压减频次", "en": "cap on frequency"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "一项检查原有的时段中，只留下允许频次的那些",
        "en": "an inspection keeps only those of its calendar slots that the allowed frequency has",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        often = FREQUENCY[self.to][lang]
        return {"zh": f"最多{often}", "en": f"no more often than {often}"}[lang]

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each inspection that has a rate instead of calendar slots."""
        for name in self.of:
            if regime.obligations[name].recurrence.value.every is None:
                yield _without_slots(name)


def _without_slots(name: str) -> Problem:
    return Problem(
        key=f"obligations.{name}.recurrence",
        message={
            "zh": f"“{name}”按速率发生，没有固定频次，不能压减频次",
            "en": f"'{name}' has a rate, not calendar slots, so its frequency cannot be capped",
        },
    )
