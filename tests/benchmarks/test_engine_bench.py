"""The canonical workload: the work done is checked to the piece, then the time is taken."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from sim.engine.simulate import simulate
from tests.benchmarks.idiomatic import simulate_idiomatically
from tests.benchmarks.workload import cadre_week
from tests.logs import ENGINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.engine.simulate import Engine


class Size(NamedTuple):
    """A size of the workload and the work it is."""

    units: int
    weeks: int
    activities: int
    events: int
    finished: int


SIZES = [Size(10, 48, 64_961, 134_631, 64_870), Size(200, 1, 27_462, 56_192, 26_730)]

pytestmark = pytest.mark.benchmark


def seconds(work: Callable[[], Any]) -> float:
    """Time one run."""
    began = perf_counter()
    work()
    return perf_counter() - began


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.units} units x {size.weeks} weeks")
def test_cadre_week(benchmark: Any, size: Size, engine: Engine) -> None:
    plan = cadre_week(size.units, size.weeks)
    log = simulate(plan, engine=engine)
    assert len(plan.activities) == size.activities
    assert log.events == size.events
    assert np.count_nonzero(log.finish >= 0) == size.finished

    ratios = []
    for _ in range(5):
        idiomatic = seconds(lambda: simulate_idiomatically(plan))
        ratios.append(idiomatic / seconds(lambda: simulate(plan, engine=engine)))
    benchmark.extra_info["activities"] = size.activities
    benchmark.extra_info["times as fast as idiomatic SimPy"] = float(np.median(ratios))
    benchmark.pedantic(simulate, args=(plan,), kwargs={"engine": engine}, rounds=5)

    benchmark.extra_info["activities per second"] = round(size.activities / benchmark.stats.stats.median)
    assert np.median(ratios) >= 1
