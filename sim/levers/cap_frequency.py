"""Frequency cap: an inspection may come no more often than the allowed slots."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.recurrence import Frequency
from sim.domain.regime import Regime
from sim.domain.relief import FrequencyCap
from sim.errors import Problem, ScenarioError
from sim.levers.base import LeverBase, change_obligations


class CapFrequency(LeverBase):
    """Monthly becomes quarterly: of the calendar slots only those of the allowed frequency stay."""

    lever: Literal["cap_frequency"]
    to: Frequency
    """Highest frequency that is still allowed."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.frequency_cap" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        cap = FrequencyCap(to=self.to, reach=self.reach)
        capped = change_obligations(regime, self.of, Inspection, frequency_cap=cap)
        loose = [name for name in self.of if capped.obligations[name].recurrence.value.every is None]
        if loose:
            raise ScenarioError([_without_slots(name) for name in loose])
        return capped


def _without_slots(name: str) -> Problem:
    return Problem(
        key=f"obligations.{name}.recurrence",
        message={
            "zh": f"“{name}”按速率发生，没有固定频次，不能压减频次",
            "en": f"'{name}' comes at a rate, not in calendar slots, so its frequency cannot be capped",
        },
    )
