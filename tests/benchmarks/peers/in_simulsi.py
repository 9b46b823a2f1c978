"""simulsi: a process per activity and a preemptive resource per office, without histories, like its own benchmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulsi import Simulation
from simulsi.errors import Interrupt

from tests.benchmarks.arrivals import Arrivals, Outcome
from tests.benchmarks.workload import STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator


def simulate(arrivals: Arrivals) -> Outcome:
    """Run all offices in one simulation."""
    sim = Simulation(seed=1, keep_values=False, record_series=False, keep_entity_history=False)
    times: list[float] = []
    for number, rows in enumerate(arrivals.offices):
        office = sim.resource(f"office {number}", STAFF, discipline="priority", preemptive=True)
        sim.process(_arrivals(sim, office, rows, times))
    sim.run(until=arrivals.horizon)
    return Outcome(len(times), round(sum(times)))


def _arrivals(sim: Any, office: Any, rows: list[list[int]], times: list[float]) -> Iterator[Any]:
    """Start a process for every seat of every activity of an office when it falls due."""
    for arrival, effort, priority, seats in rows:
        if arrival > sim.now:
            yield arrival - sim.now
        for _ in range(seats):
            sim.process(_activity(sim, office, effort, priority, times))


def _activity(sim: Any, office: Any, effort: int, priority: int, times: list[float]) -> Iterator[Any]:
    """Wait for a cadre until `effort` seconds are worked."""
    arrival, left = sim.now, effort
    while left > 0:
        began = None
        try:
            request = yield sim.request(office, priority=priority)
            began = sim.now
            yield left
            left = 0
            sim.release(request)
        except Interrupt:
            if began is not None:
                left -= sim.now - began
    times.append(sim.now - arrival)
