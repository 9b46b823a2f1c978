"""From a plan to the kernel's tables, and from those to the log."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.domain.category import CATEGORIES
from sim.engine import kernel_tables as at
from sim.engine.contract import DAY, Activities, Plan, Roster, RunLog, Spans, Windows, available_seconds
from sim.engine.kernel_tables import NEVER, Rules, World
from sim.errors import EngineFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

MOST_BITS = 62
"""Bits of a key, so that the largest stays below `NEVER`."""


class Lists:
    """Many lists in one line; each is known by where it begins and ends."""

    def __init__(self) -> None:
        self.parts: list[Any] = []
        self.size = 0

    def add(self, values: NDArray[Any], owner: NDArray[Any], owners: int) -> tuple[Any, Any]:
        """Take in values sorted by owner; give where those of each owner begin and end."""
        counts = np.bincount(owner, minlength=owners)
        ends = self.size + np.cumsum(counts)
        self.parts.append(values)
        self.size += len(values)
        return ends - counts, ends

    def line(self) -> Any:
        """Give all lists, one after the other."""
        return np.concatenate(self.parts, dtype=np.int64)


def set_up(plan: Plan, *, room: int) -> World:
    """Lay a plan out in arrays, before its first second; `room` for so many spans, none where they are not wanted."""
    rows, roster = plan.activities, plan.roster
    size, cadres = len(rows), len(roster.cadre_unit)
    lists = Lists()
    linked = bool(np.any(rows.predecessor >= 0))
    per_unit = np.bincount(rows.unit, minlength=len(roster.unit_shift))
    bits = int(per_unit.max(initial=1)).bit_length()
    order, due_bits = _order(plan, bits)
    tables: dict[str, Any] = {
        "rows": _columns(rows, order),
        "links": np.full((at.LINK_COLUMNS, size if linked else 0), -1, dtype=np.int64),
        "log": _log(plan),
        "heaps": np.empty((at.HEAP_COLUMNS, size), dtype=np.int64),
        "cadres": _cadres(plan, lists),
        "teams": _teams(plan, lists),
        "units": _units(plan, lists, per_unit),
        "windows": _windows(plan),
        "groups": _groups(plan, lists, linked=linked),
        "rounds": _rounds(plan),
        "seconds": np.zeros(cadres * plan.weeks * len(CATEGORIES), dtype=np.int64),
        "weeks": _weeks(plan),
        "unit_idle": _unit_idle(plan),
        "spans": np.empty((at.SPAN_COLUMNS, room), dtype=np.int64),
        "span_count": np.zeros(1, dtype=np.int64),
        "lists": lists.line(),
    }
    rules = Rules(
        horizon=plan.horizon,
        preemptive=int(plan.preemptive),
        switching_cost=plan.switching_cost,
        first_weekday=plan.first_weekday,
        days=plan.days,
        weeks=plan.weeks,
        categories=len(CATEGORIES),
        bits=bits,
        due_bits=due_bits,
        keep_spans=int(room > 0),
    )
    return World(**tables, rules=rules)


def _columns(rows: Activities, order: Any) -> Any:
    """Give the columns of the plan as they are where they are as the kernel is compiled for."""
    narrow, wide = np.int32, np.int64
    return (
        _column(rows.unit, narrow),
        _column(rows.team, narrow),
        _column(rows.seats, narrow),
        _column(rows.release, wide),
        _column(rows.due, wide),
        _column(rows.start, wide),
        _column(rows.effort, wide),
        _column(rows.travel, wide),
        _column(rows.patience, wide),
        _column(rows.interruptible, np.bool_),
        _column(rows.category, narrow),
        _column(order, wide),
        _column(rows.predecessor, wide),
    )


def _log(plan: Plan) -> Any:
    log = np.empty((at.LOG_COLUMNS, len(plan.activities)), dtype=np.int64)
    log[: at.BY + 1] = -1
    log[at.BY + 1 : at.LEFT] = 0
    log[at.LEFT] = plan.activities.effort
    return log


def _weeks(plan: Plan) -> Any:
    """Idle time begins as the time available; work will be taken off it."""
    roster = plan.roster
    weeks = np.zeros((2, len(roster.cadre_unit) * plan.weeks), dtype=np.int64)
    weeks[at.IDLE] = available_seconds(plan)[roster.unit_shift[roster.cadre_unit]].ravel()
    return weeks


def _unit_idle(plan: Plan) -> Any:
    """The same by unit and day."""
    roster = plan.roster
    by_day = np.zeros((len(plan.shifts), plan.days), dtype=np.int64)
    for shift, windows in enumerate(plan.shifts):
        regular = ~windows.evening
        np.add.at(by_day[shift], windows.opens[regular] // DAY, (windows.closes - windows.opens)[regular])
    staff = np.bincount(roster.cadre_unit, minlength=len(roster.unit_shift))
    return (staff[:, None] * by_day[roster.unit_shift]).ravel()


def _column(column: NDArray[Any], dtype: Any) -> Any:
    """Give a column of the plan as it is, if it is as the kernel is compiled for."""
    return np.require(column, dtype=dtype, requirements=("C", "W"))


def _order(plan: Plan, bits: int) -> tuple[Any, int]:
    """Fold rank and due into one number, and tell how many of its bits are the due's."""
    rows = plan.activities
    if not len(rows):
        return rows.release, 0
    rank: Any = rows.rank.astype(np.int64) - int(rows.rank.min())
    due: Any = np.zeros_like(rank)
    if plan.discipline == "earliest_due":
        due = np.where(rows.due < 0, int(rows.due.max()) + 1, rows.due)
    for _ in range(2):
        due_bits = int(due.max()).bit_length()
        if int(rank.max()).bit_length() + due_bits + bits <= MOST_BITS:
            return rank << due_bits | due, due_bits
        rank, due = (np.unique(column, return_inverse=True)[1] for column in (rank, due))
    raise EngineFault("plan: too many rows, ranks and due dates for one key")


