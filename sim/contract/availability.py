"""Working seconds available: the windows of each unit's shift, less the days its cadres are away (rule 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.plan import Plan


def regular_by_day(plan: Plan) -> NDArray[np.int64]:
    """Return the seconds of regular windows, shape (shifts, days)."""
    by_day = np.zeros((len(plan.shifts), plan.days), dtype=np.int64)
    for shift, windows in enumerate(plan.shifts):
        regular = ~windows.evening
        np.add.at(by_day[shift], windows.opens[regular] // DAY, (windows.closes - windows.opens)[regular])
    return by_day


def available_seconds(plan: Plan) -> NDArray[np.int64]:
    """Return the regular window seconds of each cadre, days away excluded, shape (cadres, weeks)."""
    roster = plan.roster
    by_day, week = regular_by_day(plan), _week_of_day(plan)
    by_week = np.zeros((plan.weeks, len(plan.shifts)), dtype=np.int64)
    np.add.at(by_week, week, by_day.T)
    available: NDArray[np.int64] = by_week.T[roster.unit_shift[roster.cadre_unit]]
    cadre, day = _days_away(plan)
    np.subtract.at(available, (cadre, week[day]), by_day[roster.unit_shift[roster.cadre_unit[cadre]], day])
    return available


def shortest_gaps(plan: Plan) -> NDArray[np.int64]:
    """Return the seconds that a gap must last to be usable, shape (cadres,); longer than any gap if none is."""
    given = plan.roster.shortest_gap
    cadres = len(plan.roster.cadre_unit)
    return np.where(given < 0, DAY + 1, given) if len(given) else np.full(cadres, DAY + 1, dtype=np.int64)


def days_away(plan: Plan) -> NDArray[np.bool_]:
    """Return True for days on which a cadre is away, shape (cadres, days)."""
    away = np.zeros((len(plan.roster.cadre_unit), plan.days), dtype=np.bool_)
    away[_days_away(plan)] = True
    return away


def absence_edges(plan: Plan) -> dict[int, NDArray[np.int64]]:
    """Return, by unit, the sorted seconds before the horizon at which one of its cadres leaves or comes back.

    Units without absences have no entry.
    """
    cadre, begin, end = plan.roster.absences.T
    unit, edges = np.tile(plan.roster.cadre_unit[cadre], 2), np.concatenate((begin, end))
    return {int(one): np.unique(edges[(unit == one) & (edges < plan.horizon)]) for one in np.unique(unit)}


def weeks_away(plan: Plan) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """List the weeks with days away as three arrays: cadre, week, share of the week's simulated days.

    Each (cadre, week) occurs once, sorted by cadre, then week. Weeks without a day away are not listed.
    """
    cadre, day = _days_away(plan)
    week = _week_of_day(plan)
    place, days = np.unique(cadre * plan.weeks + week[day], return_counts=True)
    share: NDArray[np.float64] = days / np.bincount(week)[place % plan.weeks]
    return place // plan.weeks, place % plan.weeks, share


def _days_away(plan: Plan) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List every day away as two arrays: cadre and day."""
    cadre, begin, end = plan.roster.absences.T
    if not len(cadre):
        return cadre, cadre
    length = (end - begin) // DAY
    day = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    return np.repeat(cadre, length), day + np.repeat(begin // DAY, length)


def _week_of_day(plan: Plan) -> NDArray[np.int64]:
    return (np.arange(plan.days) + plan.first_weekday) // 7
