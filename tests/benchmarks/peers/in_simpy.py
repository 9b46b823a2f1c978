"""SimPy in the manner of its documentation: a process per activity and a `PreemptiveResource` per office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy

from tests.benchmarks.arrivals import Arrivals, Outcome
from tests.benchmarks.workload import STAFF

if TYPE_CHECKING:
    from collections.abc import Generator


def simulate(arrivals: Arrivals) -> Outcome:
    """Run all offices in one environment."""
    env = simpy.Environment()
    times: list[int] = []
    for office in arrivals.offices:
        env.process(_arrivals(env, office, times))
    env.run(arrivals.horizon)
    return Outcome(len(times), sum(times))


def _arrivals(env: simpy.Environment, rows: list[list[int]], times: list[int]) -> Generator[Any, Any, None]:
    """Start a process for every seat of every activity of an office when it falls due."""
    office = simpy.PreemptiveResource(env, capacity=STAFF)
    for arrival, effort, priority, seats in rows:
        if arrival > env.now:
            yield env.timeout(arrival - env.now)
        for _ in range(seats):
            env.process(_activity(env, office, effort, priority, times))


def _activity(
    env: simpy.Environment, office: simpy.PreemptiveResource, effort: int, priority: int, times: list[int]
) -> Generator[Any, Any, None]:
    """Wait for a cadre until `effort` seconds are worked."""
    arrival, left = env.now, effort
    while left > 0:
        with office.request(priority=priority) as request:
            began = -1
            try:
                yield request
                began = int(env.now)
                yield env.timeout(left)
                left = 0
            except simpy.Interrupt:
                if began >= 0:
                    left -= int(env.now) - began
    times.append(int(env.now - arrival))
