"""Chance belongs to identity: the common part of two plans is the same in both, to the byte.

Rows are compared as they are wanted, because booking may move an appointment for the sake of another.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.contract.checks import check_plan
from sim.contract.plan import Plan
from sim.contract.wanted import as_wanted
from sim.domain.regime import Regime
from sim.errors import ScenarioError
from sim.scenario.apply import touched_entries
from tests.casebook import CASES, FIRST_CASES, Case, where
from tests.regimes import (
    Row,
    appraisal,
    by_identity,
    channel,
    demanded,
    everything,
    inspection,
    plan_of,
    regime,
    report,
    rows_of,
    same_bytes,
    units,
)

TWO_VILLAGES, THREE_VILLAGES = units(), units(villages=3)


def plain(row: Row) -> tuple[Any, ...]:
    """Return a row without the numbers that depend on its plan."""
    return (*row[1:-2], row.predecessor >= 0, row.patience)


def wanted_rows(plan: Plan, *place: str | None, **named: str) -> list[Row]:
    """List the rows of a plan, or those of a place in it, as they are wanted before booking."""
    return rows_of(as_wanted(plan), *place, **named)


def predecessors(plan: Plan) -> dict[int, int]:
    rows = plan.activities
    linked = rows.predecessor >= 0
    before = rows.identity[rows.predecessor[linked]]
    return dict(zip(rows.identity[linked].tolist(), before.tolist(), strict=True))


@pytest.fixture(scope="module")
def usual() -> Plan:
    return plan_of(everything())


def test_a_plan_keeps_the_contract(usual: Plan) -> None:
    check_plan(usual)


def test_the_same_year_is_the_same_to_the_byte_and_another_one_is_not(usual: Plan) -> None:
    assert same_bytes(usual, plan_of(everything()))
    assert not same_bytes(usual, plan_of(everything(), replication=1))
    assert not same_bytes(usual, plan_of(everything(), root=8))


def reversed_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return tuple(reversed_keys(each) for each in value) if isinstance(value, (list, tuple)) else value


def test_the_order_of_keys_in_the_file_changes_nothing(usual: Plan) -> None:
    made = everything()
    turned = Regime.model_validate({name: turned_entries(made, name) for name in reversed(list(dict(made)))})

    assert list(turned.obligations) == list(reversed(made.obligations))
    assert same_bytes(usual, plan_of(turned))


def turned_entries(made: Regime, name: str) -> Any:
    value = getattr(made, name)
    if isinstance(value, dict):
        return {key: value[key] for key in reversed(value)}
    if name == "organisation":
        turned = {key: unit.replace(posts=reversed_keys(unit.posts)) for key, unit in value.units.items()}
        return value.replace(units=reversed_keys(turned), roles=reversed_keys(value.roles))
    return value


def test_words_and_sources_change_nothing(usual: Plan) -> None:
    made = everything()
    label = {"zh": "别的名称", "en": "another name"}
    renamed = made.replace(
        obligations={
            name: entry.replace(
                label=label,
                programmes=entry.programmes and {"value": entry.programmes.value, "source": "assumed"},
            )
            for name, entry in made.obligations.items()
        },
        demand={name: entry.replace(label=label) for name, entry in made.demand.items()},
    )

    assert same_bytes(usual, plan_of(renamed))


def test_one_more_village_changes_no_row_of_anybody_else(usual: Plan) -> None:
    more = plan_of(everything(organisation=THREE_VILLAGES))
    old, new = by_identity(wanted_rows(usual)), by_identity(wanted_rows(more))

    assert old.keys() < new.keys()
    assert all(plain(new[i]) == plain(old[i]) for i in old)
    added = [row for i, row in new.items() if i not in old]
    assert {row.unit.rpartition("/")[2] for row in added if "village" in row.unit} == {"village.03"}
    assert predecessors(as_wanted(usual)).items() <= predecessors(as_wanted(more)).items()


def test_more_villages_change_no_problem_of_the_others_and_no_visit_that_sees_it() -> None:
    """With two townships the new village of the first is numbered before those of the second."""

    def sight(villages: int) -> set[tuple[Any, ...]]:
        plan = plan_of(everything(organisation=units(villages=villages, township={"count": 2})))
        assert plan.setting is not None
        seen, names = plan.setting.problems, plan.setting.unit_names
        return {
            (names[seen.unit[p]], int(seen.onset[p]), int(plan.activities.identity[row]))
            for p, row in zip(seen.hit_problem.tolist(), seen.hit_row.tolist(), strict=True)
        }

    assert sight(2) == {seen for seen in sight(3) if not seen[0].endswith("village.03")}
    assert sight(2)


def test_one_more_township_changes_no_row_of_the_first(usual: Plan) -> None:
    more = plan_of(everything(organisation=units(township={"count": 2})))
    old, new = (by_identity(wanted_rows(plan, unit="")) for plan in (usual, more))
    below = {i: row for i, row in old.items() if "township" in row.unit}

    assert all(plain(new[i]) == plain(row) for i, row in below.items())


def test_one_more_obligation_changes_no_row_of_the_others(usual: Plan) -> None:
    made = everything()
    extra = regime({"aaa": channel(), "zzz": inspection(), "form_of_another_domain": report(domain="else")})
    policy = made.policy.replace(pools={**extra.policy.pools, **made.policy.pools})
    more = plan_of(made.replace(obligations={**extra.obligations, **made.obligations}, policy=policy))
    old, new = by_identity(wanted_rows(usual)), by_identity(wanted_rows(more))

    assert all(plain(new[i]) == plain(old[i]) for i in old)


def test_more_programmes_are_the_same_ones_and_further_ones() -> None:
    few, many = (plan_of(regime({"i": inspection(programmes=n), "a": appraisal(programmes=n)})) for n in (3, 5))
    old, new = by_identity(wanted_rows(few)), by_identity(wanted_rows(many))

    assert old.keys() < new.keys()
    assert all(plain(new[i]) == plain(old[i]) for i in old)


# --- frequency ------------------------------------------------------------------------------------------------------


def test_demanded_inspection_hours_grow_with_the_frequency_and_by_the_same_visits() -> None:
    varied = "lognormal(mean=2 h, cv=0.8)"
    plans = [
        plan_of(regime({"i": inspection(recurrence=every, length=varied, preparation=varied)}))
        for every in ("half_yearly", "quarterly", "monthly")
    ]
    rows = [by_identity(wanted_rows(plan, "i")) for plan in plans]

    assert rows[0].keys() < rows[1].keys() < rows[2].keys()
    assert all(plain(rows[2][i]) == plain(row) for seldom in rows[:2] for i, row in seldom.items())
    assert demanded(as_wanted(plans[0])) < demanded(as_wanted(plans[1])) < demanded(as_wanted(plans[2]))


def test_twice_the_frequency_is_twice_the_hours_to_the_second() -> None:
    hours = [
        demanded(as_wanted(plan_of(regime({"i": inspection(recurrence=every)}))))
        for every in ("half_yearly", "quarterly")
    ]

    assert hours[1] == 2 * hours[0]


# --- levers ---------------------------------------------------------------------------------------------------------


def by_plain_rows(plan: Plan) -> dict[int, Any]:
    return {row.identity: plain(row) for row in wanted_rows(plan)}


@cache
def before(case: str) -> tuple[Regime, Plan, dict[int, Any]]:
    """Return the regime of a case among all other kinds of work, its plan, and the rows of the plan."""
    made = next(one for one in FIRST_CASES if str(one) == case).amid_everything
    plan = plan_of(made)
    return made, plan, by_plain_rows(plan)


def at_places(plan: Plan, case: Case) -> list[set[int]]:
    """Return the identities at the places that the case lists as nested."""
    return [{row.identity for row in wanted_rows(plan, *where(place))} for place in case.text.get("nested", ())]


@pytest.mark.slow
@pytest.mark.parametrize("case", FIRST_CASES, ids=str)
def test_a_lever_of_strength_zero_gives_the_same_bytes(case: Case) -> None:
    made, plan, _ = before(str(case))

    assert same_bytes(plan, plan_of(case.pulled(made, strength=0.0)))


@pytest.mark.slow
@pytest.mark.parametrize("case", FIRST_CASES, ids=str)
def test_a_lever_that_nobody_keeps_to_demands_the_same(case: Case) -> None:
    made, _, rows = before(str(case))

    assert by_plain_rows(plan_of(case.pulled(made, compliance="0%"))) == rows


def who_is_ever_away(*plans: Plan) -> set[str]:
    return {plan.setting.cadre_names[cadre] for plan in plans if plan.setting for cadre, *_ in plan.roster.absences}


def owed_alone(plan: Plan, names: set[str]) -> set[int]:
    """Return the identities of work that single cadres owe alone; a secondee's falls due in the borrowing unit."""
    assert plan.setting is not None
    roster, size = plan.roster, np.diff(plan.roster.team_offset)
    mine = np.array([name in names for name in plan.setting.cadre_names])
    alone = mine[roster.team_members[roster.team_offset[:-1]]] & (size == 1)
    return set(plan.activities.identity[alone[plan.activities.team]].tolist())


