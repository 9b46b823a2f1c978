"""Frequency cap: an inspection may come no more often than the allowed slots."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.recurrence import Frequency
from sim.domain.regime import Regime
from sim.domain.relief import FrequencyCap
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
        return change_obligations(regime, self.of, Inspection, frequency_cap=cap)
