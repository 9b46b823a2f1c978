"""Merged training: courses called within some weeks of each other become one, with one trip and one programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.obligations import Training
from sim.domain.obligations.training import TrainingMerge
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    window_words,
)


class MergeTraining(TrainingMerge, LeverBase):
    """Courses of the same units in one window are held as one."""

    lever: Literal["merge_training"]
    acts_on: ClassVar[type[Ruled]] = Training
    label: ClassVar[dict[str, str]] = {"zh": "培训合并", "en": "training merged"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "几周之内的培训合成一次，跑一趟，课程共用",
        "en": "courses within a window become one, with one trip and a common programme",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        window, courses = window_words(int(self.window.value), lang), number(self.courses.value, 0)
        if lang == "zh":
            return f"{window}的培训合为一期，至多{courses}期合一，每多一期共用{self.shared.value}的课时"
        return (
            f"courses {window} become one, {courses} at most; the common programme covers "
            f"{self.shared.value} of each further one"
        )

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield one problem if the courses differ in units, posts or manner."""
        courses = [entry for name in self.of if isinstance(entry := regime.obligations[name], Training)]
        if len({(one.on, one.posts, one.held) for one in courses}) > 1:
            yield _of_different_manner(self.of)


def _of_different_manner(names: tuple[str, ...]) -> Problem:
    named = ", ".join(names)
    return Problem(
        key="levers.merge_training.of",
        message={
            "zh": f"这些培训的参训单位、岗位或方式不同，不能合并：{named}",
            "en": f"these courses differ in units, posts or manner, so they cannot be one: {named}",
        },
    )
