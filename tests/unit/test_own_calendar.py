"""Work calendars of a scenario's own: days off and workdays, years without announcement, weekdays, nights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.contract.checks import check_conservation, check_plan
from sim.domain.calendar import Shift, WorkCalendar, working_days
from sim.domain.own_days import DayRange, OwnDays
from sim.engine.simulate import simulate
from sim.plan.identity.timeline import make_timeline
from tests.regimes import DAY, HOUR, YEAR, duty, everything, inspection, plan_of, regime, rows_of, shift, wanted_of

if TYPE_CHECKING:
    from sim.contract.plan import Windows

OFFICE = {"hours": ("08:30-12:00", "14:00-17:30")}
NIGHT = {"hours": ("22:00-06:00",)}
HALF_DAYS = {**OFFICE, "hours_on": {"friday": ("08:30-12:00",), "saturday": ("09:00-11:00",), "monday": ()}}


def made(**terms: Any) -> Shift:
    return Shift.model_validate(terms)


def calendar(year: int = YEAR, **terms: Any) -> WorkCalendar:
    return WorkCalendar.model_validate({"year": year, "shifts": {"office": OFFICE}, **terms})


def worked(found: WorkCalendar) -> set[date]:
    first = date(found.year, 1, 1)
    return {first + timedelta(days=day) for day in working_days(found.shifts["office"], found.year, found.own_days)}


def every_day(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365)]


def hours_on(windows: Windows, day: date) -> list[tuple[float, float]]:
    midnight = (day - date(YEAR, 1, 1)).days * DAY
    pairs = zip(windows.opens.tolist(), windows.closes.tolist(), strict=True)
    return [((o - midnight) / HOUR, (c - midnight) / HOUR) for o, c in pairs if midnight <= o < midnight + DAY]


# --- own days -------------------------------------------------------------------------------------------------------


def test_own_days_come_before_the_announced_ones() -> None:
    plain = worked(calendar())
    own = worked(calendar(days_off=("2024-04-11 to 2024-04-13",), workdays=("2024-05-01", "2024-05-04..2024-05-05")))

    assert plain - own == {date(2024, 4, 11), date(2024, 4, 12)}
    assert own - plain == {date(2024, 5, 1), date(2024, 5, 4), date(2024, 5, 5)}


def test_a_year_without_announcement_needs_its_days_off_and_has_no_others() -> None:
    festival = ("2027-02-05 to 2027-02-11", "2027-10-01 to 2027-10-07")
    with pytest.raises(ValidationError, match="list them under days_off"):
        calendar(2027)
    with pytest.raises(ValidationError, match="list them under days_off"):
        calendar(2027, days_off=("2026-02-17",))

    found = worked(calendar(2027, days_off=festival, workdays=("2027-02-14",)))

    free = {day for first, last in map(DayRange.parse, festival) for day in every_day(2027) if first <= day <= last}
    assert found == {day for day in every_day(2027) if day.weekday() < 5} - free | {date(2027, 2, 14)}


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"days_off": ("2024-06-03",), "workdays": ("2024-06-01 to 2024-06-05",)}, "2024-06-03 is under days_off too"),
        ({"days_off": ("2024-06-03 to 2024-06-01",)}, "date or range of dates"),
        ({"days_off": ("2024-02-30",)}, "date or range of dates"),
        ({"days_off": ("2024-01-01 to 2024-12-31",)}, "works on no day"),
    ],
)
def test_own_days_that_contradict_are_refused(terms: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        calendar(**terms)


def test_nothing_falls_due_on_an_own_day_off_and_notice_counts_without_it() -> None:
    days = {"days_off": ("2024-06-03 to 2024-06-28",)}
    visits = regime(
        {"i": inspection(recurrence="weekly", programmes=5)}, calendar={"shifts": {"office": shift()}, **days}
    )
    plan = wanted_of(visits)
    first, last = ((date.fromisoformat(day) - date(YEAR, 1, 1)).days for day in ("2024-06-01", "2024-06-30"))

    assert not [row for row in rows_of(plan) if first <= row.release // DAY <= last]
    waiting = {row.due // DAY - row.day for row in rows_of(plan, "i", "prepare") if row.day < first < row.due // DAY}
    assert waiting
    assert min(waiting) > 30


# --- weekdays -------------------------------------------------------------------------------------------------------


def test_hours_can_differ_by_weekday() -> None:
    timeline = make_timeline(made(**HALF_DAYS), YEAR)

    assert hours_on(timeline.windows, date(2024, 3, 14)) == [(8.5, 12), (14, 17.5)]
    assert hours_on(timeline.windows, date(2024, 3, 15)) == [(8.5, 12)]
    assert hours_on(timeline.windows, date(2024, 3, 16)) == [(9, 11)]
    assert hours_on(timeline.windows, date(2024, 3, 18)) == []
    assert hours_on(timeline.windows, date(2024, 2, 17)) == [], "a Saturday of Spring Festival"
    assert hours_on(timeline.windows, date(2024, 2, 18)) == [(8.5, 12), (14, 17.5)], "a make-up Sunday"
    assert timeline.week_seconds == (3 * 7 + 3.5 + 2) * HOUR


def test_work_of_a_half_day_is_due_at_its_close_and_falls_into_its_hours() -> None:
    timeline = make_timeline(made(**HALF_DAYS), YEAR)
    friday = np.full(1_000, (date(2024, 3, 15) - date(YEAR, 1, 1)).days)

    second = timeline.at_share_of_day(friday, np.linspace(0, 1, 1_000, endpoint=False))
    opens, closes = timeline.half_day(friday, np.ones(1_000, dtype=np.bool_))

    assert (second.min() % DAY, second.max() % DAY) == (8.5 * HOUR, pytest.approx(12 * HOUR, abs=20))
    assert {*(opens % DAY), *(closes % DAY)} == {8.5 * HOUR, 12 * HOUR}
    assert set(timeline.due_after(second, 0) % DAY) == {12 * HOUR}


# --- nights ---------------------------------------------------------------------------------------------------------


def test_a_night_is_two_windows_and_belongs_to_the_day_on_which_it_begins() -> None:
    timeline = make_timeline(made(**NIGHT), YEAR)
    friday, saturday = date(2024, 3, 15), date(2024, 3, 16)
    night = np.array([(friday - date(YEAR, 1, 1)).days])

    assert hours_on(timeline.windows, friday) == [(0, 6), (22, 24)]
    assert hours_on(timeline.windows, saturday) == [(0, 6)]
    assert hours_on(timeline.windows, date(2024, 3, 17)) == []
    second = timeline.at_share_of_day(night.repeat(8), np.arange(8) / 8)
    assert ((second - night * DAY) / HOUR).tolist() == [22, 23, 24, 25, 26, 27, 28, 29]
    assert set(timeline.day_of(second)) == set(night)
    assert set(timeline.due_after(second, 0) - night * DAY) == {30 * HOUR}
    assert timeline.due_after(second, 1) == pytest.approx(np.full(8, (night[0] + 4 - 1) * DAY + 30 * HOUR))
    assert timeline.week_seconds == 40 * HOUR


@pytest.mark.parametrize(
    "hours", [NIGHT, {**NIGHT, "overtime_cap": "3 h"}, {"hours": ("08:00-12:00", "20:00-02:00")}, HALF_DAYS]
)
def test_every_kind_of_work_can_be_planned_and_both_engines_agree(hours: dict[str, Any]) -> None:
    plan = plan_of(everything(calendar={"shifts": {"office": hours}}))

    check_plan(plan)
    one, other = (simulate(plan, engine=engine) for engine in ("reference", "compiled"))
    check_conservation(plan, one)
    assert np.array_equal(one.seconds, other.seconds)
    assert np.array_equal(one.finish, other.finish)
    assert np.array_equal(one.overtime_seconds, other.overtime_seconds)


def test_work_of_a_night_is_done_in_that_night() -> None:
    nightly = {"watch": duty(recurrence="daily", effort="2 h", due="same day")}
    plan = plan_of(regime(nightly, calendar={"shifts": {"office": NIGHT}}))
    log = simulate(plan)
    done = (log.finish >= 0) & (plan.activities.release < plan.activities.due - 3 * HOUR)

    assert np.count_nonzero(done) > 100
    assert np.all(log.finish[done] <= plan.activities.due[done])
    assert set((plan.activities.due // HOUR % 24).tolist()) == {6}


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ({"hours": ("22:00-06:00",), "overtime_cap": "2 h", "evening": "05:00"}, "between its end and its next"),
        ({"hours": ("22:00-06:00",), "overtime_cap": "2 h", "evening": "21:00"}, "between its end and its next"),
        ({"hours": ("22:00-06:00", "08:00-12:00")}, "in order"),
        ({"hours": ("05:00-08:00", "22:00-06:00")}, "before the next day's hours"),
        ({**OFFICE, "hours_on": {"saturday": ("20:00-10:00",)}}, "before the next day's hours"),
        ({**OFFICE, "hours_on": {"friday": ("14:00-17:00", "09:00-11:00")}}, "in order"),
        ({"hours": ("08:00-08:00",)}, "range of times"),
        ({**OFFICE, "hours_on": {"payday": ()}}, "Extra inputs"),
    ],
)
def test_hours_that_contradict_are_refused(hours: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        made(**hours)


def test_own_days_are_values() -> None:
    assert OwnDays.of((DayRange.parse("2024-05-01 至 2024-05-02"),), ()) == OwnDays(
        frozenset({date(2024, 5, 1), date(2024, 5, 2)})
    )
    assert str(DayRange.parse("2024-05-01/2024-05-02")) == "2024-05-01 to 2024-05-02"
    assert DayRange.validate(date(2024, 5, 1)) == DayRange.parse("2024-05-01")
