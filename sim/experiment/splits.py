"""Gathers the metrics of posts, units, issuers and obligations over the years of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.comparison import SplitRow
from sim.experiment.intervals import mean, paired_interval
from sim.metrics.splits import SPLITS, kind_of_split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sim.metrics.metric import Values

Key = tuple[str, str]
"""Metric and scope."""


def split_keys(years: Iterable[Values]) -> list[Key]:
    """List the metrics and splits of the years, by kind of split, then by split, then in the order of the metrics."""
    kinds = list(SPLITS)

    def order(key: Key) -> tuple[int, str, int]:
        kind = kind_of_split(key[1])
        return kinds.index(kind), key[1], SPLITS[kind].index(key[0])

    return sorted(dict.fromkeys(key for values in years for key in values), key=order)


def split_values(years: Sequence[Values], key: Key) -> NDArray[np.float64]:
    """Return the value of a split in each year, shape (years,); what a year leaves out is 0."""
    return np.array([values.get(key, 0.0) for values in years], dtype=np.float64)


def split_rows(before: Sequence[Values], after: Sequence[Values]) -> tuple[SplitRow, ...]:
    """Return a row for each metric and split of the paired years."""
    rows = []
    for key in split_keys((*before, *after)):
        one, other = split_values(before, key), split_values(after, key)
        change = paired_interval(one, other)
        rows.append(SplitRow(*key, mean(one), mean(other), change.middle, change.low, change.high))
    return tuple(rows)
