"""Random plans, full of ties, come out of every engine as out of the brute-force oracle, row by row."""

from __future__ import annotations

import os

import pytest

from sim.engine.checks import check_conservation, check_plan
from tests.logs import ENGINES, differences
from tests.oracle import simulate_by_force
from tests.plans import random_plan

PLANS = int(os.environ.get("JIANFU_RANDOM_PLANS", "300"))
BATCHES = 20


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_engine_agrees_with_the_oracle_on_every_field_of_random_plans(batch: int) -> None:
    wrong = {}
    for seed in range(batch, PLANS, BATCHES):
        plan = random_plan(seed)
        check_plan(plan)
        by_force = simulate_by_force(plan)
        check_conservation(plan, by_force)
        for name, engine in ENGINES.items():
            found = differences(engine(plan, keep_spans=True), by_force)
            if found:
                wrong[seed, name] = found

    assert not wrong
