"""Benchmarks: the work is compared first, then the time is taken, in turn and in processes of their own."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.engine.simulate import simulate
from sim.errors import CheckFailed, EngineFault
from sim.metrics.measure import measure
from sim.plan.year import plan_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.domain.regime import Regime
    from sim.engine.simulate import Engine

REFERENCE: Engine = "reference"
SLOWER_BY = 1.5
"""A case has regressed if its ratio to the reference is worse than the recorded one by this factor."""


@dataclass(frozen=True)
class BenchRow:
    """One case with one engine."""

    case: str
    engine: str
    tasks: int
    """Number of activities."""
    events: int
    seconds: float
    """Median over the rounds."""
    tasks_per_second: float
    peak_mb: float
    """Peak memory of the process that ran the case."""
    ratio_to_reference: float | None
    """Seconds of the reference engine divided by these seconds, both medians of the same rounds."""


@dataclass(frozen=True)
class _Case:
    name: str
    regime: Regime
    root: int
    engine: Engine
    whole: bool
    """Whether planning and measuring are timed too, or only the simulation of a finished plan."""


@dataclass(frozen=True)
class _Timed:
    seconds: float
    tasks: int
    events: int
    peak_mb: float


def run_bench(regimes: Mapping[str, Regime], engines: Sequence[Engine], root: int, rounds: int) -> list[BenchRow]:
    """Time each regime's year with each engine: the engine alone, and plan, simulation and measuring together.

    Rounds are interleaved over the cases, so that a busy machine slows all of them alike.

    Raises:
        EngineFault: the same case does different work in two rounds or with two engines.
    """
    cases = [
        _Case(f"{name}: {'plan, simulate, measure' if whole else 'simulate'}", regime, root, engine, whole)
        for name, regime in regimes.items()
        for whole in (False, True)
        for engine in engines
    ]
    spawn = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        homes = [stack.enter_context(ProcessPoolExecutor(1, mp_context=spawn)) for _ in cases]
        for home, case in zip(homes, cases, strict=True):
            home.submit(_time, case).result()
        rounds_of = [
            [home.submit(_time, case).result() for home, case in zip(homes, cases, strict=True)] for _ in range(rounds)
        ]
    timed = {(case.name, case.engine): [found[place] for found in rounds_of] for place, case in enumerate(cases)}
    return [_row(case, timed) for case in cases]


def _row(case: _Case, timed: dict[tuple[str, Engine], list[_Timed]]) -> BenchRow:
    mine, reference = timed[case.name, case.engine], timed.get((case.name, REFERENCE))
    work = {(one.tasks, one.events) for found in (mine, reference or []) for one in found}
    if len(work) != 1:
        raise EngineFault(f"{case.name}: rounds or engines did different work: {sorted(work)}")
    seconds = statistics.median(one.seconds for one in mine)
    base = statistics.median(one.seconds for one in reference) if reference else None
    return BenchRow(
        case=case.name,
        engine=case.engine,
        tasks=mine[0].tasks,
        events=mine[0].events,
        seconds=seconds,
        tasks_per_second=mine[0].tasks / seconds,
        peak_mb=max(one.peak_mb for one in mine),
        ratio_to_reference=None if base is None else base / seconds,
    )


def _time(case: _Case) -> _Timed:
    """Run the case once, in its own process."""
    plan = plan_year(case.regime, case.root, 0)
    began = time.perf_counter()
    if case.whole:
        plan = plan_year(case.regime, case.root, 0)
    log = simulate(plan, engine=case.engine)
    if case.whole:
        measure(plan, log)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _Timed(seconds, len(plan.activities), log.events, peak)


def check_against(rows: Sequence[BenchRow], recorded: Sequence[Mapping[str, Any]]) -> None:
    """Compare with a recorded run: the work must be equal, and the ratio to the reference not much worse.

    Raises:
        CheckFailed: the message names every case that differs.
    """
    known = {(old["case"], old["engine"]): old for old in recorded}
    zh, en = [], []
    for row in rows:
        old = known.get((row.case, row.engine))
        if old is None:
            continue
        if (row.tasks, row.events) != (old["tasks"], old["events"]):
            zh.append(f"{row.case}（{row.engine}）：工作量 {old['tasks']}/{old['events']} → {row.tasks}/{row.events}")
            en.append(f"{row.case} ({row.engine}): work {old['tasks']}/{old['events']} -> {row.tasks}/{row.events}")
        before, now = old.get("ratio_to_reference"), row.ratio_to_reference
        if before and now and before / now > SLOWER_BY:
            zh.append(f"{row.case}（{row.engine}）：相对参考引擎 {before:.2f} 倍 → {now:.2f} 倍")
            en.append(f"{row.case} ({row.engine}): {before:.2f} times the reference -> {now:.2f} times")
    if zh:
        raise CheckFailed(zh="\n".join(zh), en="\n".join(en))
