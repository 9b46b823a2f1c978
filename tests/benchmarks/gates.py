"""The gates: speed goals, measured speeds, and verdicts. Run by `make bench`.

Everything is measured in one run, in turn; ratios are of medians, per activity. salabim runs a tenth of the workload,
which favours it: it slows down as the work grows.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.log import RunLog
from tests.benchmarks.contenders import (
    COMPILED,
    LIBRARIES,
    LIMIT,
    REFERENCE,
    SIMPY,
    UNCOMPILED,
    command,
    contender,
    county_year,
    engine,
    installed,
    product,
    threads,
)
from tests.benchmarks.machine import describe_machine
from tests.benchmarks.turns import Case, measure_in_turn
from tests.benchmarks.workload import cadre_week

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.benchmarks.turns import Measured

FEW, MANY = (10, 48), (1_000, 1)
"""Units and weeks of the two sizes."""
SMALLER = {"salabim": {FEW: (10, 5), MANY: (100, 1)}}
FULL = ("organisation.units.township.count=8", "organisation.units.department.count=24")
COUNTIES = {"typical county": (), "full county": FULL}
SCENARIOS = Path(__file__).parents[2] / "scenarios"
ENGINES = (REFERENCE, UNCOMPILED, COMPILED, LIMIT)
PACE = 11_100
"""Nanoseconds per activity of idiomatic SimPy, 10 units, on the machine of the goals in seconds: 90,000 a second."""
LONG_RUNS = Path(__file__).parent / "measured" / "long_runs.json"
"""Results that take too long to be measured in turn, written by `tests.benchmarks.long_runs`."""


@dataclass(frozen=True)
class Gate:
    """One goal and its measured value."""

    name: str
    goal: float
    at_least: bool
    """Whether a larger value is better."""
    unit: str
    value: float | None
    """None if it could not be measured."""
    note: str = ""

    @property
    def verdict(self) -> str:
        """`pass`, `MISS`, or `not measured`."""
        if self.value is None:
            return "not measured"
        return "pass" if (self.value >= self.goal) == self.at_least or self.value == self.goal else "MISS"


def cases() -> dict[str, Case]:
    """Return all cases to be measured, by name."""
    names, _ = installed()
    found = {named(name, size): Case(contender, (name, *piece(name, size))) for size in (FEW, MANY) for name in names}
    for name, overrides in COUNTIES.items():
        found |= {f"{name}, {part}": Case(product, (overrides, part == "all")) for part in ("engine", "all")}
    return found | {
        "10,000 units": Case(contender, (COMPILED, 10_000, 1)),
        "1 thread": Case(threads, (1,), wall=True),
        "2 threads": Case(threads, (2,), wall=True),
        "county-year": Case(county_year),
        "small run": Case(command, (("run", str(smallest()), "-n", "1"),), wall=True),
        "comparison": Case(command, (("compare", str(SCENARIOS / "jiayu"), "-n", "20"), False, True), wall=True),
        "first comparison": Case(command, (("compare", str(SCENARIOS / "jiayu"), "-n", "20"),), wall=True),
        "first compilation": Case(
            command, (("run", str(smallest()), "-n", "1", "--engine", "compiled"), True), wall=True
        ),
    }


def named(name: str, size: tuple[int, int]) -> str:
    """Return the name of a contender at a size."""
    return f"{name}, {at(size)}"


def at(size: tuple[int, int]) -> str:
    """Return a size as text."""
    return f"{size[0]:,} units x {size[1]} {'week' if size[1] == 1 else 'weeks'}"


def piece(name: str, size: tuple[int, int]) -> tuple[int, int]:
    """Return the size at which a contender is measured."""
    return SMALLER.get(name, {}).get(size, size)


def smallest() -> Path:
    """Return the smallest shipped scenario."""
    return next(iter(sorted(SCENARIOS.rglob("village*.yaml"))), SCENARIOS / "base" / "community.yaml")


def mismatches() -> int:
    """Count rows in which two engines, or an engine and the limit, differ, at both sizes."""
    names = [name for name in installed()[0] if name not in LIBRARIES]
    wrong = 0
    for size in (FEW, MANY):
        plan = cadre_week(*size)
        first, *others = (engine(name)(plan) for name in names)
        columns = [f.name for f in fields(RunLog) if np.shape(getattr(first, f.name)) == (len(plan.activities),)]
        for other in others:
            differs = [getattr(first, name) != getattr(other, name) for name in columns]
            wrong += int(np.any(differs, axis=0).sum()) + (first.events != other.events)
    return wrong


def gates(measured: Mapping[str, Measured], wrong: int) -> Iterator[Gate]:
    """Yield each goal with its measured value."""
    for size, goal in ((FEW, 150), (MANY, 300)):
        ns = {name: measured[named(name, size)].ns for name in (*LIBRARIES, *ENGINES) if named(name, size) in measured}
        peers = {name: ns[name] for name in LIBRARIES if name in ns and name != SIMPY}
        fastest = min(peers, key=lambda name: peers[name], default=None)
        yield Gate(f"compiled / idiomatic SimPy, {at(size)}", goal, True, "x", ns[SIMPY] / ns[COMPILED])
        yield Gate(
            f"compiled / fastest peer, {at(size)}",
            25,
            True,
            "x",
            peers[fastest] / ns[COMPILED] if fastest else None,
            fastest or "no peer is installed",
        )
        yield Gate(
            f"compiled time / C time, {at(size)}", 2.5, False, "x", ns[COMPILED] / ns[LIMIT] if LIMIT in ns else None
        )
        yield Gate(f"reference / idiomatic SimPy, {at(size)}", 1, True, "x", ns[SIMPY] / ns[REFERENCE])
        yield Gate(f"uncompiled / idiomatic SimPy, {at(size)}", 5, True, "x", ns[SIMPY] / ns[UNCOMPILED])
    few = measured[named(COMPILED, FEW)]
    yield Gate("time an activity, 10,000 units / 10 units", 1.3, False, "x", measured["10,000 units"].ns / few.ns)
    yield Gate("2 threads / 1", 1.8, True, "x", measured["1 thread"].seconds / measured["2 threads"].seconds)
    for name in COUNTIES:
        engine_alone, everything = measured[f"{name}, engine"], measured[f"{name}, all"]
        note = f"{engine_alone.activities:,} activities, {everything.seconds:.2f} s"
        value = everything.seconds / engine_alone.seconds
        yield Gate(f"plan, simulate, measure / simulate, {name}", 4, False, "x", value, note)
    county, pace = measured["county-year"], slowness(measured[named(SIMPY, FEW)].ns)
    yield in_time("county-year of 5,200 cadres", 3, "s", county.seconds, pace, f"{county.activities:,} activities")
    yield from _long_runs()
    yield in_time("small run, whole process", 0.8, "s", measured["small run"].seconds, pace, smallest().name)
    first = f"{measured['first comparison'].seconds:.1f} s where no year is kept yet"
    yield in_time("compare jiayu -n 20 again, whole process", 5, "s", measured["comparison"].seconds, pace, first)
    yield in_time("first compilation, whole process", 20, "s", measured["first compilation"].seconds, pace)
    yield Gate("activities that engines answer differently", 0, False, "", wrong)


def _long_runs() -> Iterator[Gate]:
    """Yield the goals of the recorded long runs."""
    known = json.loads(LONG_RUNS.read_text("utf-8")) if LONG_RUNS.exists() else {}
    nation, beizhen = known.get("nation", {}), known.get("beizhen", {})
    minutes = nation["seconds"] / 60 if nation else None
    note = f"{nation['activities'] / 1e9:.1f} G activities, {nation['date']}" if nation else ""
    yield in_time("nation-year, 2 cores", 20, "min", minutes, nation.get("pace", 1), note)
    yield Gate("nation-year, memory", 1_000, False, "MB", nation.get("peak_mb"), note)
    note = f"{beizhen['years']} years of 5,199 cadres, {beizhen['date']}" if beizhen else ""
    seconds, pace = beizhen.get("seconds"), beizhen.get("pace", 1)
    yield in_time("Beizhen before and after, 30 replications", 90, "s", seconds, pace, note)


def slowness(simpy_ns: float) -> float:
    """Return how many times slower this machine is than the one on which the goals in seconds were set."""
    return simpy_ns / PACE


def in_time(name: str, goal: float, unit: str, value: float | None, pace: float, note: str = "") -> Gate:
    """Return a goal in seconds or minutes.

    The verdict is on the value measured here; the note states the value at the pace of the goal.
    """
    there = "" if value is None else f"{value / pace:.2f} {unit} at the pace of the goal"
    return Gate(name, goal, False, unit, value, ", ".join(part for part in (note, there) if part))


def main() -> None:
    """Measure, print the goals, and save them if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything to a file as well")
    parser.add_argument("--rounds", type=int, default=5, help="rounds; medians are taken (default 5)")
    arguments = parser.parse_args()
    for notice in installed()[1]:
        sys.stderr.write(f"left out: {notice}\n")
    measured = measure_in_turn(cases(), arguments.rounds)
    found = list(gates(measured, mismatches()))
    machine = describe_machine()
    sys.stdout.write("".join(f"{key}: {value}\n" for key, value in machine.items()))
    sys.stdout.write("\n" + "".join(f"{line}\n" for line in in_words(found)))
    if arguments.json:
        document = {
            "machine": machine,
            "date": datetime.now(tz=UTC).date().isoformat(),
            "rounds": arguments.rounds,
            "gates": [asdict(gate) | {"verdict": gate.verdict} for gate in found],
            "measured": {name: one._asdict() | {"ns": one.ns} for name, one in measured.items()},
        }
        arguments.json.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


def in_words(found: list[Gate]) -> list[str]:
    """Return the gates as lines of a table."""
    width = max(len(gate.name) for gate in found)
    return [
        f"{gate.verdict:12}  {gate.name:{width}}  {'>=' if gate.at_least else '<='} {gate.goal:>7,g} {gate.unit:3}  "
        f"{'-' if gate.value is None else format(gate.value, ',.2f'):>8}  {gate.note}".rstrip()
        for gate in found
    ]


if __name__ == "__main__":
    main()
