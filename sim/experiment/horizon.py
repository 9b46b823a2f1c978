"""Several years in a row: what is left of a relief when requirements creep back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sim.errors import UsageError
from sim.scenario.ordered import changed_levers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.comparison import Comparison
    from sim.scenario.scenario import Scenario


def in_year(scenario: Scenario, year: int) -> Scenario:
    """Give the scenario in another year; a lever without a start is in force since the scenario's own year began.

    Raises:
        UsageError: if the public holidays of the year are not known.
    """
    begins = date(scenario.calendar.year, 1, 1)
    levers = changed_levers(scenario.levers, lambda _, lever: lever if lever.starts else lever.replace(starts=begins))
    try:
        calendar = scenario.calendar.replace(year=year)
    except ValidationError as error:
        raise UsageError(
            zh=f"没有 {year} 年的节假日安排，不能模拟到那一年",
            en=f"the public holidays of {year} are not known, so that year cannot be simulated",
        ) from error
    return scenario.replace(calendar=calendar, levers=levers)


@dataclass(frozen=True)
class Retained:
    """What is left of the first year's change of the primary outcome."""

    year: int
    difference: float
    low: float
    high: float
    """95 % paired t interval of the difference in that year."""
    retention: float | None
    """Difference over the first year's; None where that one is zero."""


def retention(comparisons: Sequence[Comparison]) -> list[Retained]:
    """Follow the primary outcome over comparisons of successive years."""
    rows = [(one.ground.year, one.row(*one.primary)) for one in comparisons]
    first = rows[0][1].difference if rows and rows[0][1] is not None else 0.0
    return [
        Retained(year, row.difference, row.low, row.high, row.difference / first if first else None)
        for year, row in rows
        if row is not None
    ]
