"""A brute-force implementation of the engine's contract: slow, and written to be compared with the rules line by line.

It steps from one relevant instant to the next, and at each scans all rows and all cadres. It has no queue and no event
list, and derives running and held work from the clock alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from sim.contract.log import RunLog, Spans
from sim.contract.plan import DAY, TRAVEL_CATEGORY, Plan
from sim.domain.category import CATEGORIES

NEVER = 10**15


@dataclass(eq=False)
class _Row:
    number: int
    unit: int
    team: list[int]
    seats: int
    release: int
    due: int
    start: int
    effort: int
    travel: int
    rank: int
    predecessor: int
    patience: int
    interruptible: bool
    category: int
    state: str = "unreleased"
    """unreleased, queued, in hand, ended"""
    left: int = 0
    released: int = -1
    began: int = -1
    finished: int = -1
    handed_on: int = -1
    interruptions: int = 0
    missed: int = 0
    gave_up: bool = False
    last: int = -1
    worked: int = 0
    overtime: int = 0


@dataclass(eq=False)
class _Cadre:
    identity: int
    unit: int
    row: _Row | None = None
    since: int = 0
    away: bool = False
    came_back: bool = False


@dataclass(eq=False)
class _World:
    plan: Plan
    rows: list[_Row]
    cadres: list[_Cadre]
    now: int = 0
    events: int = 0
    stretches: list[tuple[int, int, int, int]] = field(default_factory=list)


def simulate_by_force(plan: Plan) -> RunLog:
    """Run the plan by the rules of the contract and return the log."""
    world = _World(plan, _read_rows(plan), _read_cadres(plan))
    books = _Books(plan)
    while world.now < plan.horizon:
        _one_instant(world)
        until = _next_instant(world)
        _work(world, until, books)
        world.now = until
    return books.close(world)


def _read_rows(plan: Plan) -> list[_Row]:
    wanted = {f.name for f in fields(_Row)} & {f.name for f in fields(plan.activities)} - {"team"}
    offset, members = plan.roster.team_offset, plan.roster.team_members
    rows = []
    for number in range(len(plan.activities)):
        team = int(plan.activities.team[number])
        row: dict[str, Any] = {name: getattr(plan.activities, name)[number].item() for name in wanted}
        rows.append(_Row(number=number, team=members[offset[team] : offset[team + 1]].tolist(), **row))
    return rows


def _read_cadres(plan: Plan) -> list[_Cadre]:
    return [_Cadre(identity, unit) for identity, unit in enumerate(plan.roster.cadre_unit.tolist())]


def _one_instant(world: _World) -> None:
    """Rule 4."""
    _finishes(world)
    _count_window_changes(world)
    _come_and_go(world)
    _appointments(world)
    _releases(world)
    _give_ups(world)
    for unit in range(len(world.plan.roster.unit_shift)):
        _dispatch(world, unit)


# --- the clock ------------------------------------------------------------------------


def _window(world: _World, unit: int) -> tuple[int, int, bool] | None:
    shift = world.plan.shifts[world.plan.roster.unit_shift[unit]]
    for opens, closes, evening in zip(shift.opens, shift.closes, shift.evening, strict=True):
        if opens <= world.now < closes:
            return int(opens), int(closes), bool(evening)
    return None


def _may_run(world: _World, row: _Row) -> bool:
    """Return whether flexible work in hand or in the queue may be worked on at this instant (rules 2 and 10)."""
    window = _window(world, row.unit)
    if window is None:
        return False
    opens, _, evening = window
    return not evening or 0 <= row.due <= (opens // DAY + 1) * DAY


def _goes_on(world: _World, cadre: _Cadre) -> bool:
    """Return whether the flexible work in hand is worked on at this instant (rules 2, 10 and 16)."""
    return cadre.row is not None and not cadre.away and _may_run(world, cadre.row)


def _is_appointment(row: _Row) -> bool:
    return row.start >= 0


def _next_instant(world: _World) -> int:
    """Return the next second at which the state can change or a sum must be split."""
    plan, now = world.plan, world.now
    instants = {plan.horizon, (now // DAY + 1) * DAY}
    for shift in plan.shifts:
        instants.update(shift.opens.tolist() + shift.closes.tolist())
    for row in world.rows:
        if _is_appointment(row):
            back = row.travel // 2
            end = row.start + row.effort
            instants.update({row.start, row.start + row.travel - back, end - back, end})
        elif row.state == "unreleased":
            instants.add(_release_instant(world, row))
        elif row.patience >= 0:
            instants.add(row.released + row.patience)
    for cadre in world.cadres:
        if cadre.row is not None and not _is_appointment(cadre.row) and _goes_on(world, cadre):
            instants.add(now + cadre.row.left)
    return min(instant for instant in instants if instant > now)


# --- the phases -----------------------------------------------------------------------


def _finishes(world: _World) -> None:
    for row in world.rows:
        crew = [cadre for cadre in world.cadres if cadre.row is row]
        if crew and row.left == 0:
            row.state, row.finished, row.handed_on = "ended", world.now, world.now
            world.events += 1
            for cadre in crew:
                cadre.row, cadre.since, cadre.came_back = None, world.now, False


def _count_window_changes(world: _World) -> None:
    for shift in world.plan.roster.unit_shift:
        windows = world.plan.shifts[shift]
        world.events += world.now in windows.opens or world.now in windows.closes
    moving = [who for who, begin, end in world.plan.roster.absences.tolist() if world.now in (begin, end)]
    world.events += len({world.cadres[who].unit for who in moving})


def _come_and_go(world: _World) -> None:
    """Rule 16."""
    for who, begin, end in world.plan.roster.absences.tolist():
        cadre = world.cadres[who]
        if world.now == begin:
            cadre.away = True
            if cadre.row is not None and _can_be_interrupted(cadre.row):
                _send_back(cadre)
                cadre.row = None
        if world.now == end:
            cadre.away = False
            if cadre.row is None:
                cadre.since, cadre.came_back = world.now, True


def _appointments(world: _World) -> None:
    """Rule 5."""
    starting = [row for row in world.rows if row.start == world.now]
    for row in sorted(starting, key=lambda row: (row.rank, row.number)):
        world.events += 1
        row.released = world.now
        members = [world.cadres[identity] for identity in row.team]
        idle = [cadre for cadre in members if cadre.row is None and not cadre.away]
        idle.sort(key=_longest_idle)
        busy = [cadre for cadre in members if cadre.row is not None and _can_be_interrupted(cadre.row)]
        busy.sort(key=lambda cadre: _order(world, cadre.row))
        crew = (idle + busy[::-1])[: row.seats]
        row.missed = row.seats - len(crew)
        if not crew:
            row.state, row.handed_on = "ended", world.now
            continue
        row.state, row.began, row.left = "in hand", world.now, row.effort
        row.last = min(cadre.identity for cadre in crew)
        for cadre in crew:
            _send_back(cadre)
            cadre.row = row


def _releases(world: _World) -> None:
    for row in world.rows:
        if not _is_appointment(row) and row.state == "unreleased" and _release_instant(world, row) == world.now:
            row.state, row.released, row.left = "queued", world.now, row.effort
            world.events += 1


def _release_instant(world: _World, row: _Row) -> int:
    """Rule 3: the release as far as it is known at this instant, else `NEVER`."""
    if row.predecessor < 0:
        return row.release
    before = world.rows[row.predecessor]
    if before.handed_on < 0:
        return NEVER
    if before.unit == row.unit:
        return max(row.release, before.handed_on)
    shift = world.plan.shifts[world.plan.roster.unit_shift[row.unit]]
    openings = shift.opens[~shift.evening].tolist()
    return max(row.release, min([opening for opening in openings if opening > before.handed_on], default=NEVER))


def _give_ups(world: _World) -> None:
    """Rule 6."""
    for row in world.rows:
        waits = row.state == "queued" and row.began < 0 and row.patience >= 0
        if waits and row.released + row.patience == world.now:
            row.state, row.gave_up = "ended", True
            world.events += 1


# --- dispatch -------------------------------------------------------------------------


def _order(world: _World, row: _Row | None) -> tuple[int, ...]:
    """Rule 7."""
    assert row is not None
    if world.plan.discipline == "first_come":
        return (row.rank, row.released, row.number)
    return (row.rank, row.due if row.due >= 0 else NEVER, row.released, row.number)


def _longest_idle(cadre: _Cadre) -> tuple[int, bool, int]:
    return (cadre.since, cadre.came_back, cadre.identity)


def _can_be_interrupted(row: _Row) -> bool:
    return not _is_appointment(row) and row.interruptible


def _dispatch(world: _World, unit: int) -> None:
    """Rules 8 and 10: one move after the other, each the first that is possible."""
    if _window(world, unit) is None:
        return
    while _idle_takes_one(world, unit) or _one_takes_over(world, unit):
        pass


def _queued(world: _World, unit: int) -> list[_Row]:
    rows = [row for row in world.rows if row.unit == unit and row.state == "queued" and _may_run(world, row)]
    return sorted(rows, key=lambda row: _order(world, row))


def _idle_takes_one(world: _World, unit: int) -> bool:
    idle = [cadre for cadre in world.cadres if cadre.unit == unit and cadre.row is None and not cadre.away]
    for cadre in sorted(idle, key=_longest_idle):
        for row in _queued(world, unit):
            if cadre.identity in row.team:
                _take_up(world, cadre, row)
                return True
    return False


def _one_takes_over(world: _World, unit: int) -> bool:
    for row in _queued(world, unit):
        members = [world.cadres[identity] for identity in row.team]
        soft = [(cadre, cadre.row) for cadre in members if cadre.row is not None and _can_be_interrupted(cadre.row)]
        resting = [cadre for cadre, has in soft if not _may_run(world, has)]
        outranked = [cadre for cadre, has in soft if _may_run(world, has) and has.rank > row.rank]
        victims = resting or (outranked if world.plan.preemptive else [])
        if victims:
            victim = max(victims, key=lambda cadre: _order(world, cadre.row))
            _send_back(victim)
            _take_up(world, victim, row)
            return True
    return False


def _send_back(cadre: _Cadre) -> None:
    if cadre.row is not None:
        cadre.row.state = "queued"
        cadre.row.interruptions += 1


def _take_up(world: _World, cadre: _Cadre, row: _Row) -> None:
    if row.interruptions:
        row.left += world.plan.switching_cost
    if row.began < 0:
        row.began = world.now
    row.state, row.last, cadre.row = "in hand", cadre.identity, row


# --- the books ------------------------------------------------------------------------


class _Books:
    def __init__(self, plan: Plan) -> None:
        cadres, units = len(plan.roster.cadre_unit), len(plan.roster.unit_shift)
        self.seconds = np.zeros((cadres, plan.weeks, len(CATEGORIES)), dtype=np.int64)
        self.overtime = np.zeros((cadres, plan.weeks), dtype=np.int64)
        self.idle = np.zeros((cadres, plan.weeks), dtype=np.int64)
        self.usable = np.zeros((cadres, plan.weeks), dtype=np.int64)
        self.unit_usable = np.zeros((units, plan.days), dtype=np.int64)
        self.free: list[tuple[int, int, int, int]] = []

    def close(self, world: _World) -> RunLog:
        self._add_gaps(world.plan)

        def column(name: str, dtype: Any = np.int64) -> Any:
            return np.array([getattr(row, name) for row in world.rows], dtype=dtype)

        return RunLog(
            start=column("began"),
            finish=column("finished"),
            released=column("released"),
            interruptions=column("interruptions", np.int32),
            missed=column("missed", np.int32),
            gave_up=column("gave_up", np.bool_),
            overtime=column("overtime"),
            worked=column("worked"),
            cadre=column("last"),
            seconds=self.seconds,
            overtime_seconds=self.overtime,
            idle=self.idle,
            usable=self.usable,
            unit_usable=self.unit_usable,
            events=world.events,
            spans=_join(world.stretches),
        )

    def _add_gaps(self, plan: Plan) -> None:
        """Rule 13: idle stretches of one cadre that touch inside one window are one gap."""
        gaps: list[list[int]] = []
        for cadre, opens, begin, end in sorted(self.free):
            if gaps and gaps[-1][:2] == [cadre, opens] and gaps[-1][3] == begin:
                gaps[-1][3] = end
            else:
                gaps.append([cadre, opens, begin, end])
        for cadre, _, begin, end in gaps:
            shortest = int(plan.roster.shortest_gap[cadre]) if len(plan.roster.shortest_gap) else -1
            if 0 <= shortest <= end - begin:
                self.usable[cadre, (begin // DAY + plan.first_weekday) // 7] += end - begin
                self.unit_usable[plan.roster.cadre_unit[cadre], begin // DAY] += end - begin


def _work(world: _World, until: int, books: _Books) -> None:
    """Book the time from this instant to the next; the state does not change in between."""
    now, length = world.now, until - world.now
    week = (now // DAY + world.plan.first_weekday) // 7
    appointments = set()
    for cadre in world.cadres:
        window = _window(world, cadre.unit)
        regular = window is not None and not window[2]
        row = cadre.row
        busy = row is not None and (_is_appointment(row) or _goes_on(world, cadre))
        if window is not None and regular and not busy and not cadre.away:
            books.idle[cadre.identity, week] += length
            books.free.append((cadre.identity, window[0], now, until))
        if row is None or not busy:
            continue
        category = TRAVEL_CATEGORY[row.category] if _is_appointment(row) and _on_the_road(row, now) else row.category
        books.seconds[cadre.identity, week, category] += length
        row.worked += length
        if not regular:
            books.overtime[cadre.identity, week] += length
            row.overtime += length
        world.stretches.append((cadre.identity, row.number, now, until))
        if not _is_appointment(row):
            row.left -= length
        appointments.add(row)
    for row in appointments:
        if _is_appointment(row):
            row.left -= length


def _on_the_road(row: _Row, now: int) -> bool:
    """Rule 12: the odd second belongs to the way there."""
    back = row.travel // 2
    there = row.travel - back
    return now < row.start + there or now >= row.start + row.effort - back


def _join(stretches: list[tuple[int, int, int, int]]) -> Spans:
    """Rule 15: touching spans of one cadre and row are merged."""
    joined: list[list[int]] = []
    for cadre, row, begin, end in sorted(stretches, key=lambda stretch: (stretch[0], stretch[2])):
        if joined and joined[-1][:2] == [cadre, row] and joined[-1][3] == begin:
            joined[-1][3] = end
        else:
            joined.append([cadre, row, begin, end])
    table = np.array(joined, dtype=np.int64).reshape(-1, 4)
    return Spans(*table.T.copy())
