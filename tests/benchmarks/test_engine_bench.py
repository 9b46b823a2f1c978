"""The canonical workload: the work done is checked exactly, then each engine is timed.

No time is asserted here; `tests.benchmarks.gates` compares the times with the goals.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from tests.benchmarks.arrivals import arrivals_of
from tests.benchmarks.contenders import COMPILED, LIBRARIES, LIMIT, REFERENCE, UNCOMPILED, engine, installed
from tests.benchmarks.peers.in_simpy import simulate as in_simpy
from tests.benchmarks.workload import cadre_week, cadre_weeks

if TYPE_CHECKING:
    from sim.contract.plan import Plan
    from tests.benchmarks.arrivals import Arrivals, Outcome


class Size(NamedTuple):
    """A size of the workload, and the number of activities and events at that size."""

    units: int
    weeks: int
    activities: int
    events: int
    finished: int


SIZES = [Size(10, 48, 64_988, 134_691, 64_903), Size(1_000, 1, 134_698, 275_991, 131_293)]
SMALL = cadre_week(10, 2)

pytestmark = pytest.mark.benchmark


@pytest.fixture(params=SIZES, ids=lambda size: f"{size.units} units x {size.weeks} weeks")
def size(request: pytest.FixtureRequest) -> Size:
    return request.param


@pytest.fixture
def plan(size: Size) -> Plan:
    return cadre_week(size.units, size.weeks)


@pytest.mark.parametrize("name", [REFERENCE, UNCOMPILED, COMPILED, LIMIT])
def test_every_engine_does_the_same_work(benchmark: Any, size: Size, plan: Plan, name: str) -> None:
    if name not in installed()[0]:
        pytest.skip("there is no C compiler (cc) to build the limit with")
    run = engine(name)

    log = benchmark.pedantic(run, args=(plan,), rounds=3, warmup_rounds=1)

    assert len(plan.activities) == size.activities
    assert log.events == size.events
    assert np.count_nonzero(log.finish >= 0) == size.finished
    known = engine(COMPILED)(plan)
    assert not [f.name for f in fields(log) if not np.array_equal(getattr(log, f.name), getattr(known, f.name))]


def simulate_in(model: str, arrivals: Arrivals) -> Outcome:
    return import_module(model).simulate(arrivals)


@pytest.mark.parametrize("name", [name for name in LIBRARIES if name != "SimPy"])
def test_libraries_come_to_the_same_as_idiomatic_simpy(benchmark: Any, name: str) -> None:
    if find_spec(LIBRARIES[name]) is None:
        pytest.skip(f"{name} is not installed (make peers)")
    arrivals = arrivals_of(SMALL)
    model = f"tests.benchmarks.peers.in_{LIBRARIES[name]}"

    # In a process of its own: cimba cannot compile its model after numba has compiled anything.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as home:
        outcome = benchmark.pedantic(lambda: home.submit(simulate_in, model, arrivals).result(), rounds=1)

    known = in_simpy(arrivals)

    assert outcome.finished == pytest.approx(known.finished, rel=0.001)
    assert outcome.seconds / outcome.finished == pytest.approx(known.seconds / known.finished, rel=0.02)


def test_idiomatic_simpy_comes_to_the_same_as_the_engine(benchmark: Any) -> None:
    arrivals = arrivals_of(SMALL)

    outcome = benchmark.pedantic(in_simpy, args=(arrivals,), rounds=3)

    log, seats = engine(COMPILED)(SMALL), SMALL.activities.seats
    done = log.finish >= 0
    assert outcome.finished == pytest.approx(int((seats - log.missed)[done].sum()), rel=0.01)


@pytest.mark.slow
def test_the_workload_is_the_same_in_blocks_and_as_a_whole() -> None:
    whole, blocks = cadre_week(50, 1), list(cadre_weeks(50, 1))

    assert sum(len(block.activities) for block in blocks) == len(whole.activities)
    assert sum(engine(COMPILED)(block).events for block in blocks) == engine(COMPILED)(whole).events
