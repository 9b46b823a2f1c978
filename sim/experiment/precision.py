"""Runs as many replications as the precision of the primary outcome's difference needs."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from sim.experiment.intervals import both_known, mean, paired_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")

FIRST_LOOK = 10
"""Least replications before the first test: the spread of fewer differences is too uncertain to stop on."""
STEPS_A_LOOK = 5
GROWTH = 4
"""Tests are at least five replications apart, and a quarter of those done: few tests bias the interval little."""

LEAST_KNOWN = 0.5
"""Least share of replications in which the outcome is known; below it, the rest would describe few years only."""

Reason = Literal["precise", "small", "limit", "unknown", "more"]


@dataclass(frozen=True)
class Goal:
    """When to stop: the half width of the paired interval is a small share of the difference."""

    share: float
    """Half width to reach, as a share of the size of the difference (`--precision 2%` is 0.02)."""
    most: int = 1_000
    """Most replications."""


@dataclass(frozen=True)
class Verdict:
    """Result of a test.

    `precise`: the half width is within the share of the difference. `small`: the interval contains zero, and its half
    width is within the share of the level before, so a change, if any, is at most twice that share. `limit`: neither,
    and the most replications are done. `unknown`: the outcome has no value in most replications. `more`: continue.
    """

    reason: Reason
    replications: int
    half_width: float
    wanted: float
    """Half width at which the run would stop."""

    @property
    def stop(self) -> bool:
        """Whether no more replications are needed."""
        return self.reason != "more"


def next_look(done: int) -> int:
    """Return the number of replications at the next test."""
    return FIRST_LOOK if done < FIRST_LOOK else done + max(STEPS_A_LOOK, done // GROWTH)


def judge(before: list[float], after: list[float], goal: Goal) -> Verdict:
    """Judge the primary outcome's years so far; a year without a value (nan) is not counted."""
    one, other = both_known(np.array(before, dtype=np.float64), np.array(after, dtype=np.float64))
    done = len(before)
    if done >= FIRST_LOOK and len(one) < LEAST_KNOWN * done:
        return Verdict("unknown", done, np.inf, 0.0)
    if len(one) < FIRST_LOOK:
        return Verdict("limit" if done >= goal.most else "more", done, np.inf, 0.0)
    interval = paired_interval(one, other)
    level = goal.share * abs(mean(one))
    wanted = level if interval.holds_zero else goal.share * abs(interval.middle)
    if interval.half_width <= wanted:
        reason: Reason = "small" if interval.holds_zero else "precise"
    else:
        reason = "limit" if done >= goal.most else "more"
    return Verdict(reason, done, interval.half_width, wanted)


class Watch:
    """Collects the primary outcome year by year, and tests it from time to time."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.before: list[float] = []
        self.after: list[float] = []
        self.look = min(FIRST_LOOK, goal.most)
        self.verdict = Verdict("more", 0, np.inf, 0.0)

    def add(self, before: float, after: float) -> Verdict:
        """Add the next replication's values, nan if unknown; return the verdict of the latest test."""
        self.before.append(before)
        self.after.append(after)
        done = len(self.before)
        if done >= self.look:
            self.verdict = judge(self.before, self.after, self.goal)
            self.look = min(next_look(done), self.goal.most)
        return self.verdict


def until_precise(years: Generator[T], primary: Callable[[T], tuple[float, float]], watch: Watch) -> Generator[T]:
    """Yield replications until the goal is met, then close their source; `watch.verdict` states why it ended."""
    with closing(years):
        for year in years:
            yield year
            if watch.add(*primary(year)).stop:
                return
