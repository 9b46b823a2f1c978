"""Runs that take minutes, recorded for the gates: `python -m tests.benchmarks.long_runs nation beizhen`.

The nation's year is the canonical workload: 980,000 units of five cadres, streamed block by block on two threads, about
a quarter of an hour. Beizhen is a scenario of the product: 30 years before and 30 after of 117 units.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from sim.engine.simulate import simulate
from sim.metrics.measure import measure
from tests.benchmarks.contenders import SIMPY, command, contender
from tests.benchmarks.gates import FEW, LONG_RUNS, SCENARIOS, slowness
from tests.benchmarks.machine import describe_machine
from tests.benchmarks.workload import BLOCK, STAFF, cadre_block

UNITS, WEEKS, THREADS = 980_000, 48, 2
IN_A_SHARD = 50
"""Blocks of a shard."""
REPLICATIONS = 30


def stream(shard: range) -> tuple[int, float]:
    """Draw, simulate and measure the blocks of a shard; return its activities and the sum of its cadres' hours."""
    activities, hours = 0, 0.0
    for first in shard:
        plan = cadre_block(first, min(BLOCK, UNITS - first), WEEKS)
        outcome = measure(plan, simulate(plan, engine="compiled"))
        activities += len(plan.activities)
        hours += float(outcome.hours.sum()) * len(plan.roster.cadre_unit)
    return activities, hours


def nation(units: int = UNITS) -> dict[str, Any]:
    """Run the nation's year, or that of fewer units."""
    step = BLOCK * IN_A_SHARD
    shards = [range(first, min(first + step, units), BLOCK) for first in range(0, units, step)]
    stream(range(0, BLOCK, BLOCK))
    began, activities, hours = time.perf_counter(), 0, 0.0
    with ThreadPoolExecutor(THREADS) as pool:
        for done, (rows, sums) in enumerate(pool.map(stream, shards), 1):
            activities, hours = activities + rows, hours + sums
            seconds = time.perf_counter() - began
            sys.stderr.write(f"\r{done} of {len(shards)} shards, {seconds:.0f} s, {activities / 1e6:,.0f} M activities")
    sys.stderr.write("\n")
    return {
        "units": units,
        "cadres": units * STAFF,
        "activities": activities,
        "hours_per_cadre": hours / (units * STAFF),
        "seconds": round(time.perf_counter() - began, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def beizhen(replications: int = REPLICATIONS) -> dict[str, Any]:
    """Compare all of Beizhen before and after, without saved years; all pictures are drawn and written."""
    work, _ = command(("compare", str(SCENARIOS / "scale" / "beizhen"), "-n", str(replications)))
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"years": 2 * replications, "seconds": round(seconds, 1), "peak_mb": round(peak)}


def pace(readings: int = 5) -> float:
    """Return how many times slower this machine is now than the one of the goals: the least of several readings."""
    work, activities = contender(SIMPY, *FEW)
    seconds = []
    for _ in range(readings):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return round(slowness(min(seconds) / activities * 1e9), 2)


def main() -> None:
    """Run the named runs and record them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", nargs="+", choices=("nation", "beizhen"))
    known = json.loads(LONG_RUNS.read_text("utf-8")) if LONG_RUNS.exists() else {}
    for name in parser.parse_args().run:
        found = {"nation": nation, "beizhen": beizhen}[name]()
        today = datetime.now(UTC).date().isoformat()
        known[name] = {"date": today, "processor": describe_machine()["processor"], "pace": pace(), **found}
        LONG_RUNS.write_text(json.dumps(known, indent=2) + "\n", "utf-8")
        sys.stdout.write(json.dumps(known[name], indent=2) + "\n")


if __name__ == "__main__":
    main()
