"""The engine refuses plans that break the contract, and logs whose books do not add up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.contract.checks import check_conservation, check_identities
from sim.contract.plan import Windows
from sim.engine.simulate import simulate
from sim.errors import EngineFault
from tests.plans import HOUR, meeting, plan_of, windows, work

if TYPE_CHECKING:
    from sim.contract.plan import Plan


def with_column(plan: Plan, **columns: Any) -> Plan:
    """Return the plan with changed columns of the activities."""
    return replace(plan, activities=replace(plan.activities, **columns))


def with_roster(plan: Plan, **columns: Any) -> Plan:
    """Return the plan with changed columns of the roster."""
    return replace(plan, roster=replace(plan.roster, **columns))


def hand_made(*hours: tuple[float, float]) -> Windows:
    """Return windows in the given order, valid or not."""
    seconds = np.array(hours) * HOUR
    return Windows(seconds[:, 0].astype(np.int64), seconds[:, 1].astype(np.int64), np.zeros(len(hours), dtype=np.bool_))


BROKEN = [
    ("columns differ in length", with_column(plan_of([work(), work()]), due=np.array([-1]))),
    ("columns differ in length", with_column(plan_of([work(), work()]), release=np.array([0, 0, 0]))),
    ("effort must be at least 1 s", plan_of([work(0)])),
    ("rows must be sorted by unit", plan_of([work(unit=1), work(unit=0)], staff=[1, 1])),
    ("an appointment has no predecessor", plan_of([work(), meeting(1, predecessor=0)])),
    ("an appointment has no patience", plan_of([meeting(1, patience=1)])),
    ("travel must fit into effort", plan_of([meeting(1, 1, travel=2)])),
    ("flexible work has no travel", plan_of([work(2, travel=1)])),
    ("flexible work has one seat", plan_of([work(seats=2)])),
    ("an appointment needs a seat", plan_of([meeting(1, seats=0)])),
    ("release must not be negative", with_column(plan_of([work()]), release=np.array([-5]))),
    ("team must be of the row's unit", plan_of([work(unit=0, team=1)], staff=[1, 1])),
    ("predecessor must exist", plan_of([work(predecessor=1)])),
    ("horizon must be whole days", replace(plan_of([]), horizon=25 * HOUR)),
    ("horizon must be whole days", replace(plan_of([], shifts=[windows([], days=[])]), horizon=0)),
    ("windows must lie in order", plan_of([], shifts=[hand_made((14, 18), (9, 12))])),
    ("windows must lie in order", plan_of([], shifts=[hand_made((9, 12), (11, 18))])),
    ("windows must lie in order", plan_of([], shifts=[hand_made((9, 9))])),
    ("windows must lie in order", plan_of([], days=2, shifts=[hand_made((20, 26))])),
    ("windows must lie in order", plan_of([], shifts=[hand_made((33, 41))])),
    ("effort and patience must be below", with_column(plan_of([work()]), effort=np.array([1 << 60]))),
    ("unit must exist", with_column(plan_of([work()]), unit=np.array([-1]))),
    ("team must exist", with_column(plan_of([work()]), team=np.array([1]))),
    ("category must exist", with_column(plan_of([work()]), category=np.array([99]))),
    ("a unit's shift must exist", with_roster(plan_of([]), unit_shift=np.array([1]))),
    ("a cadre's unit must exist", with_roster(plan_of([]), cadre_unit=np.array([1]))),
    ("cadres must be sorted by unit", with_roster(plan_of([], staff=[1, 1]), cadre_unit=np.array([1, 0]))),
    ("a team's unit must exist", with_roster(plan_of([]), team_unit=np.array([-1]))),
    ("teams must share out their members", with_roster(plan_of([]), team_offset=np.array([0, 2]))),
    ("teams must share out their members", with_roster(plan_of([]), team_offset=np.array([0]))),
    ("members of teams must exist", with_roster(plan_of([]), team_members=np.array([1]))),
    ("members must be of their team's unit", plan_of([], staff=[1, 1], teams=[(0, [1])])),
]


@pytest.mark.parametrize(("rule", "plan"), BROKEN)
def test_a_plan_that_breaks_the_contract_is_refused_with_the_rule(rule: str, plan: Plan) -> None:
    with pytest.raises(EngineFault, match=f"plan: {rule}"):
        simulate(plan)


def test_windows_up_to_midnight_and_touching_ones_are_in_order() -> None:
    simulate(plan_of([], shifts=[hand_made((9, 12), (12, 24))]))


@pytest.mark.parametrize("book", ["seconds", "overtime_seconds", "idle"])
def test_books_that_do_not_add_up_are_refused_with_the_place(book: str) -> None:
    plan = plan_of([work(2)], staff=[2], days=9)
    log = simulate(plan)
    getattr(log, book)[1, 1] += 1

    with pytest.raises(EngineFault, match="cadre 1, week 1"):
        check_conservation(plan, log)


def test_spans_are_only_kept_where_they_are_asked_for() -> None:
    plan = plan_of([work(2)])

    assert simulate(plan).spans is None
    assert simulate(plan, keep_spans=True).spans is not None


def test_an_identity_is_that_of_one_activity() -> None:
    check_identities(np.array([3, 1, 2], dtype=np.uint64))
    with pytest.raises(EngineFault, match="identity must be unique"):
        check_identities(np.array([3, 1, 3], dtype=np.uint64))
