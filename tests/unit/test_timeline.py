"""The work calendar as arrays, compared with plain loops over days and seconds."""

from datetime import date, timedelta

import numpy as np
import pytest

from sim.contract.plan import DAY
from sim.domain.calendar import Shift, days_of, months_of
from sim.domain.holidays_cn import is_workday
from sim.domain.recurrence import Recurrence
from sim.plan.identity.chance import Chance, text_keys
from sim.plan.identity.occurrences import arrivals, fall_due
from sim.plan.identity.timeline import Timeline, make_timeline
from sim.units import Rate

HOUR = 3_600
YEAR = 2024
OFFICE = Shift.model_validate({"hours": ("08:30-12:00", "14:00-17:30"), "overtime_cap": "2 h"})
VILLAGE = Shift.model_validate({"hours": ("08:00-12:00", "15:00-18:00"), "saturday": True})
ALWAYS = Shift.model_validate({"hours": ("00:00-24:00",), "every_day": True})
NEW_YEAR_OF_DRAGON = (date(2024, 2, 10) - date(2024, 1, 1)).days
SUNDAY = (date(2024, 3, 10) - date(2024, 1, 1)).days


@pytest.fixture
def office() -> Timeline:
    return make_timeline(OFFICE, YEAR)


def day(month: int, of_month: int) -> int:
    return (date(YEAR, month, of_month) - date(YEAR, 1, 1)).days


def test_offices_work_on_the_announced_working_days(office: Timeline) -> None:
    expected = [d for d in range(366) if is_workday(date(YEAR, 1, 1) + timedelta(days=d))]

    assert office.days[: office.in_year].tolist() == expected
    assert NEW_YEAR_OF_DRAGON not in expected
    assert day(2, 4) in expected, "the Sunday made up for the Spring Festival"


def test_villages_work_saturdays_that_are_no_holidays() -> None:
    village = make_timeline(VILLAGE, YEAR).days.tolist()

    assert day(3, 9) in village
    assert day(2, 10) not in village
    assert day(3, 10) not in village


def test_windows_are_the_hours_of_each_working_day_and_the_evening(office: Timeline) -> None:
    first = day(1, 2)

    assert office.windows.opens[:3].tolist() == [first * DAY + s for s in (30_600, 50_400, 68_400)]
    assert office.windows.closes[:3].tolist() == [first * DAY + s for s in (43_200, 63_000, 75_600)]
    assert office.windows.evening[:3].tolist() == [False, False, True]
    assert len(office.windows.opens) == 3 * office.in_year


def test_no_evening_without_a_cap_and_all_day_where_always_open() -> None:
    assert not make_timeline(VILLAGE, YEAR).windows.evening.any()
    always = make_timeline(ALWAYS, YEAR)
    assert np.all(always.windows.closes - always.windows.opens == DAY)
    assert len(always.windows.opens) == 366


@pytest.mark.parametrize(
    ("finer", "coarser"), [("monthly", "quarterly"), ("quarterly", "half_yearly"), ("half_yearly", "yearly")]
)
def test_a_lower_frequency_selects_slots_of_the_higher_one(office: Timeline, finer: str, coarser: str) -> None:
    high, low = office.slots(finer), office.slots(coarser)
    there = {int(i): (int(f), int(c)) for i, f, c in zip(high.ids, high.first, high.count, strict=True)}

    assert set(low.ids.tolist()) < set(high.ids.tolist())
    assert all(there[int(i)] == (f, c) for i, f, c in zip(low.ids, low.first, low.count, strict=True))


@pytest.mark.parametrize("every", ["monthly", "weekly", "daily"])
def test_slots_part_the_working_days_of_the_year(office: Timeline, every: str) -> None:
    slots = office.slots(every)
    covered = [d for first, count in zip(slots.first, slots.count, strict=True) for d in range(first, first + count)]

    assert covered == list(range(office.in_year))


def test_a_week_runs_from_monday(office: Timeline) -> None:
    slots = office.slots("weekly")

    for place in range(len(slots.ids)):
        days = office.days[slots.first[place] : slots.first[place] + slots.count[place]]
        mondays = {date(YEAR, 1, 1) + timedelta(days=int(d)) for d in days}
        assert len({monday - timedelta(days=monday.weekday()) for monday in mondays}) == 1


