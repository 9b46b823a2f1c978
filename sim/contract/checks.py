"""Checks of every plan before a run and of every log after it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.availability import absence_edges, available_seconds
from sim.contract.plan import DAY
from sim.domain.category import CATEGORIES
from sim.errors import EngineFault

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan, Windows


def check_plan(plan: Plan) -> None:
    """Refuse a plan that breaks the contract, so that an engine can index its arrays without checks of its own.

    Identities are not checked, because engines do not read them: the maker of a plan calls `check_identities`.

    Raises:
        EngineFault: the plan breaks a rule; the message names the first one found.
    """
    size = len(plan.activities)
    if any(len(getattr(plan.activities, f.name)) != size for f in fields(plan.activities)):
        raise EngineFault("plan: columns differ in length")
    for rules in (_broken_by_roster, _broken_by_indices, _broken_by_rows, _broken_by_absences, _broken_by_moves):
        for rule, is_broken in rules(plan).items():
            if is_broken:
                raise EngineFault(f"plan: {rule}")


def check_identities(identity: NDArray[np.uint64]) -> None:
    """Refuse two activities with the same identity. `np.sort` is far faster here than `np.unique`.

    Raises:
        EngineFault: two identities are equal.
    """
    ordered = np.sort(identity)
    if np.any(ordered[1:] == ordered[:-1]):
        raise EngineFault("plan: identity must be unique")


def _broken_by_roster(plan: Plan) -> dict[str, bool]:
    """Map each rule about units, cadres, teams and windows to True if it is broken."""
    roster, units = plan.roster, len(plan.roster.unit_shift)
    offset, members = roster.team_offset, roster.team_members
    return {
        "horizon must be whole days, at least one": plan.horizon < DAY or plan.horizon % DAY != 0,
        "windows must lie in order, inside one day and the run": not all(
            _in_order(windows, plan.horizon) for windows in plan.shifts
        ),
        "a unit's shift must exist": _outside(roster.unit_shift, len(plan.shifts)),
        "a cadre's unit must exist": _outside(roster.cadre_unit, units),
        "cadres must be sorted by unit": bool(np.any(roster.cadre_unit[1:] < roster.cadre_unit[:-1])),
        "a team's unit must exist": _outside(roster.team_unit, units),
        "teams must share out their members": len(offset) != len(roster.team_unit) + 1
        or [offset[0], offset[-1]] != [0, len(members)]
        or bool(np.any(offset[1:] < offset[:-1])),
        "members of teams must exist": _outside(members, len(roster.cadre_unit)),
        "shortest gaps are of all cadres or of none": len(roster.shortest_gap) not in (0, len(roster.cadre_unit)),
    }


def _broken_by_indices(plan: Plan) -> dict[str, bool]:
    """Map each rule about the indices in rows to True if it is broken."""
    rows = plan.activities
    return {
        "unit must exist": _outside(rows.unit, len(plan.roster.unit_shift)),
        "team must exist": _outside(rows.team, len(plan.roster.team_unit)),
        "category must exist": _outside(rows.category, len(CATEGORIES)),
        "predecessor must exist": bool(rows.predecessor.max(initial=-1) >= len(rows)),
    }


def _broken_by_rows(plan: Plan) -> dict[str, bool]:
    """Map each rule about the other columns of rows to True if it is broken. The indices must be valid.

    Most rows are flexible, with one seat and no travel; the costly rules test only the exceptions.
    """
    rows, roster = plan.activities, plan.roster
    travels, many = np.flatnonzero(rows.travel), np.flatnonzero(rows.seats != 1)
    travel = rows.travel[travels]
    of_members = np.repeat(roster.team_unit, np.diff(roster.team_offset))
    return {
        "effort must be at least 1 s": bool(rows.effort.min(initial=1) < 1),
        "effort and patience must be below 2**60 s": any(
            bool(column.max(initial=0) >= 1 << 60) for column in (rows.effort, rows.patience)
        ),
        "rows must be sorted by unit": bool(np.any(rows.unit[1:] < rows.unit[:-1])),
        "an appointment has no predecessor": _meet(rows.predecessor, rows.start),
        "an appointment has no patience": _meet(rows.patience, rows.start),
        "travel must fit into effort": bool(np.any((travel < 0) | (travel > rows.effort[travels]))),
        "flexible work has no travel": bool(np.any(rows.start[travels] < 0)),
        "flexible work has one seat": bool(np.any(rows.start[many] < 0)),
        "an appointment needs a seat": bool(np.any(rows.seats[many] < 1)),
        "release must not be negative": bool(rows.release.min(initial=0) < 0)
        and bool(np.any((rows.release < 0) & (rows.start < 0))),
        "team must be of the row's unit": bool(np.any(roster.team_unit.take(rows.team) != rows.unit)),
        "members must be of their team's unit": bool(np.any(roster.cadre_unit[roster.team_members] != of_members)),
    }


def _broken_by_absences(plan: Plan) -> dict[str, bool]:
    """Map each rule about absences (rule 16) to True if it is broken. The indices must be valid."""
    away = plan.roster.absences
    if not len(away):
        return {}
    cadre, begin, end = away.T
    return {
        "a cadre who is away must exist": _outside(cadre, len(plan.roster.cadre_unit)),
        "absences must be whole days inside the run": bool(
            np.any((begin < 0) | (begin >= end) | (end > plan.horizon) | (begin % DAY != 0) | (end % DAY != 0))
        ),
        "absences must be sorted, and apart": bool(
            np.any(cadre[1:] < cadre[:-1]) or np.any((cadre[1:] == cadre[:-1]) & (begin[1:] <= end[:-1]))
        ),
    }


def _broken_by_moves(plan: Plan) -> dict[str, bool]:
    """Map each rule about the seconds at which a cadre leaves or comes back (rule 16) to True if it is broken."""
    rows, roster = plan.activities, plan.roster
    if not len(roster.absences):
        return {}
    fixed = np.flatnonzero(rows.start >= 0)
    open_then = runs_on = False
    for unit, edges in absence_edges(plan).items():
        windows = plan.shifts[roster.unit_shift[unit]]
        own = fixed[rows.unit[fixed] == unit]
        opens = np.append(windows.opens, plan.horizon)[np.searchsorted(windows.opens, edges)]
        begins, ends = rows.start[own], rows.start[own] + rows.effort[own]
        next_edge = np.searchsorted(edges, begins, side="right")
        open_then |= _touched(edges, windows.opens, windows.closes)
        runs_on |= bool(np.any(ends > np.append(opens, np.iinfo(np.int64).max)[next_edge]))
    return {
        "a unit is closed when somebody leaves or comes back": open_then,
        "an appointment that runs when somebody leaves or comes back ends before the next opening": runs_on,
    }


def _meet(some: NDArray[np.int64], others: NDArray[np.int64]) -> bool:
    """Return whether some row has both numbers (neither is -1). Skip the comparison if no row has the first."""
    return bool(some.max(initial=-1) >= 0) and bool(np.any((some >= 0) & (others >= 0)))


def _touched(edges: NDArray[np.int64], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> bool:
    """Return whether an edge lies in one of the stretches `begins`..`ends`, both ends included."""
    inside = np.searchsorted(edges, ends, side="right") - np.searchsorted(edges, begins, side="left")
    return bool(np.any(inside > 0))


def _outside(values: NDArray[np.integer], end: int) -> bool:
    """Return whether some index is below 0 or at least `end`. An empty array has none."""
    return len(values) > 0 and bool(values.min() < 0 or values.max() >= end)


def _in_order(windows: Windows, horizon: int) -> bool:
    """Return whether windows are sorted, not empty, without overlap, each within one day, and all inside the run."""
    opens, closes = windows.opens, windows.closes
    proper = (opens >= 0) & (opens < closes) & (closes <= horizon) & (opens // DAY == (closes - 1) // DAY)
    return bool(np.all(proper) and np.all(closes[:-1] <= opens[1:]))


def check_conservation(plan: Plan, log: RunLog) -> None:
    """Check the books of every cadre and week: worked - overtime + idle = seconds available in regular windows.

    Raises:
        EngineFault: a week does not add up; the message names the first cadre and week.
    """
    available = available_seconds(plan)
    worked = np.einsum("cwk->cw", log.seconds)  # several times as fast as `sum` over a short last axis
    booked = worked - log.overtime_seconds + log.idle
    if np.any(wrong := booked != available):
        cadre, week = (int(index) for index in np.argwhere(wrong)[0])
        raise EngineFault(
            f"conservation: cadre {cadre}, week {week}: "
            f"{booked[cadre, week]} s booked, {available[cadre, week]} s available"
        )