@pytest.mark.parametrize("case", FIRST_CASES, ids=str)
def test_a_lever_changes_no_row_of_what_it_does_not_touch(case: Case) -> None:
    made, there, old = before(str(case))
    pulled = case.pulled(made)
    touched = touched_entries(case.scenario(made, *case.text["levers"]), made, pulled)
    after = plan_of(pulled)
    new, away = by_plain_rows(after), who_is_ever_away(there, after)

    def others(plan: Plan, rows: dict[int, Any]) -> dict[int, Any]:
        mine = {row.identity for entry in touched for row in wanted_rows(plan, entry.partition(".")[2])}
        mine |= owed_alone(plan, away)
        return {i: row for i, row in rows.items() if i not in mine}

    assert others(after, new) == others(there, old)
    assert new != old


@pytest.mark.slow
@pytest.mark.parametrize("case", FIRST_CASES, ids=str)
def test_the_order_of_the_names_a_lever_acts_on_changes_nothing(case: Case) -> None:
    made = case.amid_everything
    kinds = [type(getattr(made, section).get(case.of[0])) for section in ("obligations", "demand")]
    more = (*case.of, *(name for name, e in made.obligations.items() if type(e) is kinds[0] and name not in case.of))

    try:
        there, back = (plan_of(case.pulled(made, of=of)) for of in (more, more[::-1]))
    except ScenarioError:  # not every lever fits all obligations of the kind
        there, back = (plan_of(case.pulled(made, of=of)) for of in (case.of, case.of[::-1]))

    assert same_bytes(there, back)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_left_by_a_stronger_measure_is_left_by_a_weaker_one(case: Case) -> None:
    made = case.regime
    left = [at_places(plan_of(case.pulled(made, strength=s)), case) for s in (0.0, 0.3, 0.7, 1.0)]

    assert left[0] == at_places(plan_of(made), case)
    for weaker, stronger in itertools.pairwise(left):
        assert all(few <= many for few, many in zip(stronger, weaker, strict=True))


@pytest.mark.parametrize("lever", ["cap_frequency", "cull", "unannounced_visit", "directory"])
def test_a_measure_at_half_strength_drops_something_and_leaves_something(lever: str) -> None:
    case = next(case for case in FIRST_CASES if case.file == lever)
    none, half, full = (
        set().union(*at_places(plan_of(case.pulled(case.regime, strength=s)), case)) for s in (0.0, 0.5, 1.0)
    )

    assert full < half < none
