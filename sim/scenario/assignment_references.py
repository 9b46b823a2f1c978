"""Checks of assignments: names that stand for one thing, numbers above zero, and levers that find a part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.domain.obligations.base import ObligationBase
from sim.domain.regime import named_entries
from sim.scenario.broken import Broken
from sim.scenario.ordered import placed_levers

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def broken_assignments(scenario: Scenario) -> Iterator[Broken]:
    """Yield a problem for each assignment without number or name of its own, and for each lever on one without part."""
    for name, assignment in scenario.assignments.items():
        if name in scenario.obligations:
            yield Broken(
                ("assignments", name),
                f"“{name}”既是任务又是事项，举措分不清；请改一个名称",
                f"'{name}' is an assignment and an obligation, so a lever cannot tell them apart; rename one",
                other=("obligations", name),
            )
        if getattr(assignment, "number", None) is not None and assignment.number.value == 0:
            yield Broken(
                ("assignments", name, "number"),
                "须大于零；没有这样的任务，就删去它的各个事项",
                "must be more than zero; if there is none, delete its parts",
            )
    for place, lever in placed_levers(scenario.levers):
        for number, name in enumerate(lever.of if lever.acts_on is ObligationBase else ()):
            if name in scenario.assignments and not named_entries(scenario, (name,)):
                yield Broken(
                    ("levers", *place, "of", number),
                    f"任务“{name}”没有任何事项；在事项下写 part_of: {name}",
                    f"the assignment '{name}' has no part; write part_of: {name} under an obligation",
                )
