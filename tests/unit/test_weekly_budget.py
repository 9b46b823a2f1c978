"""The typical county's week before reform agrees with the evidence, and the peak at the year's end emerges."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from sim.domain.category import TRAVEL
from sim.domain.evidence import TOTAL, WEEK, BudgetCell
from sim.domain.obligations import Appraisal, Inspection, Report
from sim.engine.simulate import simulate
from sim.files.scenario import read_scenario
from sim.files.seeds import read_evidence
from sim.metrics.measure import measure
from sim.metrics.outcome import Outcome
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario

ROOT = Path(__file__).parents[2]
REPLICATIONS = 2
ROLES = ("county_department_staff", "township_cadre", "village_cadre")
SEASONAL = (Report, Inspection, Appraisal)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def budget() -> Mapping[str, Mapping[str, BudgetCell]]:
    return read_evidence(ROOT / "seeds").budget


@pytest.fixture(scope="module")
def county() -> Scenario:
    return read_scenario(ROOT / "scenarios" / "base" / "county.yaml")


@pytest.fixture(scope="module")
def years(county: Scenario) -> list[Outcome]:
    plans = [plan_year(apply_levers(county), county.run.root, replication) for replication in range(REPLICATIONS)]
    return [measure(plan, simulate(plan)) for plan in plans]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("key", [*WEEK, TOTAL])
def test_the_week_before_reform_lies_in_the_range_of_the_evidence(
    years: list[Outcome], budget: Mapping[str, Mapping[str, BudgetCell]], role: str, key: str
) -> None:
    """The budget has no row for time without tasks; its rows add up to the week, so that time is in `service`."""
    whole = {"service": [("service_hours", role), ("unassigned_hours", role)], TOTAL: [("total_hours", role)]}
    parts = [("hours", f"{role}/{category}") for category in (TRAVEL if key == "travel" else [key])]
    cell, rows = budget[role][key], whole.get(key, parts)

    assert cell.low <= np.mean([sum(year.values[row] for row in rows) for year in years]) <= cell.high


@pytest.mark.parametrize("role", ROLES)
def test_reports_and_inspections_swell_at_the_years_end_without_being_told_to(years: list[Outcome], role: str) -> None:
    assert all(year.values["year_end_ratio", role] > 1 for year in years)


def test_no_report_inspection_or_appraisal_has_a_season() -> None:
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        if path.name == "study.yaml":
            continue
        scenario = read_scenario(path)
        seasons = {n: e.recurrence.value.season for n, e in scenario.obligations.items() if isinstance(e, SEASONAL)}
        assert not any(seasons.values()), f"{path.name}: the peak must come from what falls due, not from a weight"


def test_nobody_is_crushed_or_idle_in_the_typical_county(years: list[Outcome]) -> None:
    """A backlog that grows over the year would make the hours of a week meaningless."""
    for year in years:
        for role in ROLES:
            done, demanded = (year.values[key, role] for key in ("simulated_hours", "scm_hours"))
            assert abs(done / demanded - 1) < 0.15
            assert year.values["missed_seats", role] < 0.15


def test_a_clerk_with_twenty_odd_forms_spends_about_the_published_days_on_them() -> None:
    """A third of a month of 22 working days at least; the levels of the clerk's fields are those of the township."""
    scenario = read_scenario(ROOT / "scenarios" / "outside" / "yongchuan_one_table" / "before.yaml")
    plans = [plan_year(apply_levers(scenario), scenario.run.root, replication) for replication in range(REPLICATIONS)]

    hours = np.mean([measure(plan, simulate(plan)).values["hours", "forms_clerk/reports"] for plan in plans])
    assert 5.5 < hours * 52 / 12 / 8 < 9
