"""Collects the pairs of years of a comparison, in index order, into rows, sides and changes of cadres."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import EngineFault
from sim.experiment.comparison import CadreChange, Row, Side, TwinCheck
from sim.experiment.intervals import (
    Running,
    both_known,
    correlation,
    differences,
    half_widths,
    holm,
    mean,
    paired_interval,
    paired_p,
    ratio_interval,
    shares,
    width_ratio,
)
from sim.experiment.splits import split_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.experiment.comparison import SplitRow, YearPair
    from sim.metrics.metric import Metric, Values
    from sim.metrics.outcome import Ground, Outcome

Key = tuple[str, str]
"""Metric and scope."""


class Accumulator:
    """Takes pairs of years one by one; the same pairs in the same order produce the same bytes.

    It stores every value of every metric, the weekly hours of every year, and running sums of the cadres' hours.
    """

    def __init__(
        self, metrics: Mapping[str, Metric], before: Ground, after: Ground, primaries: tuple[Key, ...]
    ) -> None:
        self.metrics, self.primaries = metrics, primaries
        self._pairs: dict[Key, tuple[list[float], list[float]]] = {}
        self._before, self._after = _Years(), _Years()
        self._cadres = _Cadres(before, after)
        self._splits: tuple[list[Values], list[Values]] = ([], [])
        self.twin_check = TwinCheck(compared=0, changed=0)
        """The twin checks of all replications, added up."""
        self.replications = 0

    def add(self, pair: YearPair) -> None:
        """Add the next pair of years.

        Raises:
            EngineFault: a metric is not in the table of metrics.
        """
        before, after = pair.before, pair.after
        for key in (*before.values, *after.values):
            if key[0] not in self.metrics:
                raise EngineFault(f"metric {key[0]} is measured but not in the table of metrics")
            self._pairs.setdefault(key, ([], []))
        for key, (one, other) in self._pairs.items():
            one.append(before.values.get(key, math.nan))
            other.append(after.values.get(key, math.nan))
        for years, outcome in zip(self._splits, (before, after), strict=True):
            years.append(outcome.splits)
        self._before.add(before)
        self._after.add(after)
        self._cadres.add(before, after)
        self.twin_check += pair.twin_check
        self.replications += 1

    def rows(self) -> tuple[Row, ...]:
        """Return a row for every metric and scope that has a value before and after in at least one replication.

        Rows follow the table of metrics; within a metric `all` comes first, then the scopes in order of appearance.
        """
        place = {key: number for number, key in enumerate(self.metrics)}
        order = sorted(self._pairs, key=lambda key: (place[key[0]], key[1] != "all"))
        return _adjusted([row for key in order if (row := self._row(key))], self.primaries)

    def splits(self) -> tuple[SplitRow, ...]:
        """Return the metrics of posts, units, issuers and obligations."""
        return split_rows(*self._splits)

    def cadres(self) -> tuple[CadreChange, ...]:
        """Return the change of each cadre who works in both regimes."""
        return self._cadres.changes()

    def sides(self, before: dict[str, str], after: dict[str, str]) -> tuple[Side, Side]:
        """Return the years of both regimes; the arguments are their titles in zh and en."""
        return self._before.side(before), self._after.side(after)

    def _row(self, key: Key) -> Row | None:
        before, after = both_known(*(np.array(values, dtype=np.float64) for values in self._pairs[key]))
        if not len(before):
            return None
        metric, scope = key
        declared = self.metrics[metric]
        change, ratio = paired_interval(before, after), ratio_interval(before, after, signed=declared.signed)
        better, worse = shares(differences(before, after), declared.better)
        bounded = ratio is not None and math.isfinite(ratio.half_width)
        return Row(
            metric=metric,
            scope=scope,
            before=mean(before),
            after=mean(after),
            difference=change.middle,
            low=change.low,
            high=change.high,
            n=len(before),
            ratio=None if ratio is None else ratio.middle,
            ratio_low=ratio.low if ratio is not None and bounded else None,
            ratio_high=ratio.high if ratio is not None and bounded else None,
            share_better=better,
            share_worse=worse,
            correlation=correlation(before, after),
            width_ratio=width_ratio(before, after),
            adjusted_p=paired_p(before, after),
        )


def _adjusted(rows: list[Row], primaries: tuple[Key, ...]) -> tuple[Row, ...]:
    """Adjust the p values in two families: the primary outcomes, declared before the study, and all other rows."""
    declared = [(row.metric, row.scope) in primaries for row in rows]
    families = {
        first: iter(holm([row.adjusted_p for row, one in zip(rows, declared, strict=True) if one == first]))
        for first in (True, False)
    }
    pairs = zip(rows, declared, strict=True)
    return tuple(replace(row, adjusted_p=next(families[first])) for row, first in pairs)


class _Years:
    """The years of one regime."""

    def __init__(self) -> None:
        self.hours = Running()
        self.weekly: list[NDArray[np.float64]] = []
        self.overtime: list[NDArray[np.float64]] = []
        self.waits: NDArray[np.int64] | int = 0

    def add(self, outcome: Outcome) -> None:
        self.hours.add(outcome.hours)
        self.weekly.append(outcome.weekly)
        self.overtime.append(outcome.weekly_overtime)
        self.waits = self.waits + outcome.waits

    def side(self, title: dict[str, str]) -> Side:
        return Side(
            title=title,
            hours=self.hours.mean,
            weekly=np.stack(self.weekly),
            weekly_overtime=np.stack(self.overtime),
            waits=np.asarray(self.waits, dtype=np.int64),
        )


class _Cadres:
    """Running sums of cadres' hours in both regimes, matched by name."""

    def __init__(self, before: Ground, after: Ground) -> None:
        places = {name: place for place, name in enumerate(after.cadre_name)}
        common = [(place, places[name]) for place, name in enumerate(before.cadre_name) if name in places]
        self.one, self.other = np.array(common, dtype=np.int64).reshape(-1, 2).T
        self.names = [before.cadre_name[place] for place in self.one]
        self.roles = [before.roles[before.cadre_role[place]] for place in self.one]
        self.before, self.after, self.change = Running(), Running(), Running()

    def add(self, before: Outcome, after: Outcome) -> None:
        one, other = before.cadre_hours[self.one], after.cadre_hours[self.other]
        self.before.add(one)
        self.after.add(other)
        self.change.add(other - one)

    def changes(self) -> tuple[CadreChange, ...]:
        done = self.change.count
        half = half_widths(done - 1, self.change.squares) if done > 1 else np.full(len(self.names), math.inf)
        columns = (self.before.mean, self.after.mean, self.change.mean - half, self.change.mean + half)
        numbers = zip(*(column.tolist() for column in columns), strict=True)
        return tuple(
            CadreChange(name, role, *four) for name, role, four in zip(self.names, self.roles, numbers, strict=True)
        )
