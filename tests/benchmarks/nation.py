"""The nation's year on the canonical workload: 980,000 units of five cadres, streamed block by block on two threads.

Takes about a quarter of an hour: `python -m tests.benchmarks.nation` writes `nation_year.json`, which the gates read.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sim.engine.simulate import simulate
from sim.metrics.measure import measure
from tests.benchmarks.gates import NATION
from tests.benchmarks.machine import describe_machine
from tests.benchmarks.workload import BLOCK, STAFF, cadre_block

UNITS, WEEKS, THREADS = 980_000, 48, 2
IN_A_SHARD = 50
"""Blocks of a shard."""


def stream(shard: range) -> tuple[int, float]:
    """Draw, simulate and measure the blocks of a shard; give the activities and the sum of all hours per cadre."""
    activities, hours = 0, 0.0
    for first in shard:
        plan = cadre_block(first, min(BLOCK, UNITS - first), WEEKS)
        outcome = measure(plan, simulate(plan, engine="compiled"))
        activities += len(plan.activities)
        hours += float(outcome.hours.sum()) * len(plan.roster.cadre_unit)
    return activities, hours


def main() -> None:
    """Run the year, or a share of it, and record it where it is the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=UNITS, help="fewer units, to try it; nothing is recorded then")
    units: int = parser.parse_args().units
    step = BLOCK * IN_A_SHARD
    shards = [range(first, min(first + step, units), BLOCK) for first in range(0, units, step)]
    stream(range(0, BLOCK, BLOCK))
    began, activities, hours = time.perf_counter(), 0, 0.0
    with ThreadPoolExecutor(THREADS) as pool:
        for done, (rows, sums) in enumerate(pool.map(stream, shards), 1):
            activities, hours = activities + rows, hours + sums
            seconds = time.perf_counter() - began
            sys.stderr.write(f"\r{done} of {len(shards)} shards, {seconds:.0f} s, {activities / 1e6:,.0f} M activities")
    seconds = time.perf_counter() - began
    found = {
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine()["processor"],
        "units": units,
        "cadres": units * STAFF,
        "activities": activities,
        "hours_per_cadre": hours / (units * STAFF),
        "seconds": round(seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    sys.stderr.write("\n")
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    if units == UNITS:
        NATION.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
