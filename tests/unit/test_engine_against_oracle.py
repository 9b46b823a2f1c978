"""Every engine and the brute-force oracle return the same log for random plans full of ties."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.contract.checks import check_conservation, check_plan
from tests.logs import ENGINES, differences
from tests.oracle import simulate_by_force
from tests.plans import RANDOM_PLANS, random_plan

if TYPE_CHECKING:
    from sim.contract.plan import Plan

BATCHES = 20
RULES: dict[str, Callable[[Plan], Any]] = {
    "appointments": lambda plan: np.any(plan.activities.start >= 0),
    "travel": lambda plan: np.any(plan.activities.travel > 0),
    "several seats": lambda plan: np.any(plan.activities.seats > 1),
    "predecessors": lambda plan: np.any(plan.activities.predecessor >= 0),
    "work for other units": lambda plan: np.any(
        (plan.activities.unit[plan.activities.predecessor] != plan.activities.unit)[plan.activities.predecessor >= 0]
    ),
    "give-ups": lambda plan: np.any(plan.activities.patience >= 0),
    "work that is never interrupted": lambda plan: not np.all(plan.activities.interruptible),
    "evenings": lambda plan: any(np.any(windows.evening) for windows in plan.shifts),
    "several shifts": lambda plan: len(plan.shifts) > 1,
    "several ranks": lambda plan: len(np.unique(plan.activities.rank)) > 1,
    "earliest due": lambda plan: plan.discipline == "earliest_due",
    "interruption": lambda plan: plan.preemptive,
    "switching cost": lambda plan: plan.switching_cost > 0,
    "absences": lambda plan: len(plan.roster.absences) > 0,
}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_engine_agrees_with_the_oracle_on_every_field_of_random_plans(batch: int) -> None:
    wrong = {}
    for seed in range(batch, RANDOM_PLANS, BATCHES):
        plan = random_plan(seed)
        check_plan(plan)
        by_force = simulate_by_force(plan)
        check_conservation(plan, by_force)
        for name, engine in ENGINES.items():
            found = differences(engine(plan, keep_spans=True), by_force)
            if found:
                wrong[seed, name] = found

    assert not wrong


def test_the_random_plans_switch_every_rule_on_and_off_and_are_full_of_ties() -> None:
    plans = [random_plan(seed) for seed in range(200)]

    with_rule = {name: sum(bool(is_on(plan)) for plan in plans) for name, is_on in RULES.items()}

    assert {name: 10 < count < 190 for name, count in with_rule.items()} == dict.fromkeys(RULES, True)
    tied = [plan for plan in plans if len(np.unique(plan.activities.release)) < 0.8 * len(plan.activities)]
    assert len(tied) > 100
