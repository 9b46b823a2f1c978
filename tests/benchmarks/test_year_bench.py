"""A year of the typical county, of its slice and in full: planned, simulated, measured.

The work done is checked, then each step is timed; no time is asserted. `tests.benchmarks.gates` compares the steps.
"""

from __future__ import annotations

import tracemalloc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.engine.simulate import simulate
from sim.files.scenario import read_scenario
from sim.metrics.measure import measure
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers
from tests.benchmarks.gates import COUNTIES, SCENARIOS

if TYPE_CHECKING:
    from sim.domain.regime import Regime

COUNTY = Path("base/county.yaml")

pytestmark = pytest.mark.benchmark


def county(name: str) -> Regime:
    """Return the typical county, or all of its townships and departments."""
    return apply_levers(read_scenario(SCENARIOS / COUNTY, COUNTIES[name]))


@pytest.fixture(params=COUNTIES, scope="module")
def regime(request: pytest.FixtureRequest) -> Regime:
    return county(request.param)


def test_planning_a_year(benchmark: Any, regime: Regime) -> None:
    plan = benchmark.pedantic(plan_year, args=(regime, 1, 0), rounds=5, warmup_rounds=1)

    rows = plan.activities
    assert np.all(np.diff(rows.unit) >= 0)
    assert set(np.unique(rows.obligation)) == set(range(len(plan.setting.obligations)))
    benchmark.extra_info["rows"] = len(rows)
    benchmark.extra_info["ns a row"] = round(benchmark.stats.stats.median / len(rows) * 1e9)


def test_simulating_a_year(benchmark: Any, regime: Regime) -> None:
    plan = plan_year(regime, 1, 0)

    log = benchmark.pedantic(partial(simulate, plan, engine="compiled"), rounds=5, warmup_rounds=1)

    assert log.events > len(plan.activities)
    assert log.worked.sum() == log.seconds.sum()
    benchmark.extra_info["events"] = log.events
    benchmark.extra_info["ns a row"] = round(benchmark.stats.stats.median / len(plan.activities) * 1e9)


def test_measuring_a_year(benchmark: Any, regime: Regime) -> None:
    plan = plan_year(regime, 1, 0)
    log = simulate(plan, engine="compiled")

    outcome = benchmark.pedantic(measure, args=(plan, log), rounds=5, warmup_rounds=1)

    assert outcome.work == {"activities": len(plan.activities), "events": log.events}
    assert len(outcome.values) > 100
    benchmark.extra_info["ns a row"] = round(benchmark.stats.stats.median / len(plan.activities) * 1e9)


def test_memory_of_a_year(benchmark: Any, regime: Regime) -> None:
    """The peak of bytes in arrays does not depend on other programs of the machine."""
    simulate(plan_year(regime, 1, 0), engine="compiled")

    def peaks() -> tuple[int, int, int]:
        tracemalloc.start()
        plan = plan_year(regime, 1, 0)
        planned = tracemalloc.get_traced_memory()[1]
        measure(plan, simulate(plan, engine="compiled"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return len(plan.activities), planned, peak

    rows, planned, peak = benchmark.pedantic(peaks, rounds=1)

    benchmark.extra_info["bytes a row"] = {"planned": planned // rows, "simulated and measured": peak // rows}
    assert planned < 200 * rows
    assert peak < 350 * rows
