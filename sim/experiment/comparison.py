"""The values of a comparison of two regimes: pairs of years, rows, sides, changes of cadres, the passport."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.metrics.outcome import Ground, Outcome


@dataclass(frozen=True)
class Row:
    """One metric in one scope, before and after, over paired replications."""

    metric: str
    """Key in the table of metrics."""
    scope: str
    """A role, unit type or category, or `all`."""
    before: float
    after: float
    """Means over the replications in which both are known."""
    difference: float
    """Mean of after - before."""
    low: float
    high: float
    """95 % paired t interval of the difference; from a single replication it is minus to plus infinity."""
    n: int
    """Replications in which both are known."""
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    """After / before with its 95 % Fieller interval; None where before is not clearly above zero.

    A single replication tells the ratio, and no interval.
    """
    share_better: float
    share_worse: float
    """Share of replications in which the change is for the better, for the worse; 0 where neither way is better."""
    correlation: float | None
    """Between before and after over replications; None where one does not vary."""
    width_ratio: float | None
    """Width of the paired interval over that of an independent one."""
    adjusted_p: float | None
    """p of the paired t test: as it is for the primary outcome, Holm-adjusted over the family of all other rows."""


@dataclass(frozen=True)
class CadreChange:
    """One cadre's formality hours per ordinary week, before and after."""

    name: str
    role: str
    before: float
    after: float
    low: float
    high: float
    """95 % paired t interval of the difference; from a single replication it is minus to plus infinity."""

    @property
    def verdict(self) -> str:
        """`winner` (fewer hours), `loser`, or `same` where the interval holds zero."""
        return "winner" if self.high < 0 else "loser" if self.low > 0 else "same"


@dataclass(frozen=True)
class TwinCheck:
    """Whether work that no lever touches is the same in both regimes, activity by activity."""

    compared: int
    """Untouched activities, over all replications."""
    changed: int
    """Of these, activities that are missing, added, or differ in any column of the plan."""

    @property
    def ok(self) -> bool:
        """Nothing changed that no lever touches."""
        return self.changed == 0


@dataclass(frozen=True)
class YearPair:
    """One replication of a comparison: the same year under both regimes, with the same luck."""

    before: Outcome
    after: Outcome
    twin_check: TwinCheck


@dataclass(frozen=True)
class Side:
    """One regime's years, gathered over replications in index order."""

    title: dict[str, str]
    """In zh and en."""
    hours: NDArray[np.float64]
    """Mean hours per cadre and ordinary week, shape (roles, categories + 1); the last column is outreach."""
    weekly: NDArray[np.float64]
    """Hours per cadre by calendar week, shape (replications, roles, weeks, categories + 1)."""
    weekly_overtime: NDArray[np.float64]
    """Overtime hours per cadre by calendar week, shape (replications, roles, weeks)."""
    waits: NDArray[np.int64]
    """Residents' matters by waiting time, summed over replications, shape (bins,)."""


@dataclass(frozen=True)
class WeekSpan:
    """One stretch of a cadre's week."""

    begin: int
    end: int
    """Seconds since Monday 00:00."""
    category: str
    """A category, `travel` included, or `outreach` for free regular time."""
    obligation: str
    """Name of the obligation; empty for outreach."""
    overtime: bool


@dataclass(frozen=True)
class Passport:
    """One cadre's week before and after: the burden passport."""

    cadre: str
    role: str
    monday: str
    """ISO date."""
    before: tuple[WeekSpan, ...]
    after: tuple[WeekSpan, ...]
    windows: tuple[tuple[int, int], ...]
    """Regular windows of the week, seconds since Monday 00:00."""


@dataclass(frozen=True)
class Comparison:
    """Everything that a comparison of before and after found."""

    before: Side
    after: Side
    ground: Ground
    rows: tuple[Row, ...]
    """Every metric and scope, in the order of the table of metrics."""
    primary: tuple[str, str]
    """Metric and scope declared as the primary outcome."""
    cadres: tuple[CadreChange, ...]
    twin_check: TwinCheck
    passport: Passport | None
    labels: dict[str, dict[str, str]]
    """Words in zh and en for roles (`role.X`), unit types (`unit.X`), obligations (`obligation.X`)."""
    replications: int
    root: int
    manifest: dict[str, Any]
    """Version, scenario hashes, root, replications, engine, platform."""

    def row(self, metric: str, scope: str = "all") -> Row | None:
        """Find a row, or None where the metric is not known in that scope."""
        return next((row for row in self.rows if (row.metric, row.scope) == (metric, scope)), None)
