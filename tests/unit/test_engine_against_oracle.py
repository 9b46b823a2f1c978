"""Random plans, full of ties, come out of every engine as out of the brute-force oracle, row by row."""

from __future__ import annotations

import os

import pytest

from sim.engine.simulate import simulate
from tests.logs import ENGINES, differences
from tests.oracle import simulate_by_force
from tests.plans import random_plan

PLANS = int(os.environ.get("JIANFU_RANDOM_PLANS", "600"))
BATCHES = 20


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_engine_agrees_with_the_oracle_on_every_field_of_random_plans(batch: int) -> None:
    wrong = {}
    for seed in range(batch, PLANS, BATCHES):
        plan = random_plan(seed)
        by_force = simulate_by_force(plan)
        for engine in ENGINES:
            found = differences(simulate(plan, engine=engine, keep_spans=True), by_force)
            if found:
                wrong[seed, engine] = found

    assert not wrong
