"""Levers on checks of enterprises and on lists of inspections: nested, keyed, and without effect at strength 0."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.contract.plan import Plan
from sim.domain.regime import Regime
from sim.errors import ScenarioError
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.enterprises import check, city, counters, work_of
from tests.regimes import (
    DAY,
    HOUR,
    YEAR,
    demanded,
    duty,
    inspection,
    plan_of,
    regime,
    report,
    rows_of,
    same_bytes,
    wanted_of,
)

BUNDLE = {"window": "10 workdays", "departments": 6, "marginal_hosting": "40%", "shared_paperwork": "50%"}
COMPARED = {**BUNDLE, "window": "40 workdays", "subjects": 2, "dropped": "60%"}
KEPT = {"high": "100%", "medium": "60%", "low": "10%"}
RECOGNISE = {"subjects": 2, "valid": "60 days"}
FILE = {"turned_away": "70%", "planned_cut": "25%", "filed_cut": "50%"}


def pull(made: Regime, *levers: dict[str, Any]) -> Regime:
    """Return the regime with levers in force, as a scenario applies them."""
    title = {"zh": "试", "en": "trial"}
    return apply_levers(Scenario.model_validate({**dict(made), "title": title, "levers": levers}))


def lever(kind: str, *of: str, **fields: Any) -> dict[str, Any]:
    return {"lever": kind, "of": of, **fields}


def firms(count: int = 40) -> Regime:
    """Two lists of departments at enterprises, planned and ad hoc; no check is cancelled for want of inspectors."""
    lists = {"a": check(programmes=6, recurrence="3 per year"), "b": check(recurrence="2 per year", planning="ad_hoc")}
    return city(count, clerks=12, **lists)


def villages() -> Regime:
    """Inspections of villages on all three lists, and a form off the list."""
    return regime(
        {
            "monthly": inspection(programmes=8),
            "filed": inspection(planning="filed", recurrence="20 per year"),
            "loose": inspection(planning="ad_hoc", recurrence="20 per year"),
            "form": report(registered=False, recurrence="40 per year"),
            "routine": duty(),
        }
    )


EVERY = [
    (firms, lever("bundle_checks", "a", "b", **BUNDLE)),
    (firms, lever("tier_risks", "a", "b", kept=KEPT)),
    (firms, lever("recognise_results", "a", "b", **RECOGNISE)),
    (firms, lever("file_plans", "a", "b", **FILE)),
    (firms, lever("bundle_checks", "a", "b", **COMPARED)),
    (firms, lever("cap_checks", "a", "b", most=6)),
    (firms, lever("scan_to_enter", "a", "b", refused="70%")),
    (firms, lever("sample_visits", "a", "b", kept=KEPT)),
    (villages, lever("recognise_results", "monthly", "filed", "loose", **RECOGNISE)),
    (villages, lever("file_plans", "monthly", "filed", "loose", **FILE)),
]


@pytest.mark.parametrize(("world", "one"), EVERY)
def test_strength_zero_is_the_same_plan_to_the_byte(world: Any, one: dict[str, Any]) -> None:
    made = world()

    assert pull(made, {**one, "strength": 0.0}) == made
    assert not same_bytes(plan_of(pull(made, one)), plan_of(made))


NESTED = [one for one in EVERY if one[1]["lever"] not in ("bundle_checks", "recognise_results")]


@pytest.mark.parametrize(("world", "one"), NESTED)
def test_a_stronger_measure_leaves_a_subset(world: Any, one: dict[str, Any]) -> None:
    whole, half, full = (work_of(pull(world(), {**one, "strength": s})) for s in (0.0, 0.5, 1.0))

    assert full.items() < half.items() < whole.items()


@pytest.mark.parametrize(("world", "one"), EVERY)
def test_what_no_lever_names_is_untouched(world: Any, one: dict[str, Any]) -> None:
    made = world()
    before, after = (
        {key: row for key, row in work_of(each).items() if row.part == "routine"} for each in (made, pull(made, one))
    )

    assert before == after


# --- bundles -------------------------------------------------------------------------------------------------------


def test_items_in_one_trip_share_the_day_and_cost_the_longest_and_a_margin() -> None:
    made = pull(firms(), lever("bundle_checks", "a", "b", **BUNDLE))
    before, after = counters(firms()), counters(made)

    assert after["check_items_planned"] == before["check_items_planned"]
    assert after["check_visits"] < 0.8 * before["check_visits"]
    assert after["check_visits"] < after["check_appearances"] <= after["check_items"]
    for row in rows_of(wanted_of(made), part="host"):
        items = round((row.effort / HOUR - 1) / 0.4) + 1
        assert row.effort == round((1 + 0.4 * (items - 1)) * HOUR)


def test_a_department_travels_once_and_stays_for_its_own_items() -> None:
    whole = lever("bundle_checks", "a", "b", **BUNDLE, same_department=True)
    plan = plan_of(pull(firms(), whole))
    road, checks = 30 * 60, plan.setting.checks  # type: ignore[union-attr]
    assert checks is not None
    items = Counter(zip(checks.row.tolist(), checks.body.tolist(), strict=True))
    stays = [row.effort - 2 * road for row in rows_of(plan, part="visit")]

    assert sorted(stays) == sorted(round((1 + 0.4 * (count - 1)) * HOUR) for count in items.values())
    assert max(items.values()) > 1


def test_items_of_one_department_do_not_join_each_other() -> None:
    plan = plan_of(pull(firms(), lever("bundle_checks", "a", "b", **{**BUNDLE, "window": "250 workdays"})))
    checks = plan.setting.checks  # type: ignore[union-attr]
    assert checks is not None

    assert max(Counter(zip(checks.row.tolist(), checks.body.tolist(), strict=True)).values()) == 1


@pytest.mark.parametrize("same", [False, True])
def test_joint_visits_cost_visitors_fewer_trips_and_no_more_hours(same: bool) -> None:
    bundled = pull(firms(), lever("bundle_checks", "a", "b", **BUNDLE, same_department=same))
    alone, joint = wanted_of(firms()), wanted_of(bundled)

    def trips(plan: Plan) -> int:
        return len(rows_of(plan, part="host"))

    def hours(plan: Plan, part: str) -> int:
        return sum(row.effort * row.seats for row in rows_of(plan, part=part))

    assert trips(joint) < trips(alone)
    assert hours(joint, "visit") <= hours(alone, "visit")
    assert hours(joint, "host") < hours(alone, "host")


def test_a_trip_has_no_more_departments_than_there_is_room_for() -> None:
    wide = {**BUNDLE, "window": "250 workdays", "same_department": True}
    for room in (1, 2, 4):
        made = pull(firms(), lever("bundle_checks", "a", "b", **{**wide, "departments": room}))
        checks = plan_of(made).setting.checks  # type: ignore[union-attr]
        assert checks is not None
        aboard: dict[int, set[int]] = {}
        for row, body in zip(checks.row.tolist(), checks.body.tolist(), strict=True):
            aboard.setdefault(row, set()).add(body)
        assert max(len(bodies) for bodies in aboard.values()) == room


def test_checks_are_enterprises_times_visits_times_items_with_bundles_too() -> None:
    told = counters(pull(firms(), lever("bundle_checks", "a", "b", **BUNDLE)))

    assert told["enterprises_touched"] * told["visits_per_inspected"] * told["items_per_visit"] == pytest.approx(
        told["check_items"], rel=1e-12
    )


@pytest.mark.slow
@pytest.mark.parametrize("day_by_day", [True, False])
def test_checks_that_meet_on_a_day_are_one_visit(day_by_day: bool) -> None:
    """m checks on D days are D (1 - (1 - 1/D)^m) visits: six on December's 22 working days, or in twelve months."""
    if day_by_day:
        slots, entry = 22, check(programmes=6, recurrence={"every": "yearly", "months": (12,)})
        made = pull(city(50, 100, c=entry), lever("bundle_checks", "c", **{**BUNDLE, "window": "same day"}))
        seen = [counters(made, year)["visits_per_enterprise"] for year in range(12)]
    else:
        slots, every = 12, {"every": "yearly", "months": tuple(range(1, 13))}
        alone = regime({"c": inspection(programmes=6, recurrence=every)})
        team = {"marginal_hosting": "0%", "shared_preparation": "0%", "team": 6}
        made = pull(alone, lever("one_team", "c", **team))
        seen = [len(rows_of(plan_of(made, year), "c", "host")) / 2 for year in range(60)]
    expected = slots * (1 - (1 - 1 / slots) ** 6)

    assert day_by_day or expected == pytest.approx(4.880494, abs=1e-6)
    assert abs(np.mean(seen) - expected) < 3 * np.std(seen, ddof=1) / np.sqrt(len(seen))


