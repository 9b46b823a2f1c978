"""Rule 16: a cadre who is away does nothing and is missing in crews; in hours, every plan also through the oracle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.contract.checks import check_plan
from sim.contract.plan import DAY, Plan
from sim.errors import EngineFault
from tests.logs import diary, hours, run
from tests.plans import around_the_clock, meeting, plan_of, windows, work

OFFICE_HOURS = windows([(9, 17)], days=range(3))


def away(plan: Plan, *absences: tuple[int, int, int]) -> Plan:
    """Return the plan with absences: cadre, first day away, first day back."""
    table = np.array([(who, begin * DAY, end * DAY) for who, begin, end in absences], dtype=np.int64)
    return replace(plan, roster=replace(plan.roster, absences=table))


def test_work_waits_for_who_comes_back() -> None:
    log = run(away(plan_of([work(2, release=10)], shifts=[OFFICE_HOURS], days=3), (0, 0, 1)))

    assert diary(log) == [(0, 33, 35)]
    assert hours(log.idle[0]) == [14]


def test_an_appointment_misses_who_is_away() -> None:
    log = run(away(plan_of([meeting(10, seats=2)], staff=[2], shifts=[OFFICE_HOURS], days=3), (0, 0, 2)))

    assert log.missed.tolist() == [1]
    assert diary(log, 1) == [(0, 10, 11)]


def test_who_leaves_hands_back_what_he_holds_and_another_goes_on_at_the_cost_of_a_switch() -> None:
    rows = [work(6, release=12), work(8, release=12)]
    log = run(away(plan_of(rows, staff=[2], shifts=[OFFICE_HOURS], days=3, switching_cost=3_600), (0, 1, 3)))

    assert log.interruptions.tolist() == [1, 0]
    assert diary(log, 0) == [(0, 12, 17)]
    assert diary(log, 1) == [(1, 12, 17), (1, 33, 36), (0, 36, 38)]


def test_what_may_not_be_interrupted_waits_in_his_hand() -> None:
    rows = [work(6, release=12, interruptible=False)]
    log = run(away(plan_of(rows, staff=[2], shifts=[OFFICE_HOURS], days=3), (0, 1, 2)))

    assert diary(log) == [(0, 12, 17), (0, 57, 58)]
    assert log.interruptions.tolist() == [0]


def test_who_sits_in_an_appointment_sees_it_through() -> None:
    log = run(away(plan_of([meeting(23, 2), work(1, release=25)], shifts=[OFFICE_HOURS], days=3), (0, 1, 2)))

    assert diary(log) == [(0, 23, 25), (1, 57, 58)]
    assert hours(log.overtime_seconds[0]) == [2]


def test_who_comes_back_stands_behind_who_finished_at_that_second() -> None:
    rows = [meeting(22, 2, team=1), work(1, release=33)]
    teams = [(0, [0, 1]), (0, [1])]
    log = run(away(plan_of(rows, staff=[2], teams=teams, shifts=[OFFICE_HOURS], days=3), (0, 0, 1)))

    assert diary(log, 1) == [(0, 22, 24), (1, 33, 34)]


def test_who_comes_back_has_been_idle_since_that_midnight() -> None:
    rows = [work(2, release=9), work(2, release=33)]
    late = windows([(9, 17)], days=range(3))
    log = run(away(plan_of(rows, staff=[2], shifts=[late], days=3), (0, 0, 1)))

    assert diary(log, 1) == [(0, 9, 11), (1, 33, 35)]


def test_days_away_are_neither_available_nor_idle() -> None:
    plan = plan_of([work(1, release=9)], staff=[2], shifts=[OFFICE_HOURS], days=3, shortest_gap=[0, 0])

    log = run(away(plan, (1, 1, 2)))

    assert hours(log.idle[0] + log.idle[1]) == [15 + 8 + 16]
    assert hours(log.unit_usable[0]) == [15, 8, 16]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (away(plan_of([], days=3), (1, 0, 1)), "must exist"),
        (away(plan_of([], shifts=[OFFICE_HOURS], days=3), (0, 1, 4)), "whole days inside"),
        (away(plan_of([], shifts=[OFFICE_HOURS], days=3), (0, 0, 1), (0, 1, 2)), "apart"),
        (away(plan_of([], shifts=[around_the_clock(3)], days=3), (0, 1, 2)), "is closed"),
        (away(plan_of([meeting(23, 11)], shifts=[OFFICE_HOURS], days=3), (0, 1, 2)), "ends before the next"),
    ],
)
def test_a_plan_with_impossible_absences_is_refused(plan: Plan, words: str) -> None:
    with pytest.raises(EngineFault, match=words):
        check_plan(plan)
