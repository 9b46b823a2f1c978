"""What is felt: overtime, peaks, interruptions, short notice, lateness."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, Category, Part
from sim.metrics.hours import FORMAL
from sim.metrics.sample import divide, in_hours, per_role
from sim.units import HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.sample import Sample

LONG_WEEK = 48 * HOUR
"""Seconds a week, home visits and patrol included, beyond which it is long: forty hours and a working day more."""
YEAR_END = frozenset({11, 12, 1})
_SEASONAL = [CATEGORIES.index(category) for category in (Category.REPORTS, Category.INSPECTIONS)]


def measure_pressure(sample: Sample) -> dict[tuple[str, str], float]:
    """Overtime, peaks, interruptions, short notice, lateness, missed seats."""
    roles, weeks = sample.roles, sample.cadre_weeks
    overtime = sample.by_role(in_hours(sample.log.overtime_seconds.sum(axis=1)))
    spent = sample.available + sample.log.overtime_seconds
    long_weeks = sample.by_role((spent > LONG_WEEK).sum(axis=1))
    formality = sample.weekly_hours[:, :, :-1][:, :, FORMAL].sum(axis=2)
    return {
        **per_role(roles, "overtime_hours", divide(overtime, weeks)),
        **per_role(roles, "overtime_december", _december(sample)),
        **per_role(roles, "long_weeks", divide(long_weeks, sample.cadres_present.sum(axis=1))),
        **per_role(roles, "peak_week", formality.max(axis=1)),
        **per_role(roles, "year_end_ratio", _year_end_ratio(sample)),
        **per_role(roles, "interruptions", divide(sample.rows_by_role(sample.log.interruptions), weeks)),
        **per_role(roles, "short_notice", divide(sample.short_notice, weeks)),
        **per_role(roles, "late_reports", _late_reports(sample)),
        **per_role(roles, "missed_seats", _missed_seats(sample)),
    }


def _weeks_in(sample: Sample, months: frozenset[int]) -> NDArray[np.bool_]:
    """Tell which calendar weeks have their Thursday in the months."""
    first = date(sample.setting.year, 1, 1)
    thursdays = [first + timedelta(days=7 * week - sample.plan.first_weekday + 3) for week in range(sample.plan.weeks)]
    return np.array([day.month in months for day in thursdays])


def _december(sample: Sample) -> NDArray[np.float64]:
    """Overtime hours per cadre and ordinary week of December."""
    inside = _weeks_in(sample, frozenset({12}))
    overtime = sample.by_role(in_hours(sample.log.overtime_seconds[:, inside].sum(axis=1)))
    regular = sample.available[:, inside].sum(axis=1) / sample.setting.week_seconds[sample.shift_of_cadre]
    return divide(overtime, sample.by_role(regular))


def _year_end_ratio(sample: Sample) -> NDArray[np.float64]:
    """Reports and inspections per regular hour, November to January over the rest of the year."""
    inside = _weeks_in(sample, YEAR_END)
    seasonal = sample.log.seconds[:, :, _SEASONAL].sum(axis=2)

    def load(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        done = sample.by_role(seasonal[:, chosen].sum(axis=1))
        return divide(done, sample.by_role(sample.available[:, chosen].sum(axis=1)))

    return divide(load(inside), load(~inside))


def _late_reports(sample: Sample) -> NDArray[np.float64]:
    """Share of forms due within the year that were filled after the deadline or not at all."""
    due = sample.is_kind("report") & sample.is_part(Part.FILL) & (sample.rows.due < sample.plan.horizon)
    late = due & ((sample.log.finish < 0) | (sample.log.finish > sample.rows.due))
    return divide(sample.rows_by_role(late), sample.rows_by_role(due))


def _missed_seats(sample: Sample) -> NDArray[np.float64]:
    seats = np.where(sample.rows.start >= 0, sample.rows.seats, 0)
    return divide(sample.rows_by_role(sample.log.missed), sample.rows_by_role(seats))
