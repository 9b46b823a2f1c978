"""Checks on enterprises: plans by risk class, the share carried out, the rows of a visit, every counter."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from sim.contract.log import RunLog
from sim.contract.plan import Plan
from sim.domain.regime import Regime
from sim.domain.risk import RISKS
from sim.engine.simulate import simulate
from sim.metrics.measure import measure
from sim.metrics.table import METRICS
from tests.enterprises import EQUAL, check, city, counters, work_of
from tests.regimes import DAY, HOUR, MINUTE, by_identity, plan_of, rows_of, same_bytes

ROAD = 30 * MINUTE


def test_a_check_costs_the_enterprise_papers_and_a_host_and_the_department_its_inspectors() -> None:
    plan = plan_of(city(c=check()))
    hosted, papers, inspected = (rows_of(plan, "c", part) for part in ("host", "prepare", "visit"))

    assert len(hosted) == len(papers) == len(inspected) > 60
    assert {(row.effort, row.seats, row.category) for row in hosted} == {(HOUR, 1, "inspections")}
    assert {row.effort for row in papers} == {2 * HOUR}
    assert sorted((row.unit, row.due) for row in papers) == sorted((row.unit, row.start) for row in hosted)
    assert {(row.effort, row.travel, row.seats) for row in inspected} == {(HOUR + 2 * ROAD, 2 * ROAD, 2)}
    assert sorted(row.start + ROAD for row in inspected) == sorted(row.start for row in hosted)


def test_no_papers_are_got_out_for_a_check_on_the_same_day() -> None:
    plan = plan_of(city(c=check(notice="same day")))

    assert rows_of(plan, "c", "prepare") == []


def test_a_department_keeps_to_its_office() -> None:
    """Programme k of two lists of the same departments is the same department."""
    plan = plan_of(city(a=check(bodies="county"), b=check(bodies="county", recurrence="2 per year")))
    offices = [{row.unit for row in rows_of(plan, name, "visit")} for name in ("a", "b")]

    assert offices[0] == offices[1]
    assert plan.setting is not None
    assert plan.setting.checks is not None
    assert len(set(plan.setting.checks.body.tolist())) == 3


def test_items_are_planned_in_proportion_to_the_times_of_the_class() -> None:
    made = city(200, c=check(times={"high": 3.0, "medium": 1.0, "low": 0.25}))
    plan = plan_of(made)
    assert plan.setting is not None
    checks = plan.setting.checks
    assert checks is not None
    risk_of = dict(zip(checks.unit.tolist(), checks.risk.tolist(), strict=True))
    items, firms = Counter(checks.risk.tolist()), Counter(risk_of.values())
    per_firm = [items[k] / firms[k] for k in range(len(RISKS))]

    assert per_firm[0] == pytest.approx(3 * 12, rel=0.1)
    assert per_firm[1] == pytest.approx(12, rel=0.1)
    assert firms[0] / 200 == pytest.approx(0.2, abs=0.08)


def test_an_enterprise_of_a_class_with_no_times_is_never_checked() -> None:
    plan = plan_of(city(c=check(times={"high": 1.0, "medium": 0.0, "low": 0.0})))
    assert plan.setting is not None
    assert plan.setting.checks is not None

    assert set(plan.setting.checks.risk.tolist()) == {0}


def test_a_lower_multiple_keeps_a_subset_of_the_items() -> None:
    more = work_of(city(c=check(times={**EQUAL, "low": 0.8})))
    fewer = work_of(city(c=check(times={**EQUAL, "low": 0.3})))

    assert fewer.items() < more.items()


def test_only_competent_departments_come() -> None:
    plan = plan_of(city(100, c=check(programmes=20, competent="25%", recurrence="8 per year")))
    assert plan.setting is not None
    checks = plan.setting.checks
    assert checks is not None
    bodies = defaultdict(set)
    for unit, body in zip(checks.unit.tolist(), checks.body.tolist(), strict=True):
        bodies[unit].add(body)

    assert np.mean([len(those) for those in bodies.values()]) == pytest.approx(5, abs=0.6)


def test_what_is_planned_and_not_carried_out_is_counted_and_costs_nothing() -> None:
    whole, part = city(50, c=check()), city(50, c=check(executed="60%"))
    done, planned = counters(part), counters(whole)

    assert done["check_items_planned"] == planned["check_items_planned"]
    assert done["plan_carried_out"] == pytest.approx(0.6, abs=0.06)
    assert work_of(part).items() < work_of(whole).items()
    assert done["check_hours"] < planned["check_hours"]


def test_every_counter_by_hand() -> None:
    """Recount the visits from the rows of the plan and the log."""
    made = city(c=check(), d=check(planning="ad_hoc", recurrence="1 per year"))
    plan = plan_of(made)
    log = simulate(plan)
    told = counters(made)
    hosted = [row for row in rows_of(plan, part="host") if log.finish[row.row] >= 0]
    visits = Counter(row.unit for row in hosted)

    assert told["check_visits"] == told["check_items"] == told["check_appearances"] == len(hosted)
    assert told["enterprises_touched"] == len(visits)
    assert told["visits_per_enterprise"] == len(hosted) / 10
    assert told["visits_median"] == np.median(
        [visits.get(f"county_office.01/enterprise.{k:02d}", 0) for k in range(1, 11)]
    )
    assert told["check_items_planned"] == len(rows_of(plan, "c", "host"))
    assert told["check_hours"] * 10 == pytest.approx(
        sum(log.worked[row.row] for row in rows_of(plan) if ".01/enterprise" in row.unit) / HOUR
    )


def test_checks_are_enterprises_times_visits_times_items_exactly() -> None:
    for replication in range(3):
        told = counters(city(30, c=check(executed="70%"), d=check(recurrence="0.5 per year")), replication)
        visits = told["enterprises_touched"] * told["visits_per_inspected"]

        assert round(visits * told["items_per_visit"]) == told["check_items"]
        assert visits * told["items_per_visit"] == pytest.approx(told["check_items"], rel=1e-12)


def test_counters_are_in_the_table_of_metrics() -> None:
    assert counters(city(c=check())).keys() <= METRICS.keys()


def test_a_regime_without_enterprises_has_no_such_counters() -> None:
    assert "check_items" not in {key for key, _ in measure(*_run(city())).values}


def test_free_time_in_an_enterprise_is_nobody_s_home_visit() -> None:
    values = measure(*_run(city(c=check()))).values

    assert ("outreach_hours", "enterprise_cadre") not in values
    assert ("households_reached", "enterprise_cadre") not in values
    assert values["outreach_hours", "village_cadre"] > 0
    assert values["formality_hours", "enterprise_cadre"] == values["total_hours", "enterprise_cadre"] > 0


def test_another_enterprise_changes_nobody_else_s_checks() -> None:
    few, more = plan_of(city(5, c=check())), plan_of(city(6, c=check()))

    assert by_identity(rows_of(few)).keys() <= by_identity(rows_of(more)).keys()
    assert same_bytes(few, plan_of(city(5, c=check())))


def test_checks_fall_on_working_days() -> None:
    for row in rows_of(plan_of(city(c=check())), part="host"):
        assert 8 * HOUR < row.start % DAY < 18 * HOUR


def _run(made: Regime) -> tuple[Plan, RunLog]:
    plan = plan_of(made)
    return plan, simulate(plan)