# --- tiers, recognition, filing ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_low_risk_is_left_alone_and_high_risk_stays_in_sight() -> None:
    before, after = counters(firms(200)), counters(pull(firms(200), lever("tier_risks", "a", "b", kept=KEPT)))

    assert after["checks_high_risk"] > 1.5 * before["checks_high_risk"]
    assert after["check_items_planned"] == pytest.approx(
        before["check_items_planned"] * (0.2 + 0.3 * 0.6 + 0.5 * 0.1), rel=0.12
    )


def test_a_finding_spares_other_bodies_only_and_only_while_it_is_valid() -> None:
    valid = 60 * DAY
    made = pull(villages(), lever("recognise_results", "monthly", subjects=1, valid="60 days"))
    rows = rows_of(plan_of(made), "monthly", "host", "village.01")
    every = rows_of(plan_of(villages()), "monthly", "host", "village.01")

    assert 12 <= len(rows) < len(every) / 2
    missing = {row.identity for row in every} - {row.identity for row in rows}
    for row in every:
        if row.identity in missing:
            assert any(0 <= row.start - other.start <= valid for other in rows)


def test_bodies_without_a_common_subject_are_not_spared() -> None:
    many = pull(firms(), lever("recognise_results", "a", "b", subjects=1_000_000, valid="300 days"))

    assert counters(many)["check_items"] == counters(firms())["check_items"]