def _chained(columns: Iterable[Any]) -> Any:
    return np.concatenate([np.zeros(0, dtype=np.int64), *columns], dtype=np.int64)


def _windows(plan: Plan) -> Any:
    """All windows of one shift after those of the other."""
    columns = (_chained(getattr(windows, name) for windows in plan.shifts) for name in ("opens", "closes", "evening"))
    return np.stack(list(columns))


def _regular_opens(plan: Plan) -> list[Any]:
    return [windows.opens[~windows.evening] for windows in plan.shifts]


def _rounds(plan: Plan) -> Any:
    """When units exchange work."""
    openings = np.unique(_chained(_regular_opens(plan)))
    return openings[(openings > 0) & (openings < plan.horizon)]


def _units(plan: Plan, lists: Lists, per_unit: Any) -> Any:
    rows, roster = plan.activities, plan.roster
    units, cadres = len(roster.unit_shift), len(roster.cadre_unit)
    shift = roster.unit_shift
    dated, fixed = rows.predecessor < 0, rows.start >= 0
    releases, meetings = np.flatnonzero(dated & ~fixed), np.flatnonzero(fixed)
    when = rows.release.copy()
    when[meetings] = rows.start[meetings]
    if np.any((when[1:] < when[:-1]) & (rows.unit[1:] == rows.unit[:-1])):
        releases = releases[np.lexsort((releases, when[releases], rows.unit[releases]))]
    meetings = meetings[np.lexsort((meetings, rows.rank[meetings], rows.start[meetings], rows.unit[meetings]))]
    timed = np.bincount(rows.unit[~dated | (rows.patience >= 0)], minlength=units)
    lengths = np.array([len(windows.opens) for windows in plan.shifts])
    window_ends = np.cumsum(lengths)
    staff = np.bincount(roster.cadre_unit, minlength=units)
    table = np.zeros((units, at.UNIT_FIELDS), dtype=np.int64)
    table[:, at.NUMBER] = np.arange(units)
    table[:, [at.SOONEST, at.ALARM]] = NEVER
    table[:, [at.CLOSING, at.MIDNIGHT, at.STIRRED]] = -1
    table[:, [at.CHANGE, at.MEETING]] = NEVER
    table[:, at.FIRST_ROW] = np.cumsum(per_unit) - per_unit
    table[:, at.CADRES_END] = np.cumsum(staff)
    table[:, at.FIRST_CADRE] = table[:, at.CADRES_END] - staff
    table[:, at.RING] = cadres + np.arange(units)
    table[:, at.ALARMS] = np.cumsum(timed) - timed
    table[:, at.WINDOW] = (window_ends - lengths)[shift]
    table[:, at.WINDOWS_END] = window_ends[shift]
    openings = _regular_opens(plan)
    first, last = lists.add(
        _chained(openings), np.repeat(np.arange(len(openings)), list(map(len, openings))), len(openings)
    )
    table[:, at.OPENINGS], table[:, at.OPENINGS_END] = first[shift], last[shift]
    table[:, at.NEXT_RELEASE], table[:, at.RELEASES_END] = lists.add(releases, rows.unit[releases], units)
    table[:, at.NEXT_MEETING], table[:, at.MEETINGS_END] = lists.add(meetings, rows.unit[meetings], units)
    table[:, at.ALL_TEAMS], table[:, at.ALL_TEAMS_END] = lists.add(
        np.argsort(roster.team_unit, kind="stable"), roster.team_unit, units
    )
    some = lengths[shift] > 0
    table[some, at.CHANGE] = _windows(plan)[at.OPENS][table[some, at.WINDOW]]
    meets = table[:, at.NEXT_MEETING] < table[:, at.MEETINGS_END]
    table[meets, at.MEETING] = rows.start[meetings[table[meets, at.NEXT_MEETING] - table[0, at.NEXT_MEETING]]]
    return table


