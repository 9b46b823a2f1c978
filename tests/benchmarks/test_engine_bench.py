"""The canonical workload: the work done is checked to the piece, then the time is taken.

Engines take turns, and what is compared is the processor time of one turn, so that a busy machine disturbs little.
The goals stand in `extra_info` beside what was measured; asserted is what must hold on any machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from sim.engine.checks import check_conservation, check_plan
from sim.engine.compiled import simulate_uncompiled
from sim.engine.simulate import simulate
from tests.benchmarks.idiomatic import simulate_idiomatically
from tests.benchmarks.limit import build_limit
from tests.benchmarks.workload import cadre_week

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.engine.contract import Plan, RunLog

ROOT = Path(__file__).parents[2]


class Size(NamedTuple):
    """A size of the workload and the work it is."""

    units: int
    weeks: int
    activities: int
    events: int
    finished: int
    goal: int
    """Times the compiled engine should be as fast as idiomatic SimPy."""


SIZES = [Size(10, 48, 64_961, 134_631, 64_870, 150), Size(1_000, 1, 135_612, 277_797, 132_185, 300)]
ROUNDS = 5

pytestmark = pytest.mark.benchmark


def uncompiled(plan: Plan) -> RunLog:
    """Run the kernel as plain Python behind the same door as the others."""
    check_plan(plan)
    log = simulate_uncompiled(plan)
    check_conservation(plan, log)
    return log


ENGINES: dict[str, Callable[[Plan], RunLog]] = {
    "reference": partial(simulate, engine="reference"),
    "uncompiled": uncompiled,
    "compiled": partial(simulate, engine="compiled"),
}


def seconds(work: Callable[[], Any], clock: Callable[[], float] = process_time) -> float:
    """Time a run, as the mean of as many as fill a twentieth of a second."""
    runs, began = 0, clock()
    while runs == 0 or clock() - began < 0.05:
        work()
        runs += 1
    return (clock() - began) / runs


def turns(works: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """Time works in turn; give the median of each."""
    times = [{name: seconds(work) for name, work in works.items()} for _ in range(rounds)]
    return {name: median(turn[name] for turn in times) for name in works}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.units} units x {size.weeks} weeks")
def test_cadre_week_beside_idiomatic_simpy(benchmark: Any, size: Size) -> None:
    plan = cadre_week(size.units, size.weeks)
    assert len(plan.activities) == size.activities
    for engine in ENGINES.values():
        log = engine(plan)
        assert log.events == size.events
        assert np.count_nonzero(log.finish >= 0) == size.finished

    time = turns(
        {"idiomatic": lambda: simulate_idiomatically(plan)} | {n: partial(e, plan) for n, e in ENGINES.items()}
    )
    times_as_fast = {name: time["idiomatic"] / time[name] for name in ENGINES}

    benchmark.extra_info["times as fast as idiomatic SimPy"] = {n: round(x, 1) for n, x in times_as_fast.items()}
    benchmark.extra_info["goals"] = {"reference": 1, "uncompiled": 5, "compiled": size.goal}
    benchmark.extra_info["microseconds an activity"] = {n: round(t / size.activities * 1e6, 3) for n, t in time.items()}
    benchmark.pedantic(ENGINES["compiled"], args=(plan,), rounds=ROUNDS)
    assert times_as_fast["compiled"] > 50
    assert times_as_fast["uncompiled"] > 2


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.units} units x {size.weeks} weeks")
def test_cadre_week_beside_a_loop_written_in_c(benchmark: Any, size: Size, tmp_path: Path) -> None:
    limit = build_limit(tmp_path)
    if limit is None:
        pytest.skip("there is no C compiler (cc) to build the limit with")
    plan = cadre_week(size.units, size.weeks)
    log, by_limit = ENGINES["compiled"](plan), limit(plan)
    assert not [f.name for f in fields(log) if not np.array_equal(getattr(log, f.name), getattr(by_limit, f.name))]

    time = turns({"C": lambda: limit(plan), "compiled": lambda: ENGINES["compiled"](plan)}, rounds=15)
    ratio = time["compiled"] / time["C"]

    benchmark.extra_info["compiled time / C time"] = round(ratio, 2)
    benchmark.extra_info["goal"] = 2.5
    benchmark.pedantic(limit, args=(plan,), rounds=ROUNDS)
    assert ratio < 5


def test_a_thousand_times_the_units_take_a_thousand_times_as_long(benchmark: Any) -> None:
    few, many = cadre_week(10, 48), cadre_week(10_000, 1)

    time = turns({"few": lambda: ENGINES["compiled"](few), "many": lambda: ENGINES["compiled"](many)})
    ratio = (time["many"] / len(many.activities)) / (time["few"] / len(few.activities))

    benchmark.extra_info["ns an activity, 10,000 units / 10 units"] = round(ratio, 2)
    benchmark.extra_info["goal"] = 1.3
    benchmark.pedantic(ENGINES["compiled"], args=(many,), rounds=1)
    assert ratio < 3


def test_two_threads_are_nearly_twice_as_fast(benchmark: Any) -> None:
    plans = [cadre_week(100, 8, seed) for seed in range(16)]

    def work(threads: int) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(ENGINES["compiled"], plans))

    work(2)
    ratios = [seconds(lambda: work(1), perf_counter) / seconds(lambda: work(2), perf_counter) for _ in range(9)]

    benchmark.extra_info["2 threads / 1"] = round(median(ratios), 2)
    benchmark.extra_info["best"] = round(max(ratios), 2)
    benchmark.extra_info["goal"] = 1.8
    benchmark.pedantic(work, args=(2,), rounds=1)


def test_the_checks_take_a_small_part(benchmark: Any) -> None:
    plan = cadre_week(10, 48)
    log = simulate(plan, engine="compiled")

    time = turns(
        {
            "all": lambda: simulate(plan, engine="compiled"),
            "checks": lambda: (check_plan(plan), check_conservation(plan, log)),
        },
        rounds=15,
    )

    benchmark.extra_info["checks / all"] = round(time["checks"] / time["all"], 2)
    benchmark.pedantic(check_plan, args=(plan,), rounds=ROUNDS)
    assert time["checks"] < 0.4 * time["all"]


def test_a_small_run_and_the_first_compilation_as_processes_of_their_own(benchmark: Any, tmp_path: Path) -> None:
    def process(engine: str, cache: Path = tmp_path) -> None:
        script = f"from sim.engine.simulate import simulate; from tests.plans import random_plan; {engine}"
        env = {**os.environ, "JIANFU_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, check=True)

    small = "simulate(random_plan(1))"
    compiled = "simulate(random_plan(1), engine='compiled')"
    benchmark.extra_info["first compilation, s"] = round(seconds(lambda: process(compiled), perf_counter), 1)
    benchmark.extra_info["compiled from the cache, s"] = round(
        median(seconds(lambda: process(compiled), perf_counter) for _ in range(ROUNDS)), 2
    )
    benchmark.extra_info["goals"] = {"first compilation": 20, "small run": 0.8}
    benchmark.pedantic(process, args=(small,), rounds=ROUNDS)
