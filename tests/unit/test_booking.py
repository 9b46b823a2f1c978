"""Booking: who must be there, what moves along, and what happens if too few can come."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.contract.plan import DAY
from sim.engine.simulate import simulate
from sim.experiment.twins import twin_check
from sim.files.scenario import read_scenario
from sim.metrics.booked import by_group
from sim.plan.booking.places import book_all
from sim.plan.booking.tables import as_arrays, as_lists, empty_tables
from sim.plan.identity.timeline import make_timeline
from sim.plan.year import plan_year
from tests.regimes import (
    HOUR,
    MINUTE,
    ROOT,
    duty,
    everything,
    inspection,
    meeting,
    plan_of,
    problem,
    regime,
    rows_of,
    shift,
    units,
    wanted_of,
)
from tests.unit.test_booking_against_oracle import random_regime

if TYPE_CHECKING:
    from sim.contract.booked import Booked
    from sim.contract.plan import Plan
    from sim.domain.regime import Regime

BASES = ("county", "community", "enterprise_city")


def booked_of(plan: Plan) -> Booked:
    assert plan.setting is not None
    assert plan.setting.booked is not None
    return plan.setting.booked


def staffed(clerks: int, **changes: Any) -> Regime:
    """Return two villages that one department of some clerks inspects 400 times a year, in threes."""
    departments = {"posts": {"clerks": {"role": "county_cadre", "headcount": clerks}}, "represents": 1}
    checks = inspection(recurrence="200 per year", inspectors=3, preparers=0, **changes)
    made = units(departments=1, department=departments)
    return regime({"check": checks}, {"p": problem(rate="200 per year")}, organisation=made)


def test_fewer_inspectors_fill_fewer_seats_then_make_fewer_visits_and_none_make_none() -> None:
    plans = [plan_of(staffed(clerks)) for clerks in (10, 5, 2, 1, 0)]
    bookings = [booked_of(plan) for plan in plans]
    held = [int((one.start >= 0).sum()) for one in bookings]
    cancelled = [int((one.start == -1).sum()) for one in bookings]
    seats = [int(one.filled[:, 0].sum()) for one in bookings]

    assert len({one + other for one, other in zip(held, cancelled, strict=True)}) == 1
    assert held == sorted(held, reverse=True)
    assert seats == sorted(seats, reverse=True)
    assert len(set(seats)) == len(seats)
    assert held[0] == held[1] > held[3] > held[4] == seats[4] == 0
    assert [len(rows_of(plan, "check", "host")) for plan in plans] == held
    assert [len(rows_of(plan, "check", "visit")) for plan in plans] == held
    assert plans[4].setting.problems.hit_row.size == 0  # type: ignore[union-attr]


def test_a_visit_takes_longer_with_fewer_visitors_but_not_beyond_the_close() -> None:
    plan = plan_of(staffed(2, length="150 min"))
    booked = booked_of(plan)
    hosted = {(row.unit, row.start): row.effort for row in rows_of(plan, "check", "host")}
    held = np.flatnonzero(booked.start >= 0)
    close = 18 * HOUR

    assert {tuple(seats) for seats in booked.seats.tolist()} == {(3, 2, 0)}
    for one in held.tolist():
        start, visitors = int(booked.start[one]), int(booked.filled[one, 0])
        left = max(150 * MINUTE, close - start % DAY)
        unit = plan.setting.unit_names[booked.unit[one]]  # type: ignore[union-attr]
        assert hosted[unit, start] == min(3 * 150 * MINUTE // visitors, left)
    assert set(hosted.values()) == {225 * MINUTE, 180 * MINUTE}


def test_a_visit_of_two_of_three_sees_two_thirds_of_what_three_see() -> None:
    def seen(clerks: int, sight: str) -> int:
        made = staffed(clerks, sight=sight, length="5 min")
        return len(plan_of(made).setting.problems.hit_row)  # type: ignore[union-attr]

    whole, half = seen(30, "60%"), seen(2, "60%")

    assert half / whole == pytest.approx(2 / 3, abs=0.07)


@pytest.mark.parametrize("name", BASES)
def test_the_engine_misses_the_seats_that_booking_could_not_fill_in_shipped_scenarios(name: str) -> None:
    missed_as_booked(plan_year(read_scenario(Path("scenarios/base") / f"{name}.yaml").regime, ROOT, 0))


def test_the_engine_misses_the_seats_that_booking_could_not_fill_in_random_counties() -> None:
    import random

    for number in range(12):
        missed_as_booked(plan_year(random_regime(random.Random(number)), ROOT, number))


def missed_as_booked(plan: Plan) -> None:
    booked, log = booked_of(plan), simulate(plan)
    held = booked.start >= 0
    rows = np.flatnonzero(plan.activities.start >= 0)
    inside = plan.activities.seats[rows].sum() + booked.outside[held].sum() == booked.seats[held].sum()

    assert not inside or log.missed.sum() == (booked.seats - booked.filled)[held].sum()
    members = np.diff(plan.roster.team_offset)[plan.activities.team[rows]]
    assert np.array_equal(log.missed[rows], np.maximum(plan.activities.seats[rows] - members, 0))


def test_two_evening_turns_of_one_cadre_never_coincide() -> None:
    night = duty(on="township", issuer="township", recurrence="120 per year", at="19:00", per_cadre=True)
    plan = plan_of(regime({"one": night, "two": night}))
    wanted = [(row.team, row.start) for row in rows_of(wanted_of(regime({"one": night, "two": night})))]
    turns = [(row.team, row.start) for row in rows_of(plan)]

    assert len(set(wanted)) < len(wanted)
    assert len(set(turns)) == len(turns)


def test_what_prepares_and_what_mends_an_appointment_is_dated_from_the_booked_day() -> None:
    mending = {"share": "100%", "effort": "1 h", "due": "10 workdays"}
    made = regime({"check": inspection(recurrence="60 per year", rectification=mending), "call": meeting(
        recurrence="200 per year", preparation="1 h", hosts=1)})  # fmt: skip
    plan, timeline = plan_of(made), make_timeline(made.calendar.shifts["office"], made.calendar.year)
    starts = {row.unit: set() for row in rows_of(plan, "check", "host")}
    for row in rows_of(plan, "check", "host"):
        starts[row.unit].add(row.start)
    moved = booked_of(plan)

    def earlier(start: int, days: int) -> int:
        return int(timeline.shift_days(np.array([start // DAY]), -days)[0]) * DAY + timeline.opens[0]

    assert ((moved.start != moved.wanted) & (moved.start >= 0)).sum() > 10
    for row in rows_of(plan, "check", "prepare"):
        assert row.due in starts[row.unit] or row.due > 366 * DAY
        assert row.release == earlier(row.due, 5)
    for row in rows_of(plan, "check", "rectify"):
        assert any(earlier(start, -1) == row.release for start in starts[row.unit])
        assert row.due == int(timeline.due_after(np.array([row.release]), 10)[0])
    assert {row.due for row in rows_of(plan, "call", "prepare")} == {row.start for row in rows_of(plan, "call", "host")}


def test_relays_follow_their_meeting_by_working_days() -> None:
    relay = {"to": "village", "share": "100%", "length": "1 h", "after": "2 workdays", "attendees": 1, "hosts": 1}
    organisation = units(township={"posts": {"leader": {"role": "township_cadre", "headcount": 1}}})
    busy = duty(on="township", issuer="township", recurrence="80 per year", at="08:00", effort="9 h", per_cadre=True)
    made = regime({"call": meeting(relay=relay, attendees=1), "busy": busy}, organisation=organisation)
    plan, timeline = plan_of(made), make_timeline(made.calendar.shifts["office"], made.calendar.year)
    booked = booked_of(plan)
    calls = sorted(row.start // DAY for row in rows_of(plan, "call", "attend", "township"))
    relays = sorted(row.start // DAY for row in rows_of(plan, "call", "relay"))
    expected = timeline.shift_days(np.array(calls), 2)

    assert (booked.start != booked.wanted).any()
    assert len(relays) <= len(calls)
    apart = np.abs(np.searchsorted(timeline.days, relays)[:, None] - np.searchsorted(timeline.days, expected))
    assert apart.min(axis=1).max() <= 3, "no relay is further from its day than the tolerance"
    assert (apart.min(axis=1) == 0).sum() >= len(relays) // 3


def test_a_visit_without_notice_goes_on_without_hosts() -> None:
    shut_out = duty(on="village", issuer="village", recurrence="daily", at="08:00", effort="10 h", per_cadre=True)
    made = regime({"check": inspection(notice="same day", sight="100%"), "away": shut_out}, {"p": problem()})
    plan = plan_of(made)
    booked = booked_of(plan)
    hosts = rows_of(plan, "check", "host")

    assert len(hosts) == len(booked.unreceived) == 24
    assert all(row.team == () for row in hosts)
    assert len(rows_of(plan, "check", "visit")) == 24
    assert set(plan.setting.problems.hit_row.tolist()) <= set(booked.unreceived.tolist())  # type: ignore[union-attr]


def test_an_announced_visit_to_a_village_without_a_free_cadre_is_cancelled_and_prepared_in_vain() -> None:
    shut_out = duty(on="village", issuer="village", recurrence="daily", at="08:00", effort="10 h", per_cadre=True)
    plan = plan_of(regime({"check": inspection(), "away": shut_out}))
    booked = booked_of(plan)

    assert rows_of(plan, "check", "host") == rows_of(plan, "check", "visit") == []
    assert by_group(booked, booked.obligation, 2)["appointments_cancelled"][0] in (0, 1)
    assert sorted(booked.in_vain.tolist()) == sorted(row.row for row in rows_of(plan, "check", "prepare"))


def test_departments_that_rest_on_saturdays_come_on_other_days() -> None:
    calendar = {"shifts": {"office": shift(), "six": shift(saturday=True)}}
    made = regime(
        {"check": inspection(recurrence="weekly")}, calendar=calendar, organisation=units(village={"shift": "six"})
    )
    weekdays = [(row.start // DAY) % 7 for row in rows_of(wanted_of(made), "check", "host")]
    booked = [(row.start // DAY) % 7 for row in rows_of(plan_of(made), "check", "host")]
    saturday = 5

    assert weekdays.count(saturday) > 5
    assert booked.count(saturday) == 0


def test_what_the_calendar_moves_is_told_apart_from_what_is_wanted() -> None:
    made = everything()
    fewer = made.replace(obligations={name: e for name, e in made.obligations.items() if name != "check"})
    checked = twin_check(plan_of(made), plan_of(fewer), frozenset({"obligations.check"}))

    assert checked.changed == 0
    assert 0 < checked.moved < checked.appointments


def test_a_visit_that_is_cancelled_in_one_year_only_is_no_fault() -> None:
    made = staffed(1)
    busier = made.replace(obligations={**made.obligations, "more": made.obligations["check"]})
    plans = plan_of(busier), plan_of(made)
    cancelled = [set(booked_of(plan).left_out["identity"].tolist()) for plan in plans]
    checked = twin_check(*plans, frozenset({"obligations.more"}))

    assert cancelled[0] != cancelled[1]
    assert checked.changed == 0
    assert checked.moved > 0


def test_demand_before_booking_is_that_of_every_other_organisation() -> None:
    one, more = (everything(organisation=units(villages=count)) for count in (2, 3))
    before, after = ({row.identity: row[2:15] for row in rows_of(wanted_of(made))} for made in (one, more))
    common = [key for key in before if key in after]

    assert sum(before[key][:9] == after[key][:9] for key in common) == len(common)


# --- a loss system --------------------------------------------------------------------------------------------------


def erlang_b(servers: int, load: float) -> float:
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def lost(servers: int, load: float, *, by_time: bool) -> float:
    """Book a Poisson stream of one-hour appointments that cannot be moved; return the share that finds no cadre."""
    draw = np.random.default_rng(7)
    days, length = 366, HOUR
    wanted = np.sort(draw.integers(0, days * DAY - length, round(load * days * 24)))
    count = len(wanted)
    every, none = np.arange(count), np.zeros(count, dtype=np.int64)
    ones = none + 1
    tables = empty_tables()._replace(
        order=every if by_time else draw.permutation(count), wanted=wanted, clock=wanted % DAY, parent=none - 1,
        after=none, length=none + length, outside=none, caller_seats=ones, called_seats=none, escort_seats=none,
        is_visit=none, keeps_clock=ones, tolerance=none, callers=ones, called=ones, days=none,
        half=none, after_opening=none,
        closes=none + DAY, least=none, first_row=np.arange(count + 1),
        first_called=every + 1, first_escort=every + 1, end=none, late=none, team=none, unit=none,
        seats=ones, offset=none, later=none, effort=none + length, first_person=every,
        first_day=np.array([0, days]), day=np.arange(days), before=np.arange(days + 1), first_half=np.zeros(2, int),
        shifted=np.arange(days), first_member=np.array([0, servers]), member=np.arange(servers),
        lot=np.arange(servers), first_absence=np.zeros(servers + 1, int), first_edge=np.zeros(2, int),
        head=np.full(servers * days, -1), following=np.zeros(3 * count, int), begin=np.zeros(3 * count, int),
        finish=np.zeros(3 * count, int), entries=np.zeros(1, int), booked=np.zeros(servers, int), start=none - 1,
        visitors=none, longer=none, filled=none, persons=none, year=days,
    )  # fmt: skip
    lists = as_lists(tables)
    book_all(lists)
    return float((as_arrays(lists).start < 0).mean())


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (3, 2.0)])
def test_appointments_booked_by_time_are_lost_as_erlang_says_and_by_identity_more(servers: int, load: float) -> None:
    by_time, by_identity = (lost(servers, load, by_time=ordered) for ordered in (True, False))
    error = 3 * math.sqrt(by_time / (load * 366 * 24))

    assert by_time == pytest.approx(erlang_b(servers, load), abs=error)
    assert by_identity > by_time