@pytest.mark.parametrize("steps", [-40, -3, -1, 0, 1, 2, 7])
def test_the_working_day_some_steps_away_is_found_by_walking(office: Timeline, steps: int) -> None:
    worked = set(office.days.tolist())

    def walk(start: int) -> int:
        at, left = start, abs(steps)
        way = 1 if steps >= 0 else -1
        if steps == 0:
            while at not in worked:
                at += 1
        while left and (way > 0 or at > min(worked)):
            at += way
            left -= at in worked
        return max(at, min(worked))

    asked = np.arange(1, 366)

    assert office.shift_days(asked, steps).tolist() == [walk(int(d)) for d in asked]


def test_notice_before_the_years_first_working_day_is_clipped_to_it(office: Timeline) -> None:
    assert office.shift_days(np.array([day(1, 3)]), -20).tolist() == [day(1, 2)]


def test_a_deadline_at_the_years_end_lies_in_the_next_year(office: Timeline) -> None:
    release = np.array([day(12, 31) * DAY + 9 * HOUR])

    assert office.due_after(release, 2).tolist() == [(366 + 1) * DAY + 17 * HOUR + 1_800]
    assert office.due_after(release, 0).tolist() == [day(12, 31) * DAY + 17 * HOUR + 1_800]


def test_a_deadline_counts_working_days_not_days(office: Timeline) -> None:
    friday = np.array([(SUNDAY - 2) * DAY + 9 * HOUR])

    assert office.due_after(friday, 3).tolist() == [(SUNDAY + 3) * DAY + 17 * HOUR + 1_800], "Wednesday"


def test_due_after_a_day_off_counts_from_the_next_working_day(office: Timeline) -> None:
    sunday = np.array([SUNDAY * DAY])

    assert office.due_after(sunday, 1).tolist() == office.close_of(np.array([SUNDAY + 1])).tolist()


def test_a_share_of_the_day_skips_the_midday_rest(office: Timeline) -> None:
    monday = np.array([SUNDAY + 1])

    assert office.at_share_of_day(monday, np.array([0.0])).tolist() == [monday[0] * DAY + 30_600]
    assert office.at_share_of_day(monday, np.array([0.5])).tolist() == [monday[0] * DAY + 14 * HOUR]
    assert office.at_share_of_day(monday, np.array([0.75])).tolist() == [monday[0] * DAY + 14 * HOUR + 6_300]


