"""The work calendar as arrays: windows, working days, slots, and the map from working time to the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY, Windows
from sim.domain.calendar import days_of, months_of, working_days
from sim.domain.own_days import NO_OWN_DAYS
from sim.domain.recurrence import SLOT_MONTHS
from sim.plan import limits
from sim.units import DAYS_PER_WEEK, WEEKDAYS, WORKDAYS_OF_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.calendar import Hours, Shift
    from sim.domain.own_days import OwnDays


@dataclass(frozen=True)
class Slots:
    """The slots of a frequency with their working days; all arrays have shape (slots,)."""

    ids: NDArray[np.int64]
    first: NDArray[np.int64]
    """Index in `Timeline.days` of the slot's first working day."""
    count: NDArray[np.int64]
    """Working days of the slot."""


@dataclass(frozen=True)
class Timeline:
    """One shift in one year."""

    year: int
    days: NDArray[np.int64]
    """Working days of the year as days since 1 January, then the `limits.DAYS_AFTER` weekdays after it."""
    in_year: int
    """Number of `days` that lie in the year."""
    usual: Hours
    """Usual windows of a working day, seconds after its midnight."""
    usual_days: NDArray[np.int64]
    """Days of the year that have these windows."""
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    """Seconds at which each window of `days` opens and closes; one that runs past midnight is not divided."""
    at: NDArray[np.int64]
    """Index in `begins` of the first window of each of `days`, and the number of all windows at the end."""
    windows: Windows
    """Windows of the year, divided at midnight, and overtime windows."""
    week_seconds: int

    @property
    def opens(self) -> tuple[int, ...]:
        """Usual openings, seconds after midnight."""
        return tuple(opens for opens, _ in self.usual)

    @property
    def closes(self) -> tuple[int, ...]:
        """Usual closing times, seconds after midnight; above a day for a window past midnight."""
        return tuple(closes for _, closes in self.usual)

    @property
    def horizon(self) -> int:
        """End of the year, seconds."""
        return days_of(self.year) * DAY

    def shift_days(self, day: NDArray[np.int64], steps: int) -> NDArray[np.int64]:
        """Return the working day `steps` after (if negative, before) the day, but none before the year's first one.

        An unworked day lies between its neighbours: Monday is 0 steps and 1 step after Sunday.
        """
        every = np.arange(-1, self.days[-1] + 2)
        at = np.searchsorted(self.days, every) if steps <= 0 else np.searchsorted(self.days, every, side="right") - 1
        shifted = self.days[np.clip(at + steps, 0, len(self.days) - 1)]
        return shifted[np.clip(day + 1, 0, len(shifted) - 1)]

    def day_of(self, second: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the day that a second belongs to: before the close of a window past midnight, the day before."""
        day: NDArray[np.int64] = (second - self.past_midnight) // DAY
        return day

    @cached_property
    def past_midnight(self) -> int:
        """Seconds after midnight at which the latest window closes that runs past it; 0 without one."""
        return max(0, int((self.ends - self.days.repeat(np.diff(self.at)) * DAY).max()) - DAY)

    @cached_property
    def _place(self) -> NDArray[np.int64]:
        """Index in `days` of each day, or of the next working day."""
        return np.searchsorted(self.days[:-1], np.arange(self.days[-1] + 1))

    def _window(self, day: NDArray[np.int64], *, last: bool = False) -> NDArray[np.int64]:
        """Return the index of the first or the last window of each day; that of the next working day if it is free."""
        place = self._place[np.clip(day, 0, len(self._place) - 1)]
        return self.at[place + 1] - 1 if last else self.at[place]

    def close_of(self, day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the second at which the last regular window of the day closes."""
        return self.ends[self._window(day, last=True)]

    def half_day(
        self, day: NDArray[np.int64], afternoon: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the opening and the close of the last window of the day, or of the first; they may be the same."""
        window = np.where(afternoon, self._window(day, last=True), self._window(day))
        return self.begins[window], self.ends[window]

    def due_after(self, release: NDArray[np.int64], workdays: int) -> NDArray[np.int64]:
        """Return the close of the working day that lies `workdays` after the release."""
        return self.close_of(self.shift_days(self.day_of(release), workdays))

    def after_work(self, second: NDArray[np.int64], worked: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the second at which `worked` seconds of regular hours have passed, the horizon if none are left.

        The second itself is returned if `worked` is 0.
        """
        regular = ~self.windows.evening
        opens, lengths = self.windows.opens[regular], (self.windows.closes - self.windows.opens)[regular]
        passed = np.concatenate(([0], np.cumsum(lengths)))
        window = np.searchsorted(opens, second, side="right") - 1
        inside = np.clip(second - opens[window], 0, lengths[window])
        wanted = worked + np.where(window < 0, 0, passed[window] + inside)
        last = np.searchsorted(passed[1:], wanted)
        end = np.append(opens, self.horizon)[last] + np.where(last < len(opens), wanted - passed[last], 0)
        later: NDArray[np.int64] = np.where(worked > 0, end, second)
        return later

    def at_share_of_day(self, day: NDArray[np.int64], share: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the second of the day at which a share in [0, 1) of its regular hours has passed."""
        passed = np.concatenate(([0], np.cumsum(self.ends - self.begins)))
        window, last = self._window(day), self._window(day, last=True)
        target = passed[window] + np.floor(share * (passed[last + 1] - passed[window])).astype(np.int64)
        for _ in range(int(np.diff(self.at).max()) - 1):
            window = window + ((window < last) & (target >= passed[window + 1]))
        second: NDArray[np.int64] = self.begins[window] + target - passed[window]
        return second

    def slots(self, every: str) -> Slots:
        """List the slots of a frequency."""
        days = self.days[: self.in_year]
        if every == "daily":
            return Slots(days, np.arange(len(days)), np.ones(len(days), dtype=np.int64))
        if every == "weekly":
            weeks = (days + date(self.year, 1, 1).weekday()) // DAYS_PER_WEEK
            ids, first, count = np.unique(weeks, return_index=True, return_counts=True)
            return Slots(ids, first, count)
        months = months_of(self.year)
        ids = np.array(SLOT_MONTHS[every], dtype=np.int64)
        first = np.array([np.searchsorted(days, months[month - 1].first) for month in ids])
        after = np.array([np.searchsorted(days, months[month - 1].after) for month in ids])
        return Slots(ids, first, after - first)

    def window_of(self, day: NDArray[np.int64], workdays: int) -> NDArray[np.int64]:
        """Return the number of the window in which each working day lies; windows do not depend on holidays.

        Windows of five working days and more follow calendar weeks (five to a week), of twenty and more calendar months
        (twenty to a month); shorter ones count working days from the year's first.
        """
        if workdays >= WORKDAYS_OF_MONTH:
            first = np.array([month.first for month in months_of(self.year)])
            month = self.month_of(day * DAY)
            done = np.searchsorted(self.days, day) - np.searchsorted(self.days, first[month - 1])
            return np.asarray((WORKDAYS_OF_MONTH * (month - 1) + np.minimum(done, WORKDAYS_OF_MONTH - 1)) // workdays)
        if workdays >= WEEKDAYS:
            week, weekday = np.divmod(day + date(self.year, 1, 1).weekday(), DAYS_PER_WEEK)
            return np.asarray((WEEKDAYS * week + np.minimum(weekday, WEEKDAYS - 1)) // workdays)
        return np.asarray(np.searchsorted(self.days, day) // max(workdays, 1))

    def month_of(self, second: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the month (1 to 12) of a second of the year."""
        starts = np.array([month.first for month in months_of(self.year)])
        by_day = np.searchsorted(starts, np.arange(-1, days_of(self.year)), side="right")
        return by_day[np.clip(second // DAY + 1, 0, len(by_day) - 1)]

    def clock(self, share: NDArray[np.float64], weights: tuple[float, ...] | None) -> NDArray[np.int64]:
        """Return the second at which a share (0 to 1) of the year's regular hours, weighted by month, has passed."""
        regular = ~self.windows.evening
        opens, closes = self.windows.opens[regular], self.windows.closes[regular]
        weight = np.ones(len(opens)) if weights is None else np.asarray(weights)[self.month_of(opens) - 1]
        mass = (closes - opens) * weight
        before = np.concatenate(([0.0], np.cumsum(mass)))
        wanted = share * before[-1]
        window = np.clip(np.searchsorted(before, wanted, side="right") - 1, 0, len(opens) - 1)
        inside = (wanted - before[window]) / np.where(weight[window] > 0, weight[window], 1.0)
        second: NDArray[np.int64] = np.minimum(opens[window] + np.floor(inside).astype(np.int64), closes[window] - 1)
        return second


@lru_cache(maxsize=limits.TIMELINES)
def make_timeline(shift: Shift, year: int, own: OwnDays = NO_OWN_DAYS) -> Timeline:
    """Return the calendar of a shift in a year, with a scenario's own days off and workdays."""
    first = date(year, 1, 1)
    days = [*working_days(shift, year, own), *_weekdays_after(year)]
    hours = [shift.hours_of(first + timedelta(days=day), own) if day < days_of(year) else shift.usual for day in days]
    in_year = sum(day < days_of(year) for day in days)
    table = [
        (day * DAY + opens, day * DAY + closes)
        for day, of_day in zip(days, hours, strict=True)
        for opens, closes in of_day
    ]
    begins, ends = np.array(table, dtype=np.int64).T
    at = np.cumsum([0, *(len(of_day) for of_day in hours)])
    return Timeline(
        year=year,
        days=np.array(days, dtype=np.int64),
        in_year=in_year,
        usual=shift.usual,
        usual_days=np.array([d for d, of_day in zip(days[:in_year], hours, strict=False) if of_day == shift.usual]),
        begins=begins.copy(),
        ends=ends.copy(),
        at=at,
        windows=_windows(shift, days[:in_year], table[: at[in_year]], days_of(year) * DAY),
        week_seconds=shift.week_seconds,
    )


def _windows(shift: Shift, days: list[int], regular: list[tuple[int, int]], horizon: int) -> Windows:
    """Return regular and overtime windows of the year in order, each within one day."""
    parts = [(opens, min(closes, opens - opens % DAY + DAY), False) for opens, closes in regular]
    parts += [(closes - closes % DAY, closes, False) for opens, closes in regular if opens // DAY < (closes - 1) // DAY]
    if shift.overtime_cap.value:
        evening, latest = int(shift.evening), int(shift.evening) + int(shift.overtime_cap.value)
        parts += [(day * DAY + evening, day * DAY + latest, True) for day in days]
    inside = sorted(part for part in parts if part[0] < horizon)
    opens, closes, in_evening = zip(*inside, strict=True)
    return Windows(
        opens=np.array(opens, dtype=np.int64),
        closes=np.array(closes, dtype=np.int64),
        evening=np.array(in_evening, dtype=np.bool_),
    )


def _weekdays_after(year: int) -> list[int]:
    after = days_of(year) + np.arange(limits.DAYS_AFTER * DAYS_PER_WEEK // WEEKDAYS, dtype=np.int64)
    weekday = (after + date(year, 1, 1).weekday()) % DAYS_PER_WEEK
    listed: list[int] = after[weekday < WEEKDAYS].tolist()
    return listed
