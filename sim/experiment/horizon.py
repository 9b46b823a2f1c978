"""Successive years: the share of a relief that is left when requirements creep back."""

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
    """Return the scenario in another year; a lever without a start is in force since the scenario's own year.

    Raises:
        UsageError: the public holidays of the year are not known.
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


def successive_years(before: Scenario, after: Scenario, years: int) -> list[tuple[Scenario, Scenario]]:
    """Return two scenarios in each of `years` successive years, from the year of the scenario after.

    Raises:
        UsageError: the public holidays of one of the years are not known.
    """
    first = after.calendar.year
    later = [(in_year(before, first + past), in_year(after, first + past)) for past in range(1, years)]
    return [(before, after), *later]


@dataclass(frozen=True)
class Retained:
    """The share of the first year's change of the primary outcome that is left in a later year."""

    year: int
    difference: float
    low: float
    high: float
    """95 % paired t interval of the difference in that year."""
    retention: float | None
    """Difference over the first year's; None if the first year's is zero."""


def retention(comparisons: Sequence[Comparison]) -> list[Retained]:
    """Return the primary outcome of each of several successive years, as a share of the first year's."""
    rows = [(one.ground.year, one.row(*one.primary)) for one in comparisons]
    first = rows[0][1].difference if rows and rows[0][1] is not None else 0.0
    return [
        Retained(year, row.difference, row.low, row.high, row.difference / first if first else None)
        for year, row in rows
        if row is not None
    ]
