"""Measurements in turn, each in a process of its own: a busy machine slows all alike, and no case affects another."""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST = 0.2
"""Least seconds of one turn; shorter work is repeated and the mean is taken."""


class Case(NamedTuple):
    """One case: `prepare(*arguments)` returns the work and its size, outside the measured time."""

    prepare: Callable[..., tuple[Callable[[], Any], int]]
    arguments: tuple[Any, ...] = ()
    wall: bool = False
    """True: wall-clock time, for work of several threads or processes. False: processor time."""


class Measured(NamedTuple):
    """Result of one case."""

    seconds: float
    """Median of the rounds."""
    activities: int
    peak_mb: float
    """Peak memory of the process."""

    @property
    def ns(self) -> float:
        """Nanoseconds an activity."""
        return self.seconds / self.activities * 1e9


def measure_in_turn(cases: dict[str, Case], rounds: int) -> dict[str, Measured]:
    """Measure all cases in every round; each case keeps its process over the rounds."""
    spawn = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        homes = {name: stack.enter_context(ProcessPoolExecutor(1, mp_context=spawn)) for name in cases}
        turns: dict[str, list[Measured]] = {name: [] for name in cases}
        for number in range(rounds):
            for name, case in cases.items():
                sys.stderr.write(f"round {number + 1} of {rounds}: {name}\n")
                turns[name].append(homes[name].submit(take_turn, case).result())
    return {
        name: Measured(median(turn.seconds for turn in found), found[0].activities, max(t.peak_mb for t in found))
        for name, found in turns.items()
    }


def take_turn(case: Case) -> Measured:
    """Measure once, in the case's own process; the prepared work is kept for the next turn."""
    work, activities = _prepared(case)
    clock = perf_counter if case.wall else process_time
    gc.collect()
    runs, began = 0, clock()
    while runs == 0 or clock() - began < SHORTEST:
        work()
        runs += 1
    seconds = (clock() - began) / runs
    who = resource.RUSAGE_CHILDREN if case.prepare.__name__ == "command" else resource.RUSAGE_SELF
    return Measured(seconds, activities, resource.getrusage(who).ru_maxrss / 1024)


@cache
def _prepared(case: Case) -> tuple[Callable[[], Any], int]:
    return case.prepare(*case.arguments)
