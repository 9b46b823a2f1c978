"""The cost of a month of the canonical workload, over units and over replications. Run by `make cost`.

Over units the time is that of simulating alone, over replications that of drawing and simulating; memory is the peak of
the process. A contender stops before a run that would take longer than `LONGEST`.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.arrivals import arrivals_of
from tests.benchmarks.contenders import LIBRARIES, contender, engine, installed
from tests.benchmarks.machine import describe_machine
from tests.benchmarks.turns import Case, measure_in_turn
from tests.benchmarks.workload import cadre_week

if TYPE_CHECKING:
    from tests.benchmarks.contenders import Prepared

WEEKS = 4
UNITS = (1, 10, 100, 1_000, 10_000)
REPLICATIONS = (1, 10, 100)
EACH = 10
"""Units of a replication."""
LONGEST = 10.0
"""Seconds."""


@dataclass(frozen=True)
class Cost:
    """One measurement."""

    name: str
    over: str
    """`units` or `replications`."""
    number: int
    activities: int
    seconds: float
    peak_mb: float


def replications(name: str, count: int) -> Prepared:
    """Prepare `count` replications of ten units, run one after the other."""
    if name in LIBRARIES:
        simulate = import_module(f"tests.benchmarks.peers.in_{LIBRARIES[name]}").simulate
        simulate(arrivals_of(cadre_week(2, 1)))
    else:
        run = engine(name)
        run(cadre_week(2, 1))
    size = sum(len(cadre_week(EACH, WEEKS, seed).activities) for seed in range(count))

    def work() -> None:
        for seed in range(count):
            plan = cadre_week(EACH, WEEKS, seed)
            _ = simulate(arrivals_of(plan)) if name in LIBRARIES else run(plan)

    return work, size


def measure_cost(rounds: int) -> list[Cost]:
    """Measure size by size; a contender that would take too long at the next size is left out of it."""
    found: list[Cost] = []
    for over, numbers in (("units", UNITS), ("replications", REPLICATIONS)):
        names = installed()[0]
        for number in numbers:
            cases = {
                name: Case(contender, (name, number, WEEKS)) if over == "units" else Case(replications, (name, number))
                for name in names
            }
            for name, one in measure_in_turn(cases, rounds).items():
                found.append(Cost(name, over, number, one.activities, one.seconds, one.peak_mb))
                if one.seconds * 10 > LONGEST:
                    names.remove(name)
    return found


def main() -> None:
    """Measure and save the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="where to write it, as JSON")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; medians are taken (default 5)")
    arguments = parser.parse_args()
    for notice in installed()[1]:
        sys.stderr.write(f"left out: {notice}\n")
    points = [asdict(point) for point in measure_cost(arguments.rounds)]
    document: dict[str, Any] = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "rounds": arguments.rounds,
        "points": points,
    }
    arguments.file.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
