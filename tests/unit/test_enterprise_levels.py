"""The typical city before any reform agrees with each level of checks on enterprises that it cites."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.contract.plan import Plan
from sim.contract.setting import CHECKED, Checks
from sim.domain.evidence import Evidence
from sim.domain.obligations import EnterpriseCheck
from sim.domain.risk import RISKS
from sim.engine.simulate import simulate
from sim.files.leaves import leaves
from sim.files.scenario import read_scenario
from sim.files.seeds import read_evidence
from sim.metrics.measure import measure
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario

ROOT = Path(__file__).parents[2]
YEARS = 8
STAFFED = 0.1
"""Share of the entities that are firms with staff, of whom the survey asked; the scenario says so."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence(ROOT / "seeds")


@pytest.fixture(scope="module")
def city() -> Scenario:
    return read_scenario(ROOT / "scenarios" / "base" / "enterprise_city.yaml")


@pytest.fixture(scope="module")
def plans(city: Scenario) -> list[Plan]:
    return [plan_year(apply_levers(city), city.run.root, year) for year in range(YEARS)]


def parts(evidence: Evidence, name: str) -> dict[str, float]:
    return dict(evidence.baselines[name].parts)  # type: ignore[arg-type]


def checks_of(plan: Plan, scenario: Scenario, name: str) -> tuple[Checks, np.ndarray]:
    """Return the items of a year, and the mask of those of one obligation: its departments are of its list."""
    assert plan.setting is not None
    assert plan.setting.checks is not None
    checks, entry = plan.setting.checks, scenario.obligations[name]
    assert isinstance(entry, EnterpriseCheck)
    others = plan_year(apply_levers(scenario.replace(obligations={name: entry})), scenario.run.root, 0).setting
    assert others is not None
    assert others.checks is not None
    return checks, np.isin(checks.body, others.checks.body) & (checks.planned == (entry.planning != "ad_hoc"))


def test_the_slice_stands_for_the_entities_and_departments_of_haining(city: Scenario, evidence: Evidence) -> None:
    published, units = parts(evidence, "haining_universe"), city.organisation.units
    real = {name: units[name].count.value * units[name].represents.value for name in ("enterprise", "department")}

    assert real["enterprise"] == pytest.approx(published["entities"], rel=0.01)
    assert real["department"] == published["departments"]
    assert 1 + city.obligations["department_check"].programmes.value == published["departments"]
    assert units["enterprise"].represents.value == units["department"].represents.value


def test_the_tax_office_sees_the_share_of_firms_with_staff_that_the_survey_found(
    city: Scenario, plans: list[Plan], evidence: Evidence
) -> None:
    published, shares, visits = parts(evidence, "checks_wbes_tax"), [], []
    for plan in plans:
        checks, mine = checks_of(plan, city, "tax_check")
        seen = np.bincount(checks.unit[mine & (checks.fate == CHECKED)])
        visits.append(seen[seen > 0].mean())
        shares.append((seen > 0).sum() / len(checks.enterprises) / STAFFED)

    assert np.mean(shares) == pytest.approx(published["visited_share"], rel=0.08)
    assert np.mean(visits) == pytest.approx(published["visits_if_any"], rel=0.05)


def test_a_department_draws_the_shares_of_the_risk_classes_that_the_source_states(
    city: Scenario, plans: list[Plan], evidence: Evidence
) -> None:
    published, entry = parts(evidence, "checks_drawn_henan_2021"), city.obligations["department_check"]
    assert isinstance(entry, EnterpriseCheck)
    shares = city.organisation.units["enterprise"].risk
    assert shares is not None
    drawn = np.zeros(len(RISKS))
    for plan in plans:
        checks, mine = checks_of(plan, city, "department_check")
        pairs = len(checks.enterprises) * entry.programmes.value * entry.competent.value * np.array(shares.by_class)
        drawn += np.bincount(checks.risk[mine], minlength=len(RISKS)) / pairs / YEARS
    high, medium, low = drawn

    assert high == pytest.approx(published["high"], rel=0.15)
    assert published["medium"] < medium < published["upper_medium"]
    assert low == pytest.approx(published["low"], rel=0.15)


def test_the_mines_get_the_visits_and_visitors_of_the_ministrys_case(evidence: Evidence) -> None:
    """44 visits of 336 persons to two mines; tests of single items hold the persons of a visit."""
    published = parts(evidence, "checks_mining_firm_2024")
    mines = read_scenario(ROOT / "scenarios" / "outside" / "inner_mongolia_mines" / "before.yaml")
    plans = [plan_year(apply_levers(mines), mines.run.root, year) for year in range(YEARS)]
    values = [measure(plan, simulate(plan)).values for plan in plans]

    assert np.mean([one["visits_per_enterprise", "all"] for one in values]) == pytest.approx(
        published["visits_per_year"] / 2, rel=0.05
    )
    assert mines.obligations["mine_check"].inspectors.value == pytest.approx(  # type: ignore[union-attr]
        published["persons"] / published["visits_per_year"], rel=0.06
    )


def test_most_entities_see_nobody_and_high_risk_sees_most(plans: list[Plan]) -> None:
    for plan in plans:
        assert plan.setting is not None
        checks = plan.setting.checks
        assert checks is not None
        values = measure(plan, simulate(plan)).values

        assert values["visits_median", "all"] == 0 < values["visits_per_enterprise", "all"] < 1
        assert values["checks_high_risk", "all"] > 0.15


def test_each_level_that_the_city_cites_has_a_test_here(city: Scenario) -> None:
    cited = {name for _, _, value in leaves(city) for name in getattr(value, "sources", ()) if name != "assumed"}

    assert cited == {"haining_universe", "checks_wbes_tax", "checks_drawn_henan_2021"}
