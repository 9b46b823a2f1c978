"""Seamless appraisal: routine data and an exam nobody announces take the place of ledgers and self-reports."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Appraisal
from sim.domain.quantity import EffortQ
from sim.domain.regime import Regime
from sim.domain.relief_of_appraisal import DataFeed, FieldExam, Seamless, Trend
from sim.errors import Problem, ScenarioError
from sim.levers.base import LeverBase, change_obligations


class SeamlessAppraisal(LeverBase):
    """Units are scored from data that departments hold, and by a field exam without notice, meeting or self-report."""

    lever: Literal["seamless_appraisal"]
    feed: DataFeed
    """What departments pass on."""
    exam: FieldExam
    """What examiners look at on the spot."""
    trend: Trend | None = None
    """The trend of several years, for coaching only."""
    readiness: EffortQ | None = None
    """Time a unit spends each month to be ready at any time; none where it does nothing special."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.seamless" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class; data are passed on once for all, a unit is ready and coached once for all."""
        named: list[str] = sorted(self.of)
        seen: set[str] = set()
        for place, name in enumerate(named):
            entry = regime.obligations.get(name)
            on = entry.on if entry is not None else ""
            seamless = Seamless(
                exam=self.exam,
                feed=None if place else self.feed,
                trend=None if on in seen else self.trend,
                readiness=None if on in seen else self.readiness,
                reach=self.reach,
            )
            seen.add(on)
            regime = change_obligations(regime, (name,), Appraisal, seamless=seamless)
        unscored = [name for name in named if getattr(regime.obligations[name], "scoring", None) is None]
        if unscored:
            raise ScenarioError([_unscored(name) for name in unscored])
        return regime


def _unscored(name: str) -> Problem:
    return Problem(
        key=f"obligations.{name}.scoring",
        message={
            "zh": f"“{name}”没有写评分办法（scoring），不能改为无感考核",
            "en": f"'{name}' says nothing of its scoring, so it cannot be made seamless",
        },
    )
