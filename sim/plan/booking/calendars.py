"""Calendars of booking: days and hours that two ends have in common, and days reached by steps of working days."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY
from sim.domain.calendar import days_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.regime import Regime
    from sim.plan.identity.staff import Staff
    from sim.plan.identity.timeline import Timeline


@dataclass
class Calendars:
    """Sets of days and times, numbered as they are asked for."""

    regime: Regime
    staff: Staff
    _sets: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Number of a set of common days, and of the common hours, by shifts."""
    _steps: dict[tuple[str, int], int] = field(default_factory=lambda: {("", 0): 0})
    """Number of a calendar by shift and working days; number 0 leaves the day as it is."""

    @property
    def year(self) -> int:
        """Return the days of the year."""
        return days_of(self.regime.calendar.year)

    def common(self, between: tuple[str, ...]) -> int:
        """Return the number of the days and hours that unit types have in common."""
        units = self.regime.organisation.units
        shifts = tuple(sorted({units[name].shift for name in between if name in units}))
        return self._sets.setdefault(shifts, len(self._sets))

    def steps(self, unit_type: str, days: int) -> int:
        """Return the number of the calendar that goes `days` working days ahead."""
        if days == 0:
            return 0
        return self._steps.setdefault((self.regime.organisation.units[unit_type].shift, days), len(self._steps))

    def hours(self, number: int) -> list[tuple[int, int]]:
        """List the usual hours common to a set of shifts, as seconds of the day; hours past midnight are left out."""
        shifts = next(key for key, value in self._sets.items() if value == number)
        common = [(0, DAY)]
        for name in shifts:
            timeline = self.staff.timelines[name]
            own = [(opens, min(closes, DAY)) for opens, closes in timeline.usual]
            common = [(max(a, c), min(b, d)) for c, d in own for a, b in common if max(a, c) < min(b, d)]
        return sorted(common)

    def day_tables(self) -> dict[str, Any]:
        """Return the columns `first_day`, `day` and `before` of `Tables`."""
        days = [self._common_days(shifts) for shifts in self._sets]
        before = [np.searchsorted(some, np.arange(self.year + 1)) for some in days]
        return {
            "first_day": np.cumsum([0, *(len(some) for some in days)]),
            "day": np.concatenate([np.zeros(0, dtype=np.int64), *days]),
            "before": np.concatenate([np.zeros(0, dtype=np.int64), *before]).astype(np.int64),
        }

    def _common_days(self, shifts: tuple[str, ...]) -> NDArray[np.int64]:
        common = np.arange(self.year, dtype=np.int64)
        for name in shifts:
            timeline = self.staff.timelines[name]
            common = np.intersect1d(common, timeline.usual_days)
        return common

    def time_tables(self) -> dict[str, Any]:
        """Return the columns `first_half`, `opens` and `until` of `Tables`: stretches of common regular hours."""
        halves = [self.hours(number) for number in self._sets.values()]
        flat = [pair for some in halves for pair in some]
        return {
            "first_half": np.cumsum([0, *(len(some) for some in halves)]),
            "opens": np.array([opens for opens, _ in flat], dtype=np.int64),
            "until": np.array([until for _, until in flat], dtype=np.int64),
        }

    def shifted(self) -> NDArray[np.int64]:
        """Return the column `shifted` of `Tables`."""
        every = np.arange(self.year, dtype=np.int64)
        tables = [self._timeline(shift).shift_days(every, days) if days else every for shift, days in self._steps]
        return np.concatenate(tables)

    def _timeline(self, shift: str) -> Timeline:
        return self.staff.timelines[shift]
