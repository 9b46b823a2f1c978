"""The result of one replication: metrics and small arrays, without the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Outcome:
    """The measured year of one regime and one replication."""

    values: dict[tuple[str, str], float]
    """Metric key and scope to value; a metric that this run does not have is absent."""
    hours: NDArray[np.float64]
    """Hours per cadre and ordinary week, shape (roles, categories + 2): the last are outreach and unassigned time."""
    weekly: NDArray[np.float64]
    """Hours per cadre in each calendar week, shape (roles, weeks, categories + 2), in the same order."""
    weekly_overtime: NDArray[np.float64]
    """Overtime hours per cadre in each calendar week, shape (roles, weeks)."""
    cadre_hours: NDArray[np.float64]
    """Formality hours of each cadre per ordinary week, at both desks of a secondee, shape (persons,)."""
    waits: NDArray[np.int64]
    """Residents' matters by waiting time until begun, shape (len(WAIT_EDGES_HOURS),)."""
    work: dict[str, int] = field(default_factory=dict)
    """Counts of work: activities, events."""
    splits: dict[tuple[str, str], float] = field(default_factory=dict)
    """Metric and scope to value for splits: posts, units, issuers, obligations (`sim/metrics/splits.py`)."""


@dataclass(frozen=True)
class Ground:
    """Facts that all outcomes of one regime share: roles, cadres, calendar weeks, regular hours."""

    roles: tuple[str, ...]
    cadre_role: NDArray[np.int64]
    """Index into `roles` of each cadre."""
    cadre_name: tuple[str, ...]
    """`unit/post/number` of each cadre."""
    year: int
    week_monday: tuple[str, ...]
    """ISO date of the Monday of each calendar week."""
    holiday_weeks: tuple[int, ...]
    """Weeks in which every cadre has less than `counting.holiday_week` of an ordinary week's hours."""
    regular_hours: dict[str, float]
    """Regular hours of an ordinary week, by role."""
    represents: dict[str, float]
    """Real cadres that each simulated one stands for, by role."""
