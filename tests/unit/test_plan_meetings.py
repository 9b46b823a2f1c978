"""Meetings in the plan: the way there and back, the lost half-day, the issuer's work, the relay."""

import pytest

from sim.domain.lags import Lags
from tests.regimes import (
    DAY,
    HOUR,
    TO_TOWNSHIP,
    TO_VILLAGE,
    by_identity,
    meeting,
    plan_of,
    regime,
    rows_of,
    units,
)

GATHERING = Lags().meetings_begin.value
MORNING, AFTERNOON = 8 * HOUR, 14 * HOUR
NOON, EVENING = 12 * HOUR, 18 * HOUR


def half_day(begin: int) -> tuple[int, int]:
    """Return the opening and closing of the half-day in which a meeting begins."""
    return (MORNING, NOON) if begin % DAY < 13 * HOUR else (AFTERNOON, EVENING)


def test_who_goes_away_is_gone_for_the_road_there_the_meeting_and_the_road_back() -> None:
    plan = plan_of(regime({"m": meeting()}))
    rows = rows_of(plan, "m", "attend")

    assert len(rows) == 12
    assert {row.unit for row in rows} == {"county_office.01/township.01"}
    for row in rows:
        opens, _ = half_day(row.start + TO_TOWNSHIP)
        assert row.start % DAY == opens + GATHERING - TO_TOWNSHIP
        assert row.effort == 2 * HOUR + 2 * TO_TOWNSHIP
        assert row.travel == 2 * TO_TOWNSHIP
        assert row.seats == 2


def test_what_is_left_of_the_half_day_is_lost_to_the_second() -> None:
    plan = plan_of(regime({"m": meeting(blocks_half_day=True)}))

    for row in rows_of(plan, "m", "attend"):
        _, closes = half_day(row.start + TO_TOWNSHIP)
        assert (row.start + row.effort) % DAY == closes


def test_a_meeting_longer_than_the_half_day_is_not_cut_short() -> None:
    long = plan_of(regime({"m": meeting(length="5 h", blocks_half_day=True)}))

    assert {row.effort for row in rows_of(long, "m", "attend")} == {5 * HOUR + 2 * TO_TOWNSHIP}


@pytest.mark.parametrize("held", ["here", "online"])
def test_nobody_travels_to_a_meeting_here_or_on_screen_and_no_half_day_is_lost(held: str) -> None:
    away = plan_of(regime({"m": meeting()}))
    near = plan_of(regime({"m": meeting(held=held, blocks_half_day=True)}))
    there = by_identity(rows_of(away, "m", "attend"))

    for row in rows_of(near, "m", "attend"):
        assert (row.travel, row.effort) == (0, 2 * HOUR)
        assert row.start == there[row.identity].start + TO_TOWNSHIP


def test_all_who_are_called_attend_the_same_meeting() -> None:
    plan = plan_of(regime({"m": meeting(issuer="township", on="village", length="lognormal(mean=2 h, cv=0.5)")}))
    rows = rows_of(plan, "m", "attend")

    assert len(rows) == 2 * 12
    times = {(row.start, row.effort) for row in rows}
    lengths = {row.effort - row.travel for row in rows}
    assert len({row.start + row.travel // 2 for row in rows}) == 12
    assert len(lengths) == 12
    assert len(times) == 12, "both villages have the same road"


def test_only_some_units_are_called_to_a_meeting_and_no_others_as_the_share_grows() -> None:
    few, more = (
        plan_of(
            regime(
                {"m": meeting(issuer="department", on="village", programmes=20, invited=share)},
                organisation=units(villages=10),
            )
        )
        for share in ("30%", "60%")
    )
    called, also = ({row.identity for row in rows_of(plan, "m", "attend")} for plan in (few, more))

    assert called < also
    assert len(called) / (20 * 12 * 10) == pytest.approx(0.3, abs=0.03)


def test_the_issuer_prepares_before_and_sits_in() -> None:
    plan = plan_of(regime({"m": meeting(preparation="lognormal(mean=5 h, cv=0.5)", hosts=2)}))
    held = {row.start: row for row in rows_of(plan, "m", "host")}
    prepared = rows_of(plan, "m", "prepare")

    assert {row.unit for row in prepared} == {"county_office.01"}
    assert sorted(row.due for row in prepared) == sorted(held)
    assert all(row.release < row.due for row in prepared)
    assert all((row.seats, row.effort) == (2, 2 * HOUR) for row in held.values())


def test_long_preparations_do_not_begin_at_other_times_than_short_ones() -> None:
    plan = plan_of(regime({"m": meeting(programmes=40, preparation="lognormal(mean=5 h, cv=0.5)")}))
    prepared = sorted(rows_of(plan, "m", "prepare"), key=lambda row: row.effort)
    morning = [row.release % DAY < 13 * HOUR for row in prepared]
    half = len(morning) // 2

    assert sum(morning[:half]) / half == pytest.approx(sum(morning[half:]) / half, abs=0.15)


def test_a_department_in_the_slice_calls_only_its_own_share_of_meetings() -> None:
    plan = plan_of(regime({"m": meeting(issuer="department", programmes=50, hosts=1)}))

    assert len(rows_of(plan, "m", "attend")) == 50 * 12
    assert len(rows_of(plan, "m", "host")) / (50 * 12) == pytest.approx(0.5, abs=0.06), "3 of 6 are simulated"


def test_a_county_meeting_is_held_again_in_the_township_for_its_villages() -> None:
    relay = {"to": "village", "share": "100%", "length": "1 h", "after": "2 workdays", "attendees": 1, "hosts": 2}
    plan = plan_of(regime({"m": meeting(relay=relay)}))
    first = sorted(row.start + TO_TOWNSHIP for row in rows_of(plan, "m", "attend", "township.01"))
    again = rows_of(plan, "m", "relay")
    guests = [row for row in rows_of(plan, "m", "attend") if "village" in row.unit]

    assert sorted(row.start // DAY for row in again) == sorted(two_working_days_later(begin // DAY) for begin in first)
    assert {(row.unit, row.seats, row.effort, row.issuer) for row in again} == {
        ("county_office.01/township.01", 2, HOUR, "county_office")
    }
    assert len(guests) == 2 * len(again)
    assert {row.start + TO_VILLAGE for row in guests} == {row.start for row in again}
    assert {(row.seats, row.effort, row.travel) for row in guests} == {(1, HOUR + 2 * TO_VILLAGE, 2 * TO_VILLAGE)}


def two_working_days_later(day: int) -> int:
    from datetime import date, timedelta

    from sim.domain.holidays_cn import is_workday

    left = 2
    while left:
        day += 1
        left -= is_workday(date(2024, 1, 1) + timedelta(days=day))
    return day


def test_a_relay_without_hosts_still_gathers_the_villages() -> None:
    relay = {"to": "village", "share": "50%", "length": "1 h", "after": "same day", "attendees": 1, "hosts": 0}
    plan = plan_of(regime({"m": meeting(recurrence="weekly", relay=relay)}))
    guests = [row for row in rows_of(plan, "m", "attend") if "village" in row.unit]

    assert rows_of(plan, "m", "relay") == []
    assert 15 < len(guests) / 2 < 37


def test_what_a_unit_demands_of_itself_it_holds_itself() -> None:
    plan = plan_of(regime({"m": meeting(issuer="own", on="village", hosts=1)}))
    rows = rows_of(plan, "m", "attend")

    assert {row.travel for row in rows} == {0}
    assert len({row.start for row in rows}) > 12, "each village chooses its own day"
    assert {row.unit for row in rows_of(plan, "m", "host")} == {row.unit for row in rows}
