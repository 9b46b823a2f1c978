"""Runs as many replications as the difference of the primary outcome needs."""

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
"""No earlier: the spread of fewer differences is too poorly known, and stopping on it would flatter the interval."""
STEPS_A_LOOK = 5
GROWTH = 4
"""Looks are at least five replications apart, and a quarter of what is done: few looks, little flattery."""

Reason = Literal["precise", "small", "limit", "more"]


@dataclass(frozen=True)
class Goal:
    """When to stop: the half width of the paired interval is a small share of the difference itself."""

    share: float
    """Wanted half width, as a share of the size of the difference (`--precision 2%` is 0.02)."""
    most: int = 1_000
    """Replications at which to stop in any case."""


@dataclass(frozen=True)
class Verdict:
    """What a look found.

    `precise`: the half width is within the share of the difference. `small`: the interval holds zero, and its half
    width is within the share of the level before, so the change, if there is any, is at most twice that share.
    `limit`: neither, and no more years are to be run. `more`: go on.
    """

    reason: Reason
    replications: int
    half_width: float
    wanted: float
    """Half width at which it would stop."""

    @property
    def stop(self) -> bool:
        """No more replications."""
        return self.reason != "more"


def next_look(done: int) -> int:
    """Give the number of replications at which to look next; the same on every machine."""
    return FIRST_LOOK if done < FIRST_LOOK else done + max(STEPS_A_LOOK, done // GROWTH)


def judge(before: list[float], after: list[float], goal: Goal) -> Verdict:
    """Judge the years of the primary outcome so far; a year in which it is not known (nan) is not counted."""
    one, other = both_known(np.array(before, dtype=np.float64), np.array(after, dtype=np.float64))
    done = len(before)
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
    """Takes the primary outcome year by year, and looks from time to time."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.before: list[float] = []
        self.after: list[float] = []
        self.look = min(FIRST_LOOK, goal.most)
        self.verdict = Verdict("more", 0, np.inf, 0.0)

    def add(self, before: float, after: float) -> Verdict:
        """Take the next replication's values, nan where not known; the verdict is that of the latest look."""
        self.before.append(before)
        self.after.append(after)
        done = len(self.before)
        if done >= self.look:
            self.verdict = judge(self.before, self.after, self.goal)
            self.look = min(next_look(done), self.goal.most)
        return self.verdict


def until_precise(years: Generator[T], primary: Callable[[T], tuple[float, float]], watch: Watch) -> Generator[T]:
    """Pass on replications until the goal is met, then close their source; `watch.verdict` tells why it ended."""
    with closing(years):
        for year in years:
            yield year
            if watch.add(*primary(year)).stop:
                return
