"""Merged training: courses called within some weeks of each other become one, with one trip and one programme."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Training
from sim.domain.quantity import CountQ, Quantity, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import TrainingMerge
from sim.errors import Problem, ScenarioError
from sim.levers.base import LeverBase, change_obligations
from sim.units import Workdays


class MergeTraining(LeverBase):
    """Courses for the same units that fall into one window are held as one."""

    lever: Literal["merge_training"]
    window: Quantity[Workdays]
    """Working days of a window."""
    courses: CountQ
    """Courses that become one at most."""
    shared: ShareQ
    """Share of each further course's half-days that the common programme covers."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.merge" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        merge = TrainingMerge(
            group="+".join(sorted(self.of)),
            window=int(self.window.value),
            courses=self.courses.value,
            shared=self.shared,
            reach=self.reach,
        )
        merged = change_obligations(regime, self.of, Training, merge=merge)
        courses = [entry for name, entry in merged.obligations.items() if name in self.of]
        if len({(entry.on, entry.posts, entry.held) for entry in courses if isinstance(entry, Training)}) > 1:
            raise ScenarioError([_of_different_manner(self.of)])
        return merged


def _of_different_manner(names: tuple[str, ...]) -> Problem:
    named = ", ".join(names)
    return Problem(
        key="levers.merge_training.of",
        message={
            "zh": f"这些培训的参训单位、岗位或方式不同，不能合并：{named}",
            "en": f"these courses differ in units, posts or manner, so they cannot be one: {named}",
        },
    )
