"""One scenario over its replications: means and intervals, without a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.compare import labels_of
from sim.experiment.intervals import mean_interval
from sim.experiment.kept.manifest import canonical_text, make_manifest
from sim.experiment.splits import split_keys, split_values
from sim.metrics.table import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sim.domain.frozen import Label
    from sim.domain.regime import Regime
    from sim.experiment.options import RunOptions
    from sim.metrics.metric import Values
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
    """Means and intervals of a scenario's years."""

    title: dict[str, str]
    rows: tuple[MeasuredRow, ...]
    splits: tuple[MeasuredRow, ...]
    """Metrics of posts, units, issuers and obligations."""
    labels: dict[str, dict[str, str]]
    replications: int
    root: int
    work: dict[str, int]
    """Activities and events, over all replications."""
    manifest: dict[str, Any]


def summarise(title: Label, regime: Regime, root: int, outcomes: Iterable[Outcome], options: RunOptions) -> Measured:
    """Return means and intervals of a regime's outcomes, metric by metric, in the order of the table of metrics."""
    values: dict[tuple[str, str], list[float]] = {}
    work: dict[str, int] = {}
    splits: list[Values] = []
    years = 0
    for outcome in outcomes:
        years += 1
        splits.append(outcome.splits)
        for key, value in outcome.values.items():
            values.setdefault(key, []).append(value)
        for name, count in outcome.work.items():
            work[name] = work.get(name, 0) + count
    place = {key: number for number, key in enumerate(METRICS)}
    keys = sorted(values, key=lambda key: (place[key[0]], key[1] != "all"))
    rows = tuple(_row(key, np.array(values[key])) for key in keys)
    of_splits = tuple(_row(key, split_values(splits, key)) for key in split_keys(splits))
    text = canonical_text(regime)
    manifest = make_manifest(before=text, after=text, root=root, replications=years, engine=options.engine)
    return Measured(title.model_dump(), rows, of_splits, labels_of(regime), years, root, work, manifest)


def _row(key: tuple[str, str], years: NDArray[np.float64]) -> MeasuredRow:
    interval = mean_interval(years)
    return MeasuredRow(*key, interval.middle, interval.low, interval.high, len(years))
