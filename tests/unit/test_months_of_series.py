"""The months of quarterly and half-yearly series belong to the series; a cap keeps months of the series."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.domain.calendar import Shift
from sim.domain.recurrence import Recurrence
from sim.levers.table import LEVERS
from sim.plan.identity.chance import Chance, text_keys
from sim.plan.identity.occurrences import fall_due
from sim.plan.identity.timeline import make_timeline
from tests.regimes import YEAR, inspection, regime, rows_of, units, wanted_of

if TYPE_CHECKING:
    from sim.domain.regime import Regime

KEYS = text_keys(tuple(f"series {number}" for number in range(600)))
TIMELINE = make_timeline(Shift.model_validate({"hours": ("08:00-12:00",)}), YEAR)


def months_of(**recurrence: Any) -> list[tuple[int, ...]]:
    """Return the months in which each of many series falls due."""
    found = fall_due(Recurrence.model_validate(recurrence), "s", KEYS, TIMELINE, Chance(7, 0), {})
    assert np.array_equal(TIMELINE.month_of(found.second), found.slot)
    return [tuple(found.slot[found.series == series].tolist()) for series in range(len(KEYS))]


@pytest.mark.parametrize(("every", "length"), [("quarterly", 3), ("half_yearly", 6)])
def test_a_series_has_one_month_of_each_period_and_all_are_equally_likely(every: str, length: int) -> None:
    months = months_of(every=every)

    assert all(tuple(b - a for a, b in pairwise(mine)) == (length,) * (12 // length - 1) for mine in months)
    assert np.bincount([mine[0] for mine in months])[1:] == pytest.approx(600 / length, rel=0.3)


def test_months_can_be_declared_or_end_their_period() -> None:
    assert set(months_of(every="quarterly", months=(1, 5, 8, 12))) == {(1, 5, 8, 12)}
    assert set(months_of(every="half_yearly", months=(2, 9))) == {(2, 9)}
    assert set(months_of(every="quarterly", months="period_end")) == {(3, 6, 9, 12)}
    assert set(months_of(every="half_yearly", months="period_end")) == {(6, 12)}


@pytest.mark.parametrize(
    ("recurrence", "words"),
    [
        ({"every": "quarterly", "months": (3, 6, 9)}, "one month for each quarter"),
        ({"every": "quarterly", "months": (3, 3, 9, 12)}, "one month for each quarter"),
        ({"every": "half_yearly", "months": (8, 2)}, "in order"),
        ({"every": "half_yearly", "months": (0, 7)}, "1 to 12"),
        ({"every": "monthly", "months": (1,)}, "quarterly, half-yearly or yearly"),
        ({"every": "yearly", "months": ()}, "1 to 12"),
        ({"rate": "3 per week", "months": "period_end"}, "calendar slots"),
    ],
)
def test_months_that_do_not_fit_are_refused(recurrence: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Recurrence.model_validate(recurrence)


# --- caps -----------------------------------------------------------------------------------------------------------

FREQUENCIES = ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly")
PER_SERIES = {"quarterly": 4, "half_yearly": 2, "yearly": 1}


def inspected(every: str, **months: Any) -> Regime:
    visit = inspection(recurrence={"every": every, **months}, programmes=8, preparers=0, notice="same day")
    return regime({"i": visit}, organisation=units(villages=3))


def capped(made: Regime, to: str) -> Regime:
    return LEVERS["cap_frequency"].model_validate({"lever": "cap_frequency", "of": "i", "to": to}).apply(made)


def visits(made: Regime) -> dict[int, date]:
    return {row.identity: date(YEAR, 1, 1) + timedelta(days=row.day) for row in rows_of(wanted_of(made), "i", "host")}


@pytest.mark.parametrize("every", FREQUENCIES[:5])
def test_a_lower_cap_keeps_some_of_the_visits_that_a_higher_one_keeps(every: str) -> None:
    made = inspected(every)
    kept = [visits(made), *(visits(capped(made, to)) for to in FREQUENCIES[FREQUENCIES.index(every) + 1 :])]

    for more, fewer in pairwise(kept):
        assert set(fewer.items()) < set(more.items())
    for to, found in zip(reversed(FREQUENCIES), reversed(kept), strict=False):
        assert len(found) == 24 * PER_SERIES.get(to, len(found) / 24)


@pytest.mark.parametrize("to", ["quarterly", "half_yearly"])
def test_a_cap_keeps_the_slots_that_the_lower_frequency_has(to: str) -> None:
    assert visits(capped(inspected("monthly"), to)) == visits(inspected(to))


@pytest.mark.parametrize("every", ["weekly", "monthly", "quarterly"])
def test_a_cap_that_thins_the_year_does_not_pile_up_in_december(every: str) -> None:
    by_month: dict[int, int] = defaultdict(int)
    for day in visits(capped(inspected(every), "yearly")).values():
        by_month[day.month] += 1

    assert len(by_month) >= 7
    assert max(by_month.values()) < 24 / 3


def test_a_cap_keeps_declared_months_and_the_ends_of_periods_where_these_are_wanted() -> None:
    declared = capped(inspected("quarterly", months=(1, 5, 8, 12)), "half_yearly")
    at_end = capped(inspected("monthly", months="period_end"), "half_yearly")

    assert {day.month for day in visits(declared).values()} == {1, 5, 8, 12}
    assert {day.month for day in visits(at_end).values()} == {6, 12}
