"""One scenario over its replications: means and intervals, without a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.intervals import mean_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.metrics.metric import Metric
    from sim.metrics.outcome import Outcome


@dataclass(frozen=True)
class MeasuredRow:
    """One metric in one scope."""

    metric: str
    scope: str
    mean: float
    low: float
    high: float
    """95 % t interval of the mean."""
    n: int


@dataclass(frozen=True)
class Measured:
    """A scenario's years in numbers."""

    title: dict[str, str]
    rows: tuple[MeasuredRow, ...]
    labels: dict[str, dict[str, str]]
    replications: int
    root: int
    work: dict[str, int]
    """Activities and events, over all replications."""
    manifest: dict[str, Any]


def gather_rows(
    outcomes: Iterable[Outcome], metrics: Mapping[str, Metric]
) -> tuple[tuple[MeasuredRow, ...], dict[str, int], int]:
    """Give the rows in the order of the table of metrics, the work done, and the number of years."""
    values: dict[tuple[str, str], list[float]] = {}
    work: dict[str, int] = {}
    years = 0
    for outcome in outcomes:
        years += 1
        for key, value in outcome.values.items():
            values.setdefault(key, []).append(value)
        for name, count in outcome.work.items():
            work[name] = work.get(name, 0) + count
    place = {key: number for number, key in enumerate(metrics)}
    rows = []
    for key in sorted(values, key=lambda key: (place[key[0]], key[1] != "all")):
        interval = mean_interval(np.array(values[key]))
        rows.append(MeasuredRow(*key, interval.middle, interval.low, interval.high, len(values[key])))
    return tuple(rows), work, years
