"""Ciw: an office is a network of one node with five servers and a preemptive priority class for each priority.

Offices do not interact, so each is a simulation of its own; otherwise Ciw would search all nodes for the next event. A
class takes its service times in the order of arrival.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import Any

import ciw

from tests.benchmarks.arrivals import Arrivals, Outcome
from tests.benchmarks.workload import STAFF


def simulate(arrivals: Arrivals) -> Outcome:
    """Run one office after the other."""
    finished, seconds = 0, 0.0
    for rows in arrivals.offices:
        office = ciw.Simulation(_network(rows))
        office.simulate_until_max_time(arrivals.horizon)
        records = [record for record in office.get_all_records() if record.record_type == "service"]
        finished += len(records)
        seconds += sum(record.exit_date - record.arrival_date for record in records)
    return Outcome(finished, round(seconds))


def _network(rows: list[list[int]]) -> Any:
    """Return the network of an office."""
    classes: dict[str, list[list[int]]] = {}
    for row in sorted(rows, key=lambda row: row[2]):
        classes.setdefault(f"Priority {row[2]}", []).append(row)
    names = list(classes)
    return ciw.create_network(
        arrival_distributions={name: [ciw.dists.Sequential(_gaps(classes[name]))] for name in names},
        batching_distributions={name: [ciw.dists.Sequential([row[3] for row in classes[name]])] for name in names},
        service_distributions={name: [ciw.dists.Sequential(_efforts(classes[name]))] for name in names},
        priority_classes=({name: place for place, name in enumerate(names)}, ["resume"]),
        number_of_servers=[STAFF],
    )


def _gaps(rows: list[list[int]]) -> list[float]:
    """Return the times between arrivals, and infinity after the last."""
    return [rows[0][0], *(after[0] - before[0] for before, after in pairwise(rows)), inf]


def _efforts(rows: list[list[int]]) -> list[int]:
    """Return the effort of each seat."""
    return [effort for _, effort, _, seats in rows for _ in range(seats)]
