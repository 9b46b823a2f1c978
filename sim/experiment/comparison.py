"""The values of a comparison of two regimes: pairs of years, rows, sides, changes of cadres, the passport."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Self

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
    """95 % paired t interval of the difference; for a single replication minus to plus infinity."""
    n: int
    """Replications in which both are known."""
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    """After / before with its 95 % Fieller interval; None if before is not significantly above zero. The interval of a
    quantity that cannot be negative ends at 0.

    A single replication has the ratio, and no interval.
    """
    share_better: float
    share_worse: float
    """Shares of replications with a change for the better and for the worse; 0 if neither direction is better."""
    correlation: float | None
    """Correlation of before and after over replications; None if one of them is constant."""
    width_ratio: float | None
    """Width of the paired interval divided by that of an independent one."""
    adjusted_p: float | None
    """p value of the paired t test: Holm-adjusted over the primary outcomes, and over all other rows. None for a
    single replication, and if the differences are all alike."""


@dataclass(frozen=True)
class SplitRow:
    """One metric of one post, unit, issuer or obligation, before and after; it is not tested."""

    metric: str
    scope: str
    """Kind and name of the split, such as `post:village/secretary` (`sim/metrics/splits.py`)."""
    before: float
    after: float
    difference: float
    low: float
    high: float
    """95 % paired t interval of the difference; for a single replication minus to plus infinity."""


@dataclass(frozen=True)
class CadreChange:
    """One cadre's formality hours per ordinary week, before and after."""

    name: str
    role: str
    before: float
    after: float
    low: float
    high: float
    """95 % paired t interval of the difference; for a single replication minus to plus infinity."""

    @property
    def verdict(self) -> str:
        """`winner` (fewer hours), `loser`, or `same` if the interval contains zero."""
        return "winner" if self.high < 0 else "loser" if self.low > 0 else "same"


@dataclass(frozen=True)
class TwinCheck:
    """Result of comparing, activity by activity, the work that no lever touches."""

    compared: int
    """Untouched activities, over all replications."""
    changed: int
    """Those that are missing, added, or wanted otherwise: any column of the plan differs before booking."""
    appointments: int = 0
    """Untouched appointments, over all replications."""
    moved: int = 0
    """Those that are held at another time, or in one of the two years only, because calendars have filled otherwise: an
    effect of the measures, no fault."""

    def __add__(self, more: Self) -> Self:
        """Add up the numbers of two checks."""
        return type(self)(*(one + other for one, other in zip(astuple(self), astuple(more), strict=True)))

    @property
    def ok(self) -> bool:
        """Whether no untouched activity changed."""
        return self.changed == 0


@dataclass(frozen=True)
class YearPair:
    """One replication of a comparison: the same year under both regimes, with the same random numbers."""

    before: Outcome
    after: Outcome
    twin_check: TwinCheck


@dataclass(frozen=True)
class Side:
    """One regime's years, collected over replications in index order."""

    title: dict[str, str]
    """Title in zh and en."""
    hours: NDArray[np.float64]
    """Mean hours per cadre and ordinary week, shape (roles, categories + 2): the last are outreach and unassigned time.
    """
    weekly: NDArray[np.float64]
    """Hours per cadre by calendar week, shape (replications, roles, weeks, categories + 2)."""
    weekly_overtime: NDArray[np.float64]
    """Overtime hours per cadre by calendar week, shape (replications, roles, weeks)."""
    waits: NDArray[np.int64]
    """Residents' matters by waiting time, summed over replications, shape (bins,)."""


@dataclass(frozen=True)
class WeekSpan:
    """One span of a cadre's week."""

    begin: int
    end: int
    """Seconds since Monday 00:00."""
    category: str
    """A category, or `outreach` or `unassigned` for regular time without work."""
    obligation: str
    """Name of the obligation; empty for time without work."""
    overtime: bool


@dataclass(frozen=True)
class Passport:
    """One cadre's week before and after: the burden passport."""

    cadre: str
    role: str
    monday: str
    """Monday of the week as ISO date."""
    before: tuple[WeekSpan, ...]
    after: tuple[WeekSpan, ...]
    windows: tuple[tuple[int, int], ...]
    """Regular windows of the week, seconds since Monday 00:00."""


@dataclass(frozen=True)
class Comparison:
    """All results of a comparison of before and after."""

    before: Side
    after: Side
    ground: Ground
    rows: tuple[Row, ...]
    """Every metric and scope, in the order of the table of metrics."""
    splits: tuple[SplitRow, ...]
    """Metrics of posts, units, issuers and obligations."""
    primaries: tuple[tuple[str, str], ...]
    """Metric and scope of each outcome that was declared as primary, the most important one first."""
    cadres: tuple[CadreChange, ...]
    twin_check: TwinCheck
    passport: Passport | None
    labels: dict[str, dict[str, str]]
    """Labels in zh and en of roles (`role.X`), unit types (`unit.X`), obligations and demand (`obligation.X`)."""
    replications: int
    root: int
    manifest: dict[str, Any]
    """Version, scenario hashes, root, replications, engine, platform."""

    @property
    def primary(self) -> tuple[str, str]:
        """Metric and scope of the first primary outcome."""
        return self.primaries[0]

    def row(self, metric: str, scope: str = "all") -> Row | None:
        """Return a row, or None if the metric has no value in that scope."""
        return next((row for row in self.rows if (row.metric, row.scope) == (metric, scope)), None)
