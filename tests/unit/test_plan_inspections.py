"""Inspections and appraisals in the plan: notice, preparation, hosting; caps, cuts, joint and unannounced visits."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest

from sim.domain.regime import Regime
from sim.levers.table import LEVERS
from tests.regimes import (
    DAY,
    HOUR,
    TO_TOWNSHIP,
    TO_VILLAGE,
    appraisal,
    by_identity,
    demanded,
    inspection,
    plan_of,
    problem,
    regime,
    rows_of,
    units,
    wanted_of,
)

TO_COUNTY = TO_VILLAGE + TO_TOWNSHIP


def pull(made: Regime, lever: str, *of: str, **fields: Any) -> Regime:
    """Return the regime with one lever in force."""
    return LEVERS[lever].model_validate({"lever": lever, "of": of, **fields}).apply(made)


def visits(made: Regime, name: str | None = None, unit: str | None = None) -> list[Any]:
    return rows_of(plan_of(made), name, "host", unit)


# --- one visit -----------------------------------------------------------------------------------------------------


def test_an_announced_visit_is_prepared_hosted_and_paid_for_by_the_inspectors() -> None:
    plan = plan_of(regime({"i": inspection()}))
    hosted, prepared, inspected = (rows_of(plan, "i", part) for part in ("host", "prepare", "visit"))

    assert len(hosted) == 2 * 12
    assert {(row.effort, row.seats) for row in hosted} == {(2 * HOUR, 2)}
    assert len(prepared) == 2 * len(hosted), "two preparers"
    assert {row.effort for row in prepared} == {6 * HOUR}
    assert sorted({(row.unit, row.due) for row in prepared}) == sorted((row.unit, row.start) for row in hosted)
    assert {(row.effort, row.travel, row.seats) for row in inspected} == {(2 * HOUR + 2 * TO_COUNTY, 2 * TO_COUNTY, 2)}
    assert sorted(row.start + TO_COUNTY for row in inspected) == sorted(row.start for row in hosted)


def test_preparation_begins_at_the_notice_and_in_january_not_before_the_first_working_day() -> None:
    prepared = rows_of(plan_of(regime({"i": inspection(notice="60 workdays")})), "i", "prepare")

    assert min(row.release for row in prepared) == DAY + 8 * HOUR, "2 January, 08:00"
    assert all(row.release == DAY + 8 * HOUR for row in prepared if row.due < 60 * DAY)
    assert all(row.release > DAY + 8 * HOUR for row in prepared if row.due > 120 * DAY)


def test_a_visit_on_the_same_day_is_not_prepared() -> None:
    plan = plan_of(regime({"i": inspection(notice="same day")}))

    assert rows_of(plan, "i", "prepare") == []
    assert len(rows_of(plan, "i", "host")) == 24


def test_the_unit_above_sends_somebody_along() -> None:
    plan = plan_of(regime({"i": inspection(escort={"seats": 1, "posts": ("leader",)})}))
    escorts = rows_of(plan, "i", "escort")

    assert len(escorts) == 24
    assert {(row.unit, row.team) for row in escorts} == {
        ("county_office.01/township.01", ("county_office.01/township.01/leader.01",))
    }
    assert {(row.effort, row.travel) for row in escorts} == {(2 * HOUR + 2 * TO_VILLAGE, 2 * TO_VILLAGE)}


def test_nobody_is_above_the_top_to_come_along() -> None:
    made = regime({"i": inspection(issuer="city", on="county_office", escort={"seats": 1})})

    assert {row.part for row in rows_of(plan_of(made), "i")} == {"prepare", "host"}


def test_some_visits_end_with_a_rectification_on_the_next_working_day() -> None:
    rectification = {"share": "40%", "effort": "5 h", "due": "10 workdays"}
    plan = plan_of(regime({"i": inspection(programmes=20, rectification=rectification)}))
    mended = rows_of(plan, "i", "rectify")
    days_hosted = {(row.unit, row.start // DAY) for row in rows_of(plan, "i", "host")}

    assert len(mended) / (20 * 24) == pytest.approx(0.4, abs=0.06)
    assert all(row.release % DAY == 8 * HOUR for row in mended)
    assert all(any((row.unit, row.day - wait) in days_hosted for wait in range(1, 12)) for row in mended)


def test_what_a_visit_at_the_years_end_asks_for_is_due_in_the_next_year() -> None:
    rectification = {"share": "100%", "effort": "5 h", "due": "10 workdays"}
    made = regime({"i": inspection(programmes=20, recurrence="yearly", rectification=rectification)})
    mended = rows_of(plan_of(made), "i", "rectify")

    assert any(row.due > 366 * DAY for row in mended)
    assert all(row.release < 366 * DAY for row in mended)


def test_each_programme_of_the_departments_is_one_departments_and_all_have_some() -> None:
    plan = wanted_of(regime({"i": inspection(programmes=30)}))
    by_office = defaultdict(int)
    for row in rows_of(plan, "i", "visit"):
        by_office[row.unit] += 1

    assert len(by_office) == 3
    assert all(count % 24 == 0 for count in by_office.values())


# --- frequency cap --------------------------------------------------------------------------------------------------


def test_monthly_to_quarterly_keeps_the_visits_at_the_ends_of_quarters_as_they_were() -> None:
    monthly = {"every": "monthly", "months": "period_end"}
    made = regime({"i": inspection(length="lognormal(mean=2 h, cv=0.5)", programmes=3, recurrence=monthly)})
    before = by_identity(visits(made))
    after = by_identity(visits(pull(made, "cap_frequency", "i", to="quarterly")))

    assert len(after) == len(before) / 3
    assert {i: (row.start, row.effort) for i, row in after.items()} == {
        i: (before[i].start, before[i].effort) for i in after
    }
    assert {month_of(row.start) for row in after.values()} == {3, 6, 9, 12}
    assert {month_of(row.start) for i, row in before.items() if i not in after}.isdisjoint({3, 6, 9, 12})


def month_of(second: int) -> int:
    return (date(2024, 1, 1) + timedelta(days=second // DAY)).month


def day_of_month(second: int) -> int:
    return (date(2024, 1, 1) + timedelta(days=second // DAY)).day


@pytest.mark.parametrize(
    ("every", "to", "left"),
    [
        ("monthly", "half_yearly", 2),
        ("monthly", "yearly", 1),
        ("quarterly", "yearly", 1),
        ("weekly", "monthly", 12),
        ("weekly", "quarterly", 4),
        ("daily", "weekly", 53),
        ("daily", "monthly", 12),
        ("quarterly", "monthly", 4),
        ("monthly", "monthly", 12),
        ("weekly", "daily", 53),
        ("yearly", "quarterly", 1),
        ("yearly", "yearly", 1),
    ],
)
def test_a_cap_leaves_as_many_visits_as_it_allows_and_never_fewer_than_there_were(
    every: str, to: str, left: int
) -> None:
    recurrence = {"every": "yearly", "months": (11,)} if every == "yearly" else every
    made = pull(regime({"i": inspection(recurrence=recurrence)}), "cap_frequency", "i", to=to)

    assert len(visits(made, unit="village.01")) == left


@pytest.mark.parametrize("every", ["weekly", "daily"])
def test_of_weeks_and_days_those_of_a_lower_cap_are_among_those_of_a_higher_one(every: str) -> None:
    made = regime({"i": inspection(recurrence=every)})
    kept = [
        {row.identity for row in visits(pull(made, "cap_frequency", "i", to=to))}
        for to in ("yearly", "half_yearly", "quarterly", "monthly")
    ]

    assert kept[0] < kept[1] < kept[2] < kept[3]


def test_a_cap_reaches_as_many_as_keep_to_it_and_they_are_nested() -> None:
    made = regime({"i": inspection(programmes=20)})
    kept = [
        {row.identity for row in visits(pull(made, "cap_frequency", "i", to="quarterly", compliance=share))}
        for share in ("0%", "50%", "80%", "100%")
    ]

    assert kept[0] > kept[1] > kept[2] > kept[3]
    assert len(kept[3]) == len(kept[0]) / 3


# --- items cut ------------------------------------------------------------------------------------------------------


def test_the_same_items_are_dropped_in_villages_and_townships() -> None:
    made = regime(
        {"villages": inspection(part_of="county"), "townships": inspection(part_of="county", on="township")},
        assignments={"county": {"issuer": "department", "number": 10}},
    )
    after = pull(made, "cull", "county", number=4)
    dropped = [days_dropped(made, after, name) for name in ("villages", "townships")]

    assert [len(visits(after, name, unit)) for name, unit in (("villages", "village.01"), ("townships", None))] == [
        72,
        72,
    ]
    assert dropped[0] == dropped[1]
    assert len(dropped[0]) == 4


def days_dropped(before: Regime, after: Regime, name: str) -> set[int]:
    """Return the programmes of an obligation that are no longer visited, found by leaving out one after the other."""
    kept = {row.identity for row in visits(after, name)}
    programmes: dict[int, set[int]] = defaultdict(set)
    known: set[int] = set()
    entry = before.obligations[name]
    county = before.assignments["county"]
    for count in range(1, county.number.value + 1):
        fewer = before.replace(obligations={name: entry}, assignments={"county": county.replace(number=count)})
        programmes[count - 1] = {row.identity for row in visits(fewer, name)} - known
        known |= programmes[count - 1]
    return {programme for programme, rows in programmes.items() if rows.isdisjoint(kept)}


def test_more_items_cut_are_the_same_ones_and_further_ones() -> None:
    made = regime({"i": inspection(programmes=8)})
    kept = [{row.identity for row in visits(pull(made, "cull", "i", number=n))} for n in (0, 2, 5, 8)]

    assert kept[0] > kept[1] > kept[2] > kept[3] == set()


def test_items_are_cut_of_all_lists_together() -> None:
    made = regime({"a": inspection(programmes=5), "b": inspection(programmes=5, recurrence="quarterly")})
    after = pull(made, "cull", "a", "b", number=6)
    left = [len(visits(after, name, "village.01")) / slots for name, slots in (("a", 12), ("b", 4))]

    assert sum(left) == 4


# --- one team -------------------------------------------------------------------------------------------------------

ONE_TEAM = {"marginal_hosting": "25%", "shared_preparation": "50%", "team": 4}


def test_one_team_comes_once_a_month_on_the_day_of_one_of_the_items() -> None:
    made = regime({"a": inspection(programmes=2), "b": inspection(recurrence="quarterly")})
    alone: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in visits(made):
        alone[row.unit, month_of(row.start)].add(row.start)
    joint = visits(pull(made, "one_team", "a", "b", **ONE_TEAM))

    assert sorted((row.unit, month_of(row.start)) for row in joint) == sorted(alone)
    assert all(row.start in alone[row.unit, month_of(row.start)] for row in joint)


def test_joint_visits_do_not_crowd_at_the_beginning_of_the_month() -> None:
    made = regime({"i": inspection(programmes=5)}, organisation=units(villages=30))
    alone, joint = visits(made), visits(pull(made, "one_team", "i", **ONE_TEAM))

    def mean_day(rows: list[Any]) -> float:
        return sum(day_of_month(row.start) for row in rows) / len(rows)

    assert mean_day(joint) == pytest.approx(mean_day(alone), abs=1.2)


def test_hosting_is_the_longest_and_a_margin_for_each_other_item() -> None:
    made = regime(
        {
            "a": inspection(length="lognormal(mean=2 h, cv=0.5)", programmes=2),
            "b": inspection(length="3 h", hosts=4),
        }
    )
    lengths: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in visits(made):
        lengths[row.unit, month_of(row.start)].append(row.effort)

    for row in visits(pull(made, "one_team", "a", "b", **ONE_TEAM)):
        mine = lengths[row.unit, month_of(row.start)]
        assert len(mine) == 3
        assert row.effort == max(mine) + round(0.25 * (sum(mine) - max(mine)))
        assert row.seats == 4, "as many hosts as the largest item needs"


def test_the_longest_preparation_is_done_in_full_and_half_of_the_others() -> None:
    made = regime(
        {"a": inspection(preparation="6 h"), "b": inspection(preparation="10 h"), "c": inspection(preparation="4 h")}
    )
    plan = plan_of(pull(made, "one_team", "a", "b", "c", **ONE_TEAM))
    hosted = {(row.unit, row.start) for row in rows_of(plan, None, "host")}

    assert [demanded(plan, name, "prepare") / (24 * 2) for name in "abc"] == [3, 10, 2]
    assert {(row.unit, row.due) for row in rows_of(plan, None, "prepare")} == hosted


def test_items_alike_are_prepared_once_in_full() -> None:
    made = pull(regime({"i": inspection(programmes=4)}), "one_team", "i", **ONE_TEAM)

    assert demanded(plan_of(made), "i", "prepare") / (24 * 2 * 6) == 1 + 3 * 0.5


def test_each_items_office_sends_somebody_to_the_joint_visit_as_long_as_the_team_has_room() -> None:
    made = regime({"i": inspection(programmes=5)})
    plan = plan_of(pull(made, "one_team", "i", **ONE_TEAM))
    joint = {row.start for row in rows_of(plan, "i", "host")}
    inspected = rows_of(plan, "i", "visit")

    assert {row.start + TO_COUNTY for row in inspected} == joint
    assert sorted(row.seats for row in inspected) == [1] * 48 + [2] * 24, "a team of four: two who lead and two more"


def test_a_joint_visit_sees_a_problem_unless_every_item_in_it_would_miss_it() -> None:
    sight = {"sight": "30%"}
    many, policy = {"p": problem(rate="400 per year")}, {"blind": "0%"}
    staffed = units(department={"posts": {"clerks": {"role": "county_cadre", "headcount": 20}}})
    made = regime({"i": inspection(programmes=3, **sight)}, many, policy=policy, organisation=staffed)
    sharp = regime({"i": inspection(programmes=3, sight="100%")}, many, policy=policy, organisation=staffed)
    seen, all_visits = (
        len(plan_of(pull(m, "one_team", "i", **ONE_TEAM)).setting.problems.hit_row)  # type: ignore[union-attr]
        for m in (made, sharp)
    )

    assert seen / all_visits == pytest.approx(1 - 0.7**3, abs=0.02)


def test_a_joint_visit_whose_items_take_one_look_sees_as_much_as_one_item() -> None:
    def seen(sight: str, programmes: int) -> int:
        many, policy = {"p": problem(rate="400 per year")}, {"blind": "100%"}
        made = regime({"i": inspection(programmes=programmes, sight=sight)}, many, policy=policy)
        setting = plan_of(pull(made, "one_team", "i", **ONE_TEAM)).setting
        assert setting is not None
        return len(setting.problems.hit_row)

    assert seen("30%", 3) / seen("100%", 3) == pytest.approx(0.3, abs=0.02)


def test_rectification_stays_with_each_item_of_a_joint_visit() -> None:
    rectification = {"share": "40%", "effort": "5 h", "due": "10 workdays"}
    made = regime({"i": inspection(programmes=5, rectification=rectification)})
    before, after = (rows_of(plan_of(m), "i", "rectify") for m in (made, pull(made, "one_team", "i", **ONE_TEAM)))

    assert abs(len(before) - len(after)) <= 3, "only around the end of the year"
    assert {row.effort for row in after} == {5 * HOUR}


def test_an_item_that_comes_alone_is_not_changed_by_one_team() -> None:
    made = regime({"i": inspection(rectification={"share": "40%", "effort": "5 h", "due": "10 workdays"})})
    before = {row.identity: (row.start, row.effort) for row in rows_of(plan_of(made))}
    after = {row.identity: (row.start, row.effort) for row in rows_of(plan_of(pull(made, "one_team", "i", **ONE_TEAM)))}

    assert before == after


# --- unannounced ----------------------------------------------------------------------------------------------------


def test_unannounced_visits_have_no_preparation_and_read_records_on_the_spot() -> None:
    made = pull(regime({"i": inspection(programmes=2)}), "unannounced_visit", "i", reading="40 min")
    plan = plan_of(made)

    assert rows_of(plan, "i", "prepare") == []
    assert {row.effort for row in rows_of(plan, "i", "host")} == {2 * HOUR + 2_400}
    assert {row.effort - row.travel for row in rows_of(plan, "i", "visit")} == {2 * HOUR + 2_400}


def test_those_who_still_announce_are_prepared_for_as_before() -> None:
    made = regime({"i": inspection(issuer="city", programmes=100, preparation="lognormal(mean=6 h, cv=0.5)")})
    after = pull(made, "unannounced_visit", "i", reading="40 min", compliance="70%")
    prepared = by_identity(rows_of(wanted_of(made), "i", "prepare"))
    still = by_identity(rows_of(wanted_of(after), "i", "prepare"))

    assert len(still) / len(prepared) == pytest.approx(0.3, abs=0.08)
    assert all(
        (row.effort, row.release, row.due) == (prepared[i].effort, prepared[i].release, prepared[i].due)
        for i, row in still.items()
    )


# --- over time ------------------------------------------------------------------------------------------------------


def test_a_measure_that_starts_in_july_changes_nothing_before() -> None:
    made = regime({"i": inspection(programmes=3)})
    after = pull(made, "unannounced_visit", "i", reading="40 min", starts=date(2024, 7, 1))
    months = [month_of(row.due) for row in rows_of(plan_of(after), "i", "prepare")]

    assert sorted(set(months)) == [1, 2, 3, 4, 5, 6]
    assert len(months) == 2 * 2 * 3 * 6


def test_what_was_dropped_creeps_back_month_by_month() -> None:
    made = regime({"i": inspection(issuer="city", programmes=600)}, organisation=units(villages=1))
    after = pull(made, "unannounced_visit", "i", reading="40 min", erosion="20%")
    counts = [0] * 13
    for row in rows_of(wanted_of(after), "i", "prepare"):
        counts[month_of(row.due)] += 1
    still_announced = [count / (2 * 600) for count in counts[1:]]

    for month, share in enumerate(still_announced):
        assert share == pytest.approx(1 - 0.8**month, abs=0.08)
    assert still_announced[0] == 0


# --- year-end appraisal ---------------------------------------------------------------------------------------------


def test_ledgers_and_the_self_report_of_an_appraisal_are_due_when_the_examiners_come() -> None:
    plan = plan_of(regime({"a": appraisal(programmes=3)}))
    hosted = {row.start: row for row in rows_of(plan, "a", "host")}
    ledgers, reports, examined = (rows_of(plan, "a", part) for part in ("prepare", "fill", "visit"))

    assert len(hosted) == 3
    assert {(row.seats, row.effort) for row in hosted.values()} == {(3, 4 * HOUR)}
    assert sorted(row.due for row in ledgers) == sorted(list(hosted) * 4)
    assert sorted(row.due for row in reports) == sorted(hosted)
    assert {row.effort for row in ledgers} == {3 * HOUR}
    assert {row.effort for row in reports} == {8 * HOUR}
    assert all(row.release < row.due and row.release % DAY == 8 * HOUR for row in ledgers + reports)
    assert {(row.seats, row.effort, row.travel) for row in examined} == {
        (2, 4 * HOUR + 2 * TO_TOWNSHIP, 2 * TO_TOWNSHIP)
    }


def test_an_appraisal_in_january_is_prepared_in_the_days_since_new_year() -> None:
    plan = plan_of(
        regime({"a": appraisal(programmes=5, recurrence={"every": "yearly", "months": (1,)}, notice="40 workdays")})
    )

    assert {row.release for row in rows_of(plan, "a", "prepare")} == {DAY + 8 * HOUR}
