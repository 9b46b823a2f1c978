"""Many jurisdictions of one make: a replication is cut into shards of some of them, and a shard's years are averaged.

A shard is one number, `replication * shards of a replication + place`; with one jurisdiction it is the replication. So
memory holds one jurisdiction's year and a few means, and what a shard comes to does not depend on who computes it.
"""

from __future__ import annotations

from contextlib import closing
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import UsageError
from sim.experiment.comparison import TwinCheck
from sim.experiment.kept.store import Pair
from sim.metrics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from typing import Any, TypeVar

    from sim.domain.regime import Regime

    T = TypeVar("T")

IN_A_SHARD = 16
"""Jurisdictions in a shard: seconds of work, so that handing it out costs nothing beside it."""


def shards_of(*regimes: Regime) -> int:
    """Count the shards of a replication.

    Raises:
        UsageError: if the regimes have different numbers of jurisdictions.
    """
    counts = {regime.organisation.jurisdictions.value for regime in regimes}
    if len(counts) > 1:
        told = ", ".join(str(count) for count in sorted(counts))
        raise UsageError(
            zh=f"改革前后的辖区数不同：{told}", en=f"before and after have different numbers of jurisdictions: {told}"
        )
    return -(-counts.pop() // IN_A_SHARD)


def place_of(regime: Regime, shard: int) -> tuple[int, range]:
    """Give the replication of a shard, and its jurisdictions."""
    replication, place = divmod(shard, shards_of(regime))
    last = regime.organisation.jurisdictions.value
    return replication, range(place * IN_A_SHARD, min((place + 1) * IN_A_SHARD, last))


def by_replication(shards: Generator[T], regime: Regime, merge: Callable[[Iterable[tuple[T, int]]], T]) -> Generator[T]:
    """Merge the results of shards, as they come in order, into one for each replication.

    Closing it early closes `shards`.
    """
    weights = [len(place_of(regime, place)[1]) for place in range(shards_of(regime))]
    with closing(shards):
        for first in shards:
            mine = chain([first], islice(shards, len(weights) - 1))
            yield merge(zip(mine, weights, strict=True))


def mean_outcome(outcomes: Iterable[tuple[Outcome, int]]) -> Outcome:
    """Average outcomes, each of so many jurisdictions; waits and work are sums. One by itself is given as it is.

    A metric that is not known everywhere is averaged over those who know it.
    """
    mean = _Mean()
    for outcome, weight in outcomes:
        mean.add(outcome, weight)
    return mean.close()


def mean_pair(pairs: Iterable[tuple[Pair, int]]) -> Pair:
    """Average both years of pairs, and add up their twin checks."""
    before, after = _Mean(), _Mean()
    compared = changed = 0
    for pair, weight in pairs:
        before.add(pair.before, weight)
        after.add(pair.after, weight)
        compared += pair.twin_check.compared
        changed += pair.twin_check.changed
    return Pair(before.close(), after.close(), TwinCheck(compared, changed))


_AVERAGED = ("hours", "weekly", "weekly_overtime", "cadre_hours")


class _Mean:
    """Running sums."""

    def __init__(self) -> None:
        self.only: Outcome | None = None
        self.weight = 0
        self.values: dict[tuple[str, str], list[float]] = {}
        self.arrays: dict[str, Any] = dict.fromkeys((*_AVERAGED, "waits"), 0)
        self.work: dict[str, int] = {}

    def add(self, outcome: Outcome, weight: int) -> None:
        self.only = outcome if self.weight == 0 else None
        self.weight += weight
        for key, value in outcome.values.items():
            known = self.values.setdefault(key, [0.0, 0])
            known[0] += value * weight
            known[1] += weight
        for name in _AVERAGED:
            self.arrays[name] = self.arrays[name] + getattr(outcome, name) * weight
        self.arrays["waits"] = self.arrays["waits"] + outcome.waits
        for name, count in outcome.work.items():
            self.work[name] = self.work.get(name, 0) + count

    def close(self) -> Outcome:
        if self.only is not None:
            return self.only
        return Outcome(
            values={key: total / weight for key, (total, weight) in self.values.items()},
            **{name: np.asarray(self.arrays[name] / self.weight) for name in _AVERAGED},
            waits=np.asarray(self.arrays["waits"], dtype=np.int64),
            work=self.work,
        )
