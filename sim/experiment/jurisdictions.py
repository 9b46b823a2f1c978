"""Many equal jurisdictions: a replication is cut into shards of at most 16 jurisdictions, whose years are averaged.

A shard is one number, `replication * shards of a replication + place`; with one jurisdiction it is the replication.
Memory holds one jurisdiction's year and a few means. The result of a shard is the same on every worker.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from sim.errors import UsageError
from sim.experiment.comparison import TwinCheck, YearPair
from sim.metrics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from typing import Any

    from sim.domain.regime import Regime

T = TypeVar("T")

IN_A_SHARD = 16
"""Most jurisdictions of a shard: they take seconds, so the time to send a shard to a worker is negligible."""


def shards_of(*regimes: Regime) -> int:
    """Return the number of shards of a replication.

    Raises:
        UsageError: the regimes have different numbers of jurisdictions.
    """
    counts = {regime.organisation.jurisdictions.value for regime in regimes}
    if len(counts) > 1:
        told = ", ".join(str(count) for count in sorted(counts))
        raise UsageError(
            zh=f"改革前后的辖区数不同：{told}", en=f"before and after have different numbers of jurisdictions: {told}"
        )
    return -(-counts.pop() // IN_A_SHARD)


def place_of(regime: Regime, shard: int) -> tuple[int, range]:
    """Return the replication of a shard and the numbers of its jurisdictions."""
    replication, place = divmod(shard, shards_of(regime))
    last = regime.organisation.jurisdictions.value
    return replication, range(place * IN_A_SHARD, min((place + 1) * IN_A_SHARD, last))


@dataclass(frozen=True)
class Sharded(Generic[T]):
    """The job of a worker: simulates a shard, one jurisdiction after the other, and averages its years."""

    simulate: Callable[[int, int], T]
    """Takes a replication and a jurisdiction."""
    regime: Regime
    merge: Callable[[Iterable[tuple[T, int]]], T]

    def __call__(self, shard: int) -> T:
        """Return the mean year of a shard."""
        replication, jurisdictions = place_of(self.regime, shard)
        return self.merge((self.simulate(replication, place), 1) for place in jurisdictions)


def by_replication(shards: Generator[T], regime: Regime, merge: Callable[[Iterable[tuple[T, int]]], T]) -> Generator[T]:
    """Merge the results of shards, which arrive in order, into one result for each replication.

    Closing the generator closes `shards`.
    """
    weights = [len(place_of(regime, place)[1]) for place in range(shards_of(regime))]
    with closing(shards):
        for first in shards:
            mine = chain([first], islice(shards, len(weights) - 1))
            yield merge(zip(mine, weights, strict=True))


def mean_outcome(outcomes: Iterable[tuple[Outcome, int]]) -> Outcome:
    """Average outcomes, each weighted by its number of jurisdictions; waits and work are added up.

    A single outcome is returned unchanged. A metric without a value in some outcomes is averaged over the others; a
    split that an outcome leaves out is 0 there.
    """
    mean = _Mean()
    for outcome, weight in outcomes:
        mean.add(outcome, weight)
    return mean.close()


def mean_pair(pairs: Iterable[tuple[YearPair, int]]) -> YearPair:
    """Average both years of pairs, and add up their twin checks."""
    before, after = _Mean(), _Mean()
    checked = TwinCheck(compared=0, changed=0)
    for pair, weight in pairs:
        before.add(pair.before, weight)
        after.add(pair.after, weight)
        checked += pair.twin_check
    return YearPair(before.close(), after.close(), checked)


_AVERAGED = ("hours", "weekly", "weekly_overtime", "cadre_hours")


class _Mean:
    """Running sums of outcomes."""

    def __init__(self) -> None:
        self.only: Outcome | None = None
        self.weight = 0
        self.values: dict[tuple[str, str], list[float]] = {}
        self.splits: dict[tuple[str, str], float] = {}
        self.arrays: dict[str, Any] = dict.fromkeys((*_AVERAGED, "waits"), 0)
        self.work: dict[str, int] = {}

    def add(self, outcome: Outcome, weight: int) -> None:
        self.only = outcome if self.weight == 0 else None
        self.weight += weight
        for key, value in outcome.values.items():
            known = self.values.setdefault(key, [0.0, 0])
            known[0] += value * weight
            known[1] += weight
        for key, value in outcome.splits.items():
            self.splits[key] = self.splits.get(key, 0.0) + value * weight
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
            splits={key: total / self.weight for key, total in self.splits.items()},
            **{name: np.asarray(self.arrays[name] / self.weight) for name in _AVERAGED},
            waits=np.asarray(self.arrays["waits"], dtype=np.int64),
            work=self.work,
        )