def _cadres(plan: Plan, lists: Lists) -> Any:
    roster = plan.roster
    cadres, units = len(roster.cadre_unit), len(roster.unit_shift)
    table = np.full((cadres + units, at.CADRE_FIELDS), -1, dtype=np.int64)
    table[:, at.ENDS] = NEVER
    unit = np.concatenate((roster.cadre_unit, np.arange(units)))
    ring = np.argsort(unit, kind="stable")
    following = np.roll(ring, -1)
    # The end of a ring is the last of its unit, and followed by the first.
    ends = cadres + np.arange(units)
    sizes = np.bincount(unit)
    first = ring[np.cumsum(sizes) - sizes]
    table[ring, at.AFTER] = following
    table[ends, at.AFTER] = first
    table[table[:, at.AFTER], at.BEFORE] = np.arange(cadres + units)
    in_team = np.repeat(np.arange(len(roster.team_unit)), np.diff(roster.team_offset))
    by_cadre = np.argsort(roster.team_members, kind="stable")
    table[:cadres, at.OWN_TEAMS], table[:cadres, at.OWN_TEAMS_END] = lists.add(
        in_team[by_cadre], roster.team_members, cadres
    )
    return table


def _teams(plan: Plan, lists: Lists) -> Any:
    roster = plan.roster
    teams = len(roster.team_unit)
    most = np.bincount(plan.activities.team, minlength=teams)
    in_team = np.repeat(np.arange(teams), np.diff(roster.team_offset))
    table = np.zeros((teams, at.TEAM_FIELDS), dtype=np.int64)
    table[:, at.HEAD] = NEVER
    table[:, at.BASE] = np.cumsum(most) - most
    table[:, at.CHAIN] = at.APART
    table[:, at.MEMBERS], table[:, at.MEMBERS_END] = lists.add(roster.team_members, in_team, teams)
    return table


def _groups(plan: Plan, lists: Lists, *, linked: bool) -> Any:
    """Group the units that work passes between, directly or through others."""
    rows, units = plan.activities, len(plan.roster.unit_shift)
    group: Any = np.arange(units)
    if linked:
        follower = np.flatnonzero(rows.predecessor >= 0)
        one, other = rows.unit[follower], rows.unit[rows.predecessor[follower]]
        crossing = one != other
        one, other = one[crossing], other[crossing]
        while np.any(group[one] != group[other]):
            least = np.minimum(group[one], group[other])
            np.minimum.at(group, group[one], least)
            np.minimum.at(group, group[other], least)
            group = group[group]
        _, group = np.unique(group, return_inverse=True)
    bounds = lists.add(np.argsort(group, kind="stable"), group, int(group.max()) + 1)
    return np.ascontiguousarray(np.stack(bounds, axis=1))


def empty_plan() -> Plan:
    """Give a plan of one cadre without work."""
    none, one = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int32)
    columns: dict[str, Any] = {f.name: none for f in fields(Activities)}
    return Plan(
        activities=Activities(**columns),
        roster=Roster(one, one, one, np.arange(2, dtype=np.int32), one),
        shifts=(Windows(none, none, none.astype(np.bool_)),),
        horizon=DAY,
        first_weekday=0,
        discipline="first_come",
        preemptive=False,
        switching_cost=0,
    )


def as_lists(world: World) -> World:
    """Give plain Python lists, which it reads one by one far faster than arrays."""
    arrays: dict[str, Any] = world._asdict()
    rows, rules = arrays.pop("rows"), arrays.pop("rules")
    lists: dict[str, Any] = {name: array.tolist() for name, array in arrays.items()}
    return World(**lists, rows=[column.tolist() for column in rows], rules=rules)


def write_log(plan: Plan, world: World) -> RunLog:
    """Read the log off the tables after the last second."""
    roster = plan.roster
    cadres, units = len(roster.cadre_unit), len(roster.unit_shift)
    log: Any = np.asarray(world.log, dtype=np.int64)
    weeks = np.asarray(world.weeks, dtype=np.int64).reshape(2, cadres, plan.weeks)
    return RunLog(
        start=log[at.BEGUN],
        finish=log[at.FINISHED],
        released=log[at.RELEASED],
        interruptions=log[at.INTERRUPTIONS].astype(np.int32),
        missed=log[at.MISSED].astype(np.int32),
        gave_up=log[at.GAVE_UP].astype(np.bool_),
        overtime=log[at.OVERTIME],
        worked=log[at.WORKED],
        cadre=log[at.BY],
        seconds=np.asarray(world.seconds, dtype=np.int64).reshape(cadres, plan.weeks, len(CATEGORIES)),
        overtime_seconds=weeks[at.OVERTIME_SECONDS],
        idle=weeks[at.IDLE],
        unit_idle=np.asarray(world.unit_idle, dtype=np.int64).reshape(units, plan.days),
        events=int(np.asarray(world.units)[:, [at.EVENTS, at.ARRIVALS]].sum()),
        spans=_sorted(world) if world.rules.keep_spans else None,
    )


def _sorted(world: World) -> Spans:
    columns = np.asarray(world.spans, dtype=np.int64)[:, : world.span_count[0]]
    columns = columns[:, np.lexsort((columns[at.SPAN_BEGIN], columns[at.SPAN_CADRE]))]
    return Spans(*(column.copy() for column in columns))
