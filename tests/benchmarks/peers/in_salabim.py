"""salabim: a component per activity and a preemptive resource per office, without monitors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import salabim

from tests.benchmarks.arrivals import Arrivals, Outcome
from tests.benchmarks.workload import STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator


def simulate(arrivals: Arrivals) -> Outcome:
    """Run all offices in one environment."""
    env = salabim.Environment(yieldless=False)
    times: list[int] = []
    for rows in arrivals.offices:
        office = salabim.Resource(capacity=STAFF, preemptive=True, monitor=False)
        Source(office=office, rows=rows, times=times)
    env.run(till=arrivals.horizon)
    return Outcome(len(times), sum(times))


class Source(salabim.Component):  # type: ignore[misc]
    """The activities that fall due in an office."""

    def setup(self, office: Any, rows: list[list[int]], times: list[int]) -> None:
        self.office, self.rows, self.times = office, rows, times

    def process(self) -> Iterator[Any]:
        """Create a component for every seat of every activity when it falls due."""
        for arrival, effort, priority, seats in self.rows:
            if arrival > self.env.now():
                yield self.hold(till=arrival)
            for _ in range(seats):
                Activity(office=self.office, effort=effort, rank=priority, times=self.times)


class Activity(salabim.Component):  # type: ignore[misc]
    """One seat of one activity."""

    def setup(self, office: Any, effort: int, rank: int, times: list[int]) -> None:
        self.office, self.effort, self.rank, self.times = office, effort, rank, times

    def process(self) -> Iterator[Any]:
        """Wait for a cadre until `effort` seconds are worked; a bumped component continues after `hold`."""
        arrival, left = self.env.now(), self.effort
        while left > 0:
            yield self.request((self.office, 1, self.rank))
            if not self.isclaiming(self.office):
                continue
            began = self.env.now()
            yield self.hold(left)
            left -= self.env.now() - began
            if self.isclaiming(self.office):
                self.release(self.office)
        self.times.append(int(self.env.now() - arrival))
