"""cimba: a spawned model per activity and a resource per office, compiled, in one trial on one thread."""

from __future__ import annotations

from typing import Any

import cimba as cb
import numpy as np
from cimba import inputs

from tests.benchmarks.arrivals import Arrivals, Outcome
from tests.benchmarks.workload import STAFF


class Activity(cb.Model):
    """One seat of one activity."""

    office: cb.Ref[Office]
    effort: float
    priority: int

    @cb.process
    def work(self):
        """Wait for a cadre until `effort` seconds are worked; a signal other than 0 is an interruption."""
        arrival = cb.now()
        left = self.effort
        while left > 0:
            if self.office.cadres.preempt(1, self.priority) != 0:
                continue
            began = cb.now()
            if cb.hold(left) == 0:
                left = 0.0
                self.office.cadres.release(1)
            else:
                left -= cb.now() - began
        self.office.finished += 1
        self.office.seconds += cb.now() - arrival


class Office(cb.Model):
    """The cadres of an office and the activities that fall due there."""

    gap: cb.Input[float]
    effort: cb.Input[float]
    priority: cb.Input[float]
    seats: cb.Input[float]
    cadres: cb.Resource = cb.Resource(capacity=STAFF)
    finished: cb.Output[int]
    seconds: cb.Output[float]

    @cb.on_start
    def open(self):
        """Reset the counters."""
        self.finished = 0
        self.seconds = 0.0

    @cb.process
    def arrivals(self):
        """Spawn an activity for every seat when it falls due."""
        while self.gap.remaining() > 0:
            cb.hold(self.gap.next())
            effort = self.effort.next()
            priority = int(self.priority.next())
            for _ in range(int(self.seats.next())):
                cb.spawn(Activity, office=self, effort=effort, priority=priority)


class County(cb.Model):
    """All offices."""

    offices: list[Office]


def simulate(arrivals: Arrivals) -> Outcome:
    """Run all offices in one trial."""
    county = County()
    county.offices = [_office(rows) for rows in arrivals.offices]
    run = cb.Experiment(county, window=cb.Window(duration=float(arrivals.horizon)), seed=1).run(workers=1)
    results = [run[office] for office in county.offices]
    return Outcome(sum(_value(r.finished) for r in results), round(sum(_value(r.seconds) for r in results)))


def _office(rows: list[list[int]]) -> Office:
    """Return an office; cimba serves the largest priority first."""
    arrival, effort, priority, seats = np.array(rows, dtype=np.float64).T
    office = Office()
    office.gap = inputs.trace(np.diff(arrival, prepend=0))
    office.effort, office.priority, office.seats = inputs.trace(effort), inputs.trace(-priority), inputs.trace(seats)
    return office


def _value(column: Any) -> Any:
    """Return the only value of an output."""
    return np.asarray(column).item()
