"""The kernel's tables of units, teams, cadres and windows before the first second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.availability import shortest_gaps
from sim.engine.compiled import kernel_tables as at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sim.contract.plan import Plan


class Lists:
    """Many lists stored in one array; each is known by its begin and end."""

    def __init__(self) -> None:
        self.parts: list[Any] = [np.zeros(0, dtype=np.int64)]
        self.size = 0

    def add(self, values: NDArray[Any], counts: Any) -> tuple[Any, Any]:
        """Append the values, sorted by owner; return where the list of each owner begins and ends."""
        ends = self.size + np.cumsum(counts)
        self.parts.append(values)
        self.size += len(values)
        return ends - counts, ends

    def line(self) -> Any:
        """Return the array of all lists."""
        return np.concatenate(self.parts, dtype=np.int64)


def lay_out_units(plan: Plan, lists: Lists) -> Any:
    """Return the table of units, and add their dated rows, windows, absence edges and teams to the lists."""
    rows, roster = plan.activities, plan.roster
    units, shift = len(roster.unit_shift), roster.unit_shift
    row_ends, staff_ends = (_ends(owner, units) for owner in (rows.unit, roster.cadre_unit))
    window_ends = np.cumsum([len(windows.opens) for windows in plan.shifts])
    openings = [windows.opens[~windows.evening] for windows in plan.shifts]
    first_opening, openings_end = lists.add(chained(openings), [len(opens) for opens in openings])
    table = np.zeros((units, at.UNIT_FIELDS), dtype=np.int64)
    table[:, at.NUMBER] = np.arange(units)
    table[:, [at.ALARM, at.CHANGE, at.MEETING]] = plan.horizon
    table[:, [at.CLOSING, at.MIDNIGHT, at.STIRRED, at.WEEK]] = -1
    table[1:, at.FIRST_ROW] = row_ends[:-1]
    table[1:, at.FIRST_CADRE], table[:, at.CADRES_END] = staff_ends[:-1], staff_ends
    table[:, at.CIRCLE] = len(roster.cadre_unit) + np.arange(units)
    table[:, at.WORK] = table[:, at.CIRCLE] + units
    table[:, at.WINDOW], table[:, at.WINDOWS_END] = np.append(0, window_ends)[shift], window_ends[shift]
    table[:, at.OPENINGS], table[:, at.OPENINGS_END] = first_opening[shift], openings_end[shift]

    fixed = rows.start >= 0
    releases, meetings = np.flatnonzero((rows.predecessor < 0) > fixed), np.flatnonzero(fixed)
    releases_of, meetings_of = (np.diff(np.searchsorted(some, row_ends), prepend=0) for some in (releases, meetings))
    falls = np.flatnonzero(rows.release[1:] < rows.release[:-1])
    if np.any(rows.unit[falls + 1] == rows.unit[falls]):
        releases = releases[np.lexsort((releases, rows.release[releases], rows.unit[releases]))]
    unit, start, rank = (column[meetings] for column in (rows.unit, rows.start, rows.rank))
    if np.any(
        (unit[1:] == unit[:-1]) & ((start[1:] < start[:-1]) | (start[1:] == start[:-1]) & (rank[1:] < rank[:-1]))
    ):
        meetings = meetings[np.lexsort((meetings, rank, start, unit))]
    table[:, at.NEXT_RELEASE], table[:, at.RELEASES_END] = lists.add(releases, releases_of)
    table[:, at.NEXT_MEETING], table[:, at.MEETINGS_END] = lists.add(meetings, meetings_of)
    edges, edges_of = _edges(plan)
    table[:, at.EDGE], table[:, at.EDGES_END] = lists.add(edges, edges_of)
    queues = with_queues(plan)
    by_unit = queues[np.argsort(roster.team_unit[queues], kind="stable")]
    teams_of = np.bincount(roster.team_unit[queues], minlength=units)
    table[:, at.ALL_TEAMS], table[:, at.ALL_TEAMS_END] = lists.add(by_unit, teams_of)

    opens = chained(windows.opens for windows in plan.shifts)
    works, meets, moves = table[:, at.WINDOW] < table[:, at.WINDOWS_END], meetings_of > 0, edges_of > 0
    table[works, at.CHANGE] = opens[table[works, at.WINDOW]]
    first_edge = edges[(np.cumsum(edges_of) - edges_of)[moves]]
    table[moves, at.CHANGE] = np.minimum(table[moves, at.CHANGE], first_edge)
    table[meets, at.MEETING] = rows.start[meetings[(np.cumsum(meetings_of) - meetings_of)[meets]]]
    return table


def _edges(plan: Plan) -> tuple[Any, Any]:
    """Return the absence edges sorted by unit, two numbers each, and the count of numbers for each unit."""
    roster = plan.roster
    if not len(roster.absences):
        return np.zeros(0, dtype=np.int64), np.zeros(len(roster.unit_shift), dtype=np.int64)
    cadre, begin, end = roster.absences.T
    who, when = np.concatenate((cadre << 1, cadre << 1 | 1)), np.concatenate((begin, end))
    order = np.lexsort((who, when, roster.cadre_unit[who >> 1]))
    order = order[when[order] < plan.horizon]
    counts = 2 * np.bincount(roster.cadre_unit[who[order] >> 1], minlength=len(roster.unit_shift))
    return np.stack((when[order], who[order]), axis=1).ravel(), counts


def lay_out_cadres(plan: Plan, lists: Lists) -> Any:
    """Return the table of cadres, all idle, in the circles of their units; two marks a unit stand behind all cadres."""
    roster = plan.roster
    cadres, units = len(roster.cadre_unit), len(roster.unit_shift)
    table = np.full((at.CADRE_FIELDS, cadres + 2 * units), -1, dtype=np.int64)
    table[at.ENDS, cadres : cadres + units] = plan.horizon
    table[at.AWAY] = 0
    table[at.SHORTEST, :cadres] = shortest_gaps(plan)
    # Sorted by unit: the unit's cadres, the mark of work, the beginning of the circle, which its first cadre follows.
    owner = np.concatenate((roster.cadre_unit, np.arange(units), np.arange(units)))
    place = np.concatenate((np.arange(cadres), cadres + units + np.arange(units), cadres + np.arange(units)))
    circles, sizes = place[np.argsort(owner, kind="stable")], np.bincount(owner)
    table[at.AFTER, circles[:-1]] = circles[1:]
    table[at.AFTER, cadres : cadres + units] = circles[np.cumsum(sizes) - sizes]
    table[at.BEFORE, table[at.AFTER]] = np.arange(cadres + 2 * units)
    team = np.repeat(np.arange(len(roster.team_unit)), np.diff(roster.team_offset))
    queued = np.flatnonzero(np.isin(team, with_queues(plan)))
    queued = queued[np.argsort(roster.team_members[queued], kind="stable")]
    first, ends = lists.add(team[queued], np.bincount(roster.team_members[queued], minlength=cadres))
    table[at.OWN_TEAMS, :cadres], table[at.OWN_TEAMS_END, :cadres] = first, ends
    return table


def with_queues(plan: Plan) -> Any:
    """List the teams that have flexible work; the others, of people who only meet, never have a queue."""
    rows = plan.activities
    flexible = np.bincount(rows.team[rows.start < 0], minlength=len(plan.roster.team_unit))
    return np.flatnonzero(flexible)


def lay_out_teams(plan: Plan, lists: Lists, no_key: int) -> Any:
    """Return the table of teams with empty queues; each has room for all its rows."""
    roster, team = plan.roster, plan.activities.team
    teams = len(roster.team_unit)
    table = np.zeros((at.TEAM_FIELDS, teams), dtype=np.int64)
    table[at.HEAD] = no_key
    if np.all(team[1:] >= team[:-1]):
        table[at.BASE, 1:] = _ends(team, teams)[:-1]
    else:
        table[at.BASE, 1:] = np.cumsum(np.bincount(team, minlength=teams))[:-1]
    table[at.CHAIN] = at.APART
    members = np.diff(roster.team_offset)
    table[at.MEMBERS], table[at.MEMBERS_END] = lists.add(roster.team_members, members)
    staff = np.bincount(roster.cadre_unit, minlength=len(roster.unit_shift))
    table[at.WHO] = np.where(members == staff[roster.team_unit], at.EVERYBODY, at.SOME)
    alone = np.flatnonzero(members == 1)
    table[at.WHO, alone] = roster.team_members[roster.team_offset[alone]]
    return table


def lay_out_windows(plan: Plan) -> Any:
    """Return the windows of all shifts, one shift after the other, as rows opens, closes, evening."""
    names = ("opens", "closes", "evening")
    return np.stack([chained(getattr(windows, name) for windows in plan.shifts) for name in names])


def lay_out_rounds(plan: Plan) -> Any:
    """Return the instants at which units exchange work, sorted; none if no row has a predecessor."""
    if plan.activities.predecessor.max(initial=-1) < 0:
        return np.zeros(0, dtype=np.int64)
    openings = np.unique(chained(windows.opens[~windows.evening] for windows in plan.shifts))
    return openings[(openings > 0) & (openings < plan.horizon)]


def chained(columns: Iterable[Any]) -> Any:
    """Return the columns joined into one int64 array."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *columns], dtype=np.int64)


def _ends(owner: NDArray[Any], owners: int) -> Any:
    """Return, for each owner, the end of its stretch in a sorted column of owners."""
    return np.searchsorted(owner, np.arange(owners, dtype=owner.dtype), side="right")
