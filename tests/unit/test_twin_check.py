"""The twin check finds every change in work that no lever touches, and no other."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.contract.plan import Activities, Plan
from sim.contract.setting import Problems, Setting
from sim.experiment.twins import twin_changes
from tests.plans import meeting, plan_of, random_plan, work

NOTHING = np.array([False, False])
SECOND = np.array([False, True])
DEMAND_COLUMNS = [column.name for column in fields(Activities) if column.name != "identity"]


def with_columns(plan: Plan, **columns: Any) -> Plan:
    return replace(plan, activities=replace(plan.activities, **columns))


def only(plan: Plan, rows: Any) -> Plan:
    """Return the plan with some rows; their predecessors must be among them."""
    place = np.full(len(plan.activities) + 1, -1)
    place[rows] = np.arange(len(rows))
    kept = {column: getattr(plan.activities, column)[rows] for column in ["identity", *DEMAND_COLUMNS]}
    kept["predecessor"] = place[kept["predecessor"]]
    return with_columns(plan, **kept)


def two_teams() -> Plan:
    """Return two obligations, with a chain, an appointment and two teams of one unit."""
    rows = [
        work(release=1),
        work(release=2, predecessor=0, due=9),
        meeting(start=3, seats=2, travel=0.5, obligation=1),
        work(release=4, patience=5, obligation=1),
    ]
    return plan_of(rows, staff=(2, 1), teams=[(0, [0, 1]), (0, [0]), (1, [2])])


def setting(plan: Plan, **words: Any) -> Setting:
    none = np.zeros(0, dtype=np.int64)
    known: dict[str, Any] = {
        "unit_names": ("county", "village"),
        "cadre_names": ("county/post.1", "county/post.2", "village/post.1"),
        "obligations": ("obligations.report", "obligations.meeting"),
        "issuers": ("county",),
    }
    return Setting(
        **{**known, **words},
        year=2025,
        unit_types=("county", "village"),
        roles=("cadre",),
        cadre_role=np.zeros(3, dtype=np.int64),
        represents=np.ones(3, dtype=np.int64),
        week_seconds=np.array([144_000]),
        kinds=("report", "meeting"),
        service_level=np.array([-1, -1]),
        fields=np.zeros(len(plan.activities), dtype=np.int64),
        reentered=np.zeros(len(plan.activities), dtype=np.int64),
        home_visit=3_600,
        outreach=0.5,
        hourly_cost=50.0,
        problems=Problems(none, none, none, none, none, none, none, none, ()),
    )


def test_the_same_plan_has_not_changed() -> None:
    assert twin_changes(two_teams(), two_teams(), NOTHING, NOTHING) == (4, 0)


@pytest.mark.parametrize("column", DEMAND_COLUMNS)
def test_a_change_in_any_column_is_seen(column: str) -> None:
    plan = two_teams()
    values = getattr(plan.activities, column).copy()
    values[3] = ~values[3] if values.dtype == np.bool_ else 0 if column == "predecessor" else values[3] + 1
    touched = np.zeros(3, dtype=np.bool_)

    assert twin_changes(plan, with_columns(plan, **{column: values}), touched, touched) == (4, 1)


def test_another_predecessor_is_seen() -> None:
    plan = two_teams()

    other = with_columns(plan, predecessor=np.array([-1, 3, -1, -1]))

    assert twin_changes(plan, other, NOTHING, NOTHING) == (4, 1)


def test_a_missing_and_an_added_activity_are_seen() -> None:
    plan = two_teams()
    fewer = only(plan, np.array([0, 1, 2]))

    assert twin_changes(plan, fewer, NOTHING, NOTHING) == (4, 1)
    assert twin_changes(fewer, plan, NOTHING, NOTHING) == (4, 1)


def test_what_a_lever_touches_is_not_compared() -> None:
    plan = two_teams()
    effort = plan.activities.effort.copy()
    effort[2:] *= 2

    assert twin_changes(plan, with_columns(plan, effort=effort), SECOND, SECOND) == (2, 0)
    assert twin_changes(plan, only(plan, np.array([0, 1])), SECOND, SECOND) == (2, 0)


def test_work_that_changes_hands_between_touched_and_untouched_is_seen() -> None:
    plan = two_teams()

    assert twin_changes(plan, plan, NOTHING, SECOND) == (4, 2)


def test_a_team_with_another_member_is_seen() -> None:
    plan = two_teams()
    roster = replace(plan.roster, team_offset=np.array([0, 1, 2, 3]), team_members=np.array([1, 0, 2]))

    assert twin_changes(plan, replace(plan, roster=roster), NOTHING, NOTHING) == (4, 4)


def test_numbers_that_a_plan_gives_do_not_matter_where_names_are_known() -> None:
    plan = two_teams()
    before = replace(plan, setting=setting(plan))
    renumbered = with_columns(
        replace(
            plan,
            roster=replace(
                plan.roster,
                cadre_unit=np.array([0, 1, 1]),
                team_unit=np.array([0, 1, 1]),
                team_offset=np.array([0, 1, 2, 4]),
                team_members=np.array([0, 2, 1, 2]),
            ),
        ),
        unit=1 - plan.activities.unit,
        team=2 - plan.activities.team,
        obligation=1 - plan.activities.obligation,
    )
    words = setting(
        plan,
        unit_names=("village", "county"),
        cadre_names=("village/post.1", "county/post.2", "county/post.1"),
        obligations=("obligations.meeting", "obligations.report"),
        issuers=("province", "county"),
    )

    assert twin_changes(before, replace(renumbered, setting=words), SECOND, ~SECOND) == (2, 0)
    assert twin_changes(before, replace(renumbered, setting=words), NOTHING, NOTHING) == (4, 0)
    assert twin_changes(plan, renumbered, NOTHING, NOTHING) == (4, 4)


def test_another_issuer_of_the_same_number_is_seen() -> None:
    plan = two_teams()
    plan = with_columns(plan, issuer=np.array([-1, 0, 0, -1]))

    before, after = replace(plan, setting=setting(plan)), replace(plan, setting=setting(plan, issuers=("province",)))

    assert twin_changes(before, after, NOTHING, NOTHING) == (4, 2)


def test_plans_without_work_have_no_twins() -> None:
    empty = only(two_teams(), np.zeros(0, dtype=np.int64))

    assert twin_changes(empty, empty, NOTHING, NOTHING) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_any_shuffle_of_rows_is_the_same_work_and_any_mutation_is_not(seed: int, data: st.DataObject) -> None:
    plan = random_plan(seed)
    size = len(plan.activities)
    shuffled = only(plan, np.random.default_rng(seed).permutation(size))
    column = data.draw(st.sampled_from(["release", "due", "start", "effort", "travel", "rank", "seats", "patience"]))
    chosen = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=5))
    values = getattr(shuffled.activities, column).copy()
    values[list(chosen)] += data.draw(st.sampled_from([-2, -1, 1, 7]))

    assert twin_changes(plan, shuffled, NOTHING, NOTHING) == (size, 0)
    assert twin_changes(plan, with_columns(shuffled, **{column: values}), NOTHING, NOTHING) == (size, len(chosen))
