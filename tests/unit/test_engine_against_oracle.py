"""Random plans, full of ties, come out of the engine as out of the brute-force oracle, row by row."""

from __future__ import annotations

import os
from dataclasses import fields

import numpy as np
import pytest

from sim.engine.contract import RunLog, Spans
from sim.engine.simulate import simulate
from tests.oracle import simulate_by_force
from tests.plans import random_plan

PLANS = int(os.environ.get("JIANFU_RANDOM_PLANS", "400"))
BATCHES = 20


def differences(one: RunLog, other: RunLog) -> list[str]:
    """Name the fields in which two logs differ."""
    assert one.spans is not None
    assert other.spans is not None
    pairs = [(one, other, f.name) for f in fields(RunLog) if f.name != "spans"]
    pairs += [(one.spans, other.spans, f.name) for f in fields(Spans)]
    return [name for a, b, name in pairs if not np.array_equal(getattr(a, name), getattr(b, name))]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_and_oracle_agree_on_every_field_of_random_plans(batch: int) -> None:
    wrong = {}
    for seed in range(batch, PLANS, BATCHES):
        plan = random_plan(seed)
        found = differences(simulate(plan, keep_spans=True), simulate_by_force(plan))
        if found:
            wrong[seed] = found

    assert not wrong
