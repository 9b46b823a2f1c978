"""The same offices as anybody would write them in SimPy: a process per activity and a `PreemptiveResource` per unit.

It is here to be timed. Its answers differ from the contract's: an interrupted activity goes to the tail of its rank,
and what arrives in one instant is served in the order of creation. The clock counts open seconds only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

from sim.engine.contract import DAY
from tests.benchmarks.workload import CLOSES, OFFICE_DAYS, OPENS, STAFF

if TYPE_CHECKING:
    from collections.abc import Generator

    from sim.engine.contract import Plan


def simulate_idiomatically(plan: Plan) -> int:
    """Run the workload in one environment and count the activities finished."""
    env = simpy.Environment()
    finished: list[int] = []
    rows = plan.activities
    columns = [rows.effort, np.where(rows.start >= 0, -1, rows.rank), rows.seats]
    arrivals = np.stack([_open_seconds(rows.release), *columns], axis=1)
    for office in np.split(arrivals, np.flatnonzero(np.diff(rows.unit)) + 1):
        env.process(_arrivals(env, office.tolist(), finished))
    env.run(int(_open_seconds(plan.horizon)))
    return len(finished)


def _open_seconds(instants: Any) -> Any:
    """Turn calendar seconds into seconds of office hours before them."""
    day = instants // DAY
    open_days = day // 7 * OFFICE_DAYS + np.minimum(day % 7, OFFICE_DAYS)
    today = np.clip(instants % DAY, OPENS, CLOSES) - OPENS
    return open_days * (CLOSES - OPENS) + np.where(day % 7 < OFFICE_DAYS, today, 0)


def _arrivals(env: simpy.Environment, rows: list[list[int]], finished: list[int]) -> Generator[Any, Any, None]:
    """Start a process for every seat of every activity of an office, when it falls due."""
    office = simpy.PreemptiveResource(env, capacity=STAFF)
    for release, effort, priority, seats in rows:
        if release > env.now:
            yield env.timeout(release - env.now)
        for seat in range(seats):
            env.process(_activity(env, office, effort, priority, finished if seat == 0 else []))


def _activity(
    env: simpy.Environment, office: simpy.PreemptiveResource, effort: int, priority: int, finished: list[int]
) -> Generator[Any, Any, None]:
    """Wait for a cadre, as often as it takes to work `effort` seconds."""
    left = effort
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
    finished.append(effort)