def test_planned_and_filed_lists_are_cut_each_by_its_share() -> None:
    made = pull(villages(), lever("file_plans", "monthly", "filed", "loose", **FILE))

    def left(name: str) -> float:
        years = range(6)
        after, before = (sum(len(rows_of(plan_of(r, y), name, "host")) for y in years) for r in (made, villages()))
        return after / before

    assert left("monthly") == 0.75, "two of eight items, as a whole"
    assert left("filed") == pytest.approx(0.5, abs=0.1)
    assert left("loose") == pytest.approx(0.3, abs=0.1)
    assert demanded(plan_of(made), "form") == demanded(plan_of(villages()), "form")


def test_levers_on_checks_do_not_fit_a_duty() -> None:
    for kind, fields in (("file_plans", FILE), ("bundle_checks", BUNDLE), ("tier_risks", {"kept": KEPT})):
        with pytest.raises(ScenarioError):
            pull(villages(), lever(kind, "routine", **fields))


# --- plans compared, caps, the gate, samples -----------------------------------------------------------------------

ENDS = ("withdrawn", "merged", "dropped", "refused", "undone")


@pytest.mark.parametrize(("world", "one"), [one for one in EVERY if one[0] is firms])
def test_every_item_that_departments_want_has_one_end(world: Any, one: dict[str, Any]) -> None:
    before, after = counters(world()), counters(pull(world(), one))

    for told in (before, after):
        assert told["check_items_wanted"] == told["check_items"] + sum(told[f"check_items_{end}"] for end in ENDS)
    assert after["check_items_wanted"] == before["check_items_wanted"]


def test_comparing_plans_cuts_visits_more_than_tasks_and_plans_too() -> None:
    before, after = counters(firms()), counters(pull(firms(), lever("bundle_checks", "a", "b", **COMPARED)))
    left = {key: after[key] / before[key] for key in ("check_visits", "check_items", "check_plans")}

    assert after["check_items_merged"] > 0 < after["check_items_dropped"]
    assert left["check_visits"] < left["check_items"] < 1
    assert left["check_plans"] < 1


def test_with_more_subjects_fewer_plans_overlap() -> None:
    wide = [pull(firms(), lever("bundle_checks", "a", "b", **{**COMPARED, "subjects": many})) for many in (1, 4, 1000)]
    told = [counters(made) for made in wide]

    for key in ("check_items", "check_plans"):
        assert told[0][key] < told[1][key] < told[2][key]
    assert told[2]["check_plans"] == pytest.approx(counters(firms())["check_plans"], rel=0.05)


def test_items_on_no_plan_and_of_one_department_are_no_duplicates() -> None:
    """Six departments with one subject; list b is on no plan, and a department does not duplicate itself."""
    whole = {**COMPARED, "subjects": 1, "dropped": "100%", "departments": 1, "same_department": True}
    told = counters(pull(firms(), lever("bundle_checks", "a", "b", **whole)))

    assert told["check_items_dropped"] == told["check_items_merged"] == 0


