"""Every engine returns the same log for the year of every shipped place, to the second."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sim.engine.compiled.run import simulate_compiled, simulate_uncompiled
from sim.engine.reference.run import simulate_reference
from sim.files.scenario import read_scenario
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers
from tests.logs import differences

if TYPE_CHECKING:
    from sim.contract.plan import Plan

SCENARIOS = Path(__file__).parents[2] / "scenarios"
COUNTY = SCENARIOS / "base" / "county.yaml"
PLACES = [COUNTY, SCENARIOS / "base" / "community.yaml", *sorted(SCENARIOS.glob("*/after*.yaml"))]

pytestmark = pytest.mark.slow


def year_of(path: Path) -> Plan:
    return plan_year(apply_levers(read_scenario(path)), 1, 0)


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.parent.name + "/" + path.stem)
def test_a_place_comes_out_of_both_engines_alike(path: Path) -> None:
    plan = year_of(path)

    assert not differences(simulate_compiled(plan), simulate_reference(plan))


def test_the_county_comes_out_of_every_engine_alike_with_every_stretch_of_time_and_in_the_same_types() -> None:
    plan = year_of(COUNTY)

    by_reference = simulate_reference(plan, keep_spans=True)

    for engine in (simulate_compiled, simulate_uncompiled):
        log = engine(plan, keep_spans=True)
        assert not differences(log, by_reference)
        assert [getattr(log, f.name).dtype for f in fields(log) if f.name not in ("events", "spans")] == [
            getattr(by_reference, f.name).dtype for f in fields(log) if f.name not in ("events", "spans")
        ]