def brute_clock(timeline: Timeline, share: float, weights: tuple[float, ...] | None) -> float:
    """Walk through the year window by window."""
    regular = [
        (int(o), int(c))
        for o, c, e in zip(timeline.windows.opens, timeline.windows.closes, timeline.windows.evening, strict=True)
        if not e
    ]

    def weight(opens: int) -> float:
        return 1.0 if weights is None else weights[(date(YEAR, 1, 1) + timedelta(days=opens // DAY)).month - 1]

    left = share * sum((c - o) * weight(o) for o, c in regular)
    for opens, closes in regular:
        mass = (closes - opens) * weight(opens)
        if left < mass:
            return opens + left / weight(opens)
        left -= mass
    return regular[-1][1]


@pytest.mark.parametrize("weights", [None, (0.0, 1, 1, 1, 3, 3, 3, 1, 1, 1, 0, 0)])
def test_the_clock_of_working_time_is_the_walk_through_the_windows(
    office: Timeline, weights: tuple[float, ...] | None
) -> None:
    shares = np.linspace(0, 0.9999, 97)
    seconds = office.clock(shares, weights)

    for share, second in zip(shares, seconds, strict=True):
        assert abs(second - brute_clock(office, float(share), weights)) <= 1.001


def test_work_arrives_in_regular_hours_only(office: Timeline) -> None:
    seconds = office.clock(np.random.default_rng(0).random(5_000), None)
    window = np.searchsorted(office.windows.opens, seconds, side="right") - 1

    assert np.all(seconds < office.windows.closes[window])
    assert not office.windows.evening[window].any()


def test_a_season_moves_arrivals_into_its_months_and_keeps_their_number(office: Timeline) -> None:
    keys = text_keys(tuple(f"unit.{n}" for n in range(50)))
    flood = (0.0,) * 5 + (1.0, 1.0) + (0.0,) * 5
    flat = arrivals(100, "s", keys, office, Chance(1, 0))
    seasonal = arrivals(100, "s", keys, office, Chance(1, 0), flood)

    assert np.array_equal(flat.series, seasonal.series)
    assert np.array_equal(flat.slot, seasonal.slot)
    assert set(office.month_of(seasonal.second).tolist()) == {6, 7}


def test_arrivals_are_poisson(office: Timeline) -> None:
    found = arrivals(20, "s", text_keys(tuple(f"unit.{n}" for n in range(2_000))), office, Chance(1, 0))
    counts = np.bincount(found.series, minlength=2_000)

    assert abs(counts.mean() - 20) < 0.4
    assert abs(counts.var() / counts.mean() - 1) < 0.1


@pytest.mark.parametrize("week", [{}, {"saturday": True}, {"every_day": True}])
def test_a_rate_per_day_has_its_mean_on_each_working_day_of_the_shift(week: dict[str, bool]) -> None:
    timeline = make_timeline(Shift.model_validate({"hours": ("08:00-12:00",), **week}), YEAR)
    keys = text_keys(tuple(f"series {number}" for number in range(200)))

    found = fall_due(Recurrence(rate=Rate.parse("2 per day")), "s", keys, timeline, Chance(1, 0), {})

    assert len(found) / 200 / timeline.in_year == pytest.approx(2, abs=0.03)


def test_a_rate_of_zero_brings_nothing(office: Timeline) -> None:
    assert len(arrivals(0.0, "s", text_keys(("unit",)), office, Chance(1, 0))) == 0


@pytest.mark.parametrize("year", [2023, 2024])
def test_months_part_the_year(year: int) -> None:
    assert [month.after for month in months_of(year)][:-1] == [month.first for month in months_of(year)][1:]
    assert months_of(year)[-1].after == days_of(year)


def test_the_month_of_a_second(office: Timeline) -> None:
    edges = np.array([month.first for month in months_of(YEAR)]) * DAY

    assert office.month_of(edges).tolist() == list(range(1, 13))
    assert office.month_of(edges[1:] - 1).tolist() == list(range(1, 12))


def test_a_window_of_five_working_days_is_a_calendar_week_and_of_twenty_a_month(office: Timeline) -> None:
    days = office.days[: office.in_year]
    weeks = (days + date(YEAR, 1, 1).weekday()) // 7
    months = office.month_of(days * DAY)

    for windows, periods in ((office.window_of(days, 5), weeks), (office.window_of(days, 20), months)):
        pairs = set(zip(windows.tolist(), periods.tolist(), strict=True))
        assert len(pairs) == len(set(windows.tolist())) == len(set(periods.tolist()))
    assert np.array_equal(office.window_of(days, 1), np.arange(len(days)))
    assert set(office.window_of(days, 300).tolist()) == {0}


def test_working_time_passes_in_regular_hours_only(office: Timeline) -> None:
    friday, monday = day(3, 1) * DAY, day(3, 4) * DAY
    asked = np.array([friday + 10 * HOUR, friday + 13 * HOUR, friday + 17 * HOUR, friday + 20 * HOUR, 0])
    worked = np.array([2 * HOUR, HOUR, HOUR, 0, HOUR])

    found = office.after_work(asked, worked)

    opens = int(office.windows.opens[0])
    assert found.tolist() == [
        friday + 12 * HOUR,
        friday + 15 * HOUR,
        monday + 9 * HOUR,
        friday + 20 * HOUR,
        opens + HOUR,
    ]


def test_working_time_that_the_year_no_longer_has_ends_with_the_year(office: Timeline) -> None:
    last = np.array([office.horizon - HOUR, office.horizon - 12 * HOUR])

    assert office.after_work(last, np.array([60, 100 * HOUR])).tolist() == [office.horizon] * 2
