"""Claims about a scope that is not measured are refused before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.engine.simulate import simulate
from sim.errors import UsageError
from sim.experiment.claims import read_claims
from sim.files.scenario import read_scenario
from sim.metrics.measure import measure
from sim.metrics.table import METRICS
from sim.plan.year import plan_year
from sim.scenario.references import find_broken
from sim.scenario.scenario import Expectation, Scenario
from sim.scenario.scopes import scopes_of

SMALL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "base" / "small.yaml"


@pytest.fixture(scope="module")
def small() -> Scenario:
    return read_scenario(SMALL)


@pytest.mark.slow
def test_every_measured_scope_can_be_claimed_about(small: Scenario) -> None:
    plan = plan_year(small.regime, small.run.root, 0, 0)
    values = measure(plan, simulate(plan)).values

    assert [(name, scope) for name, scope in values if scope not in scopes_of(METRICS[name], small)] == []


@pytest.mark.parametrize(
    ("metric", "scope", "hint"),
    [
        ("formality_hours", "villagecadre", "village_cadre"),
        ("formality_hours", "all", ""),
        ("wait_mean", "village_cadre", ""),
        ("hours", "village_cadre/servise", "village_cadre/service"),
        ("hours_by_issuer", "village_cadre/townships", "village_cadre/township"),
        ("wait_mean", "certificate", "certificates"),
    ],
)
def test_a_scope_without_values_is_refused(metric: str, scope: str, hint: str, small: Scenario) -> None:
    claiming = small.replace(expect=(Expectation(metric=metric, scope=scope, below=0.0),))

    (broken,) = find_broken(claiming, METRICS)
    with pytest.raises(UsageError) as caught:
        read_claims([f"{metric}[{scope}] > 0"], [small], METRICS)

    assert broken.path == ("expect", 0, "scope")
    assert hint in broken.allowed or not hint
    assert (f"did you mean '{hint}'" if hint else "there are") in caught.value.render("en")
    assert scope in caught.value.render("zh")


@pytest.mark.parametrize(
    "claim", ["formality_hours[village_cadre] > 0", "wait_mean > 0", "wait_mean[ certificates ]<1"]
)
def test_a_scope_with_values_is_read(claim: str, small: Scenario) -> None:
    assert read_claims([claim], [small], METRICS)[0].scope in ("village_cadre", "all", "certificates")


def test_a_metric_that_does_not_exist_is_named(small: Scenario) -> None:
    with pytest.raises(UsageError, match="did you mean 'formality_hours'"):
        read_claims(["formalty_hours[village_cadre] > 0"], [small], METRICS)