def test_no_enterprise_gets_more_visits_than_the_cap() -> None:
    for period, slots in (("yearly", 1), ("quarterly", 4)):
        made = pull(firms(), lever("cap_checks", "a", "b", most=2, period=period))
        visits = Counter(row.unit for row in rows_of(plan_of(made), part="host"))

        assert max(visits.values()) <= 2 * slots
        assert max(visits.values()) > 2 * slots - 2


def test_a_lower_cap_leaves_a_subset_and_counts_the_rest_as_withdrawn() -> None:
    works = [work_of(pull(firms(), lever("cap_checks", "a", "b", most=most))) for most in (2, 5, 1000)]
    told = counters(pull(firms(), lever("cap_checks", "a", "b", most=2)))

    assert works[0].items() < works[1].items() < works[2].items() == work_of(firms()).items()
    assert told["check_items_withdrawn"] == counters(firms())["check_visits"] - told["check_visits"]


def test_the_gate_refuses_what_is_above_a_cap_that_nobody_keeps_to() -> None:
    ignored = lever("cap_checks", "a", "b", most=2, compliance="0%")
    open_gate, gate = (
        counters(pull(firms(), ignored, lever("scan_to_enter", "a", "b", refused=share))) for share in ("0%", "100%")
    )
    kept = counters(
        pull(firms(), lever("cap_checks", "a", "b", most=2), lever("scan_to_enter", "a", "b", refused="100%"))
    )

    assert open_gate["check_visits"] == counters(firms())["check_visits"]
    assert gate["check_visits"] == kept["check_visits"] < open_gate["check_visits"]
    assert gate["check_items_withdrawn"] == 0 < kept["check_items_withdrawn"]
    assert gate["check_items_refused"] == kept["check_items_refused"] + kept["check_items_withdrawn"]


def test_only_the_gate_counts_entries_on_no_plan() -> None:
    told = counters(pull(firms(), lever("scan_to_enter", "a", "b", refused="100%")))
    checks = plan_of(pull(firms(), lever("scan_to_enter", "a", "b", refused="100%"))).setting.checks  # type: ignore[union-attr]
    assert checks is not None

    assert told["check_items_refused"] == (~checks.planned).sum() > 0


def test_a_department_does_not_come_at_all_to_an_enterprise_that_it_did_not_draw() -> None:
    made = pull(firms(), lever("sample_visits", "a", kept={"high": "50%", "medium": "50%", "low": "50%"}))
    before, after = (Counter(_pairs(one)) for one in (firms(), made))

    assert all(after[pair] == before[pair] for pair in after)
    assert len(after) / len(before) == pytest.approx(0.5, abs=0.1)


def _pairs(made: Regime) -> list[tuple[str, int]]:
    """Return enterprise and department of every check on a plan that is made."""
    checks = plan_of(made).setting.checks  # type: ignore[union-attr]
    assert checks is not None
    there = (checks.row >= 0) & checks.planned
    return list(zip(checks.unit[there].tolist(), checks.body[there].tolist(), strict=True))


@pytest.mark.parametrize(
    ("kind", "fields", "word"),
    [
        ("bundle_checks", {**COMPARED, "subjects": 0}, "subjects"),
        ("cap_checks", {"most": 3, "period": "weekly"}, "period"),
        ("cap_checks", {"most": -1}, "most"),
        ("scan_to_enter", {"refused": "120%"}, "refused"),
    ],
)
def test_terms_that_make_no_sense_are_refused(kind: str, fields: dict[str, Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        pull(firms(), lever(kind, "a", **fields))


def test_a_gate_refuses_nothing_over_a_cap_that_has_not_begun() -> None:
    gate = lever("scan_to_enter", "a", "b", refused="100%")
    late = lever("cap_checks", "a", "b", most=0, compliance="0%", starts=date(YEAR, 7, 17))
    before, after = (
        {(row.unit, row.start) for row in rows_of(wanted_of(pull(firms(), *levers)), part="host")}
        for levers in ((gate,), (gate, late))
    )
    start = (date(YEAR, 7, 17) - date(YEAR, 1, 1)).days * DAY

    assert {visit for visit in before if visit[1] < start} == {visit for visit in after if visit[1] < start} != set()
    assert not {visit for visit in after if visit[1] >= start}
