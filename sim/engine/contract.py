"""The contract between plan, engine and metrics: `Plan` in, `RunLog` out.

An engine is a deterministic function of the plan. All times are integer seconds since 00:00 on
1 January of the simulated year; -1 means "none". The rules are the same in every engine, to the second.

Work
    1. A row with `start >= 0` is an *appointment*: it begins at `start`, takes `effort` seconds of up to `seats`
       cadres of its team, is never interrupted, and may run outside working windows (that part is overtime).
       It has no predecessor and no patience, and its `release` is ignored.
    2. Every other row is *flexible* work: one cadre of the team works `effort` seconds on it inside working windows.
    3. A flexible row with a predecessor is released at max(`release`, the predecessor's finish) in the same unit. From
       another unit it is released at max(`release`, first regular opening of the receiving unit strictly after the
       predecessor's finish); any regular window's `opens` counts, also one that touches the window before, and without
       one it is never released. An appointment nobody attended counts as finished at its start. A row whose
       predecessor gave up or was itself cancelled is cancelled: never released.

One instant (all events of one second, then one dispatch)
    4. Phases: finishes; window changes; appointment starts by (rank, row); releases; give-ups; dispatch.
       A release caused by a finish of this instant belongs to this instant.
    5. Appointment start: take idle cadres of the team, longest idle first (`idle since`, cadre id); then cadres whose
       flexible work, running or held, is interruptible: largest rank first, then last in the discipline's order.
       What is missing to `seats` is *missed*.
    6. Give-up: flexible work never started by effective release + `patience` leaves (before this instant's dispatch).
    7. The discipline's order of queued work: rank, then (`first_come`) effective release, row, or
       (`earliest_due`) due (none = last), effective release, row.
    8. Dispatch, inside a window only. Idle cadres, longest idle first, ties by cadre id, each take the first queued row
       whose team they belong to. Then, if `preemptive`: the first queued row that has a victim takes it. Both again,
       idle cadres first (the work sent back may suit one), until neither happens. A victim is a team member running
       interruptible work of a strictly larger rank: largest rank first, then last in order. Interrupted work goes back
       to its place in the queue; each time interrupted work is taken up again its remaining time grows by
       `switching_cost`. Any team member may take it up. Work taken up and interrupted within one instant has begun
       (`start`, `cadre`) and was interrupted.

Windows
    9. At a close, running flexible work is *held* by its cadre, and goes on with that cadre at the next opening; this
       is no interruption. A cadre holding work is not idle.
    10. In an evening window only work with 0 <= due <= midnight at the end of that day is worked on. Held work that is
        due goes on; other held work stays held. Dispatch sees only queued work that is due. After idle cadres have
        taken theirs, the first queued due row with a victim takes it, where cadres holding interruptible work that is
        not due come first as victims (largest rank, last in order) whatever the rank and the `preemptive` setting;
        such work is interrupted.
    11. Idle since: the instant of the cadre's last finish (0 at the beginning). A cadre whose work is interrupted is
        taken at once by what interrupted, so never becomes idle by it.

Books
    12. Per cadre and week: worked seconds by category. The first and last `travel // 2` seconds of an appointment
        (the odd second goes to the first part) count as `TRAVEL_CATEGORY`. Worked seconds outside regular windows are
        overtime.
    13. Idle = regular window seconds - regular worked seconds; held work in a closed window costs nothing.
        Conservation, checked in every run: worked - overtime + idle = available.
    14. Instants before `horizon` are processed, `horizon` itself is not: running work is booked to there and stays
        open.
    15. `events` counts, before the horizon: per unit the seconds at which a window opens or closes (a touching pair is
        one), appointment starts, releases of flexible rows, finishes (an appointment's crew is one; nobody, none) and
        give-ups. Spans are as long as can be: touching ones of one cadre and row are one; none is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.domain.category import CATEGORIES, Category
from sim.errors import EngineFault

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.engine.setting import Setting

Discipline = Literal["first_come", "earliest_due"]

DAY = 86_400
"""Seconds in a day."""
TRAVEL_CATEGORY = CATEGORIES.index(Category.MEETING_TRAVEL)
"""Category that the travel part of any appointment is booked to."""


@dataclass(frozen=True)
class Windows:
    """Working windows of one shift, in order, without overlap, none crossing midnight, all inside the run.

    Windows may touch: a close and an opening of one second are taken as one change, and held work simply goes on.

    `opens`, `closes`: int64 seconds, shape (windows,). `evening`: bool, shape (windows,); True for the overtime window
    of a day, False for regular hours.
    """

    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    evening: NDArray[np.bool_]


@dataclass(frozen=True)
class Roster:
    """Who there is.

    Units are numbered 0..units-1 and cadres 0..cadres-1, cadres of one unit being consecutive.
    """

    unit_shift: NDArray[np.int32]
    """Shape (units,): index into `Plan.shifts`."""
    cadre_unit: NDArray[np.int32]
    """Shape (cadres,), not decreasing."""
    team_unit: NDArray[np.int32]
    """Shape (teams,)."""
    team_offset: NDArray[np.int32]
    """Shape (teams + 1,): the members of team k are team_members[team_offset[k]:team_offset[k + 1]]."""
    team_members: NDArray[np.int32]
    """Cadre ids, ascending inside a team, all of the team's unit."""


@dataclass(frozen=True)
class Activities:
    """The demanded work, one row an activity, sorted by (unit, release or start, identity).

    All arrays have shape (rows,).
    """

    identity: NDArray[np.uint64]
    """Same in every regime for the same piece of work; unique."""
    unit: NDArray[np.int32]
    team: NDArray[np.int32]
    seats: NDArray[np.int32]
    """Cadres wanted by an appointment; 1 for flexible work."""
    release: NDArray[np.int64]
    due: NDArray[np.int64]
    start: NDArray[np.int64]
    """Fixed start of an appointment, else -1."""
    effort: NDArray[np.int64]
    """Seconds of one cadre, at least 1."""
    travel: NDArray[np.int64]
    """Seconds of an appointment's effort spent on the road, there and back together; 0 for flexible work."""
    rank: NDArray[np.int32]
    """0 is served first."""
    predecessor: NDArray[np.int64]
    """Row, or -1."""
    patience: NDArray[np.int64]
    """Seconds from effective release until the work is given up if not begun, or -1."""
    interruptible: NDArray[np.bool_]
    category: NDArray[np.int32]
    """Index into `CATEGORIES`."""
    obligation: NDArray[np.int32]
    """Index into the plan's obligation names."""
    issuer: NDArray[np.int32]
    """Who makes this work, index into `Setting.issuers`; -1 for residents."""
    part: NDArray[np.int32]
    """Index into `PARTS`: which step of the obligation this is."""

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.identity)


@dataclass(frozen=True)
class Plan:
    """What falls due in one replication of one regime."""

    activities: Activities
    roster: Roster
    shifts: tuple[Windows, ...]
    horizon: int
    """End of the run, seconds; a multiple of `DAY`."""
    first_weekday: int
    """Weekday of second 0, Monday = 0: week k holds the days with (day + first_weekday) // 7 == k."""
    discipline: Discipline
    preemptive: bool
    switching_cost: int
    """Seconds added each time interrupted work is taken up again."""
    setting: Setting | None = None
    """Names and facts for the metrics; engines do not look at it."""

    @property
    def days(self) -> int:
        """Days of the run."""
        return self.horizon // DAY

    @property
    def weeks(self) -> int:
        """Calendar weeks the run touches."""
        return (self.days - 1 + self.first_weekday) // 7 + 1


@dataclass(frozen=True)
class Spans:
    """Stretches of time of cadres, sorted by (cadre, begin); all arrays int64 of shape (spans,)."""

    cadre: NDArray[np.int64]
    row: NDArray[np.int64]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]


@dataclass(frozen=True)
class RunLog:
    """What happened: per activity, and the books per cadre."""

    start: NDArray[np.int64]
    """First second of work, -1 if never begun (or nobody attended). Shape (rows,)."""
    finish: NDArray[np.int64]
    """Second of completion, -1 if open at the horizon, given up, cancelled or not attended. Shape (rows,)."""
    released: NDArray[np.int64]
    """Effective release (an appointment's start), -1 if never released before the horizon. Shape (rows,)."""
    interruptions: NDArray[np.int32]
    missed: NDArray[np.int32]
    """Seats of an appointment nobody took."""
    gave_up: NDArray[np.bool_]
    overtime: NDArray[np.int64]
    """Cadre-seconds outside regular windows, over all seats. Shape (rows,)."""
    worked: NDArray[np.int64]
    """Cadre-seconds worked, over all seats. Shape (rows,)."""
    cadre: NDArray[np.int64]
    """Cadre who finished or last worked on the row (lowest id of an appointment's crew), -1 if nobody."""
    seconds: NDArray[np.int64]
    """Worked seconds. Shape (cadres, weeks, categories)."""
    overtime_seconds: NDArray[np.int64]
    """Shape (cadres, weeks)."""
    idle: NDArray[np.int64]
    """Regular window seconds without work. Shape (cadres, weeks)."""
    unit_idle: NDArray[np.int64]
    """The same by unit and day. Shape (units, days)."""
    events: int
    """Finishes, window changes, appointment starts, releases and give-ups processed."""
    spans: Spans | None = None
    """Full spans, only where they were asked for."""


def check_plan(plan: Plan) -> None:
    """Refuse a plan that breaks the contract, before an engine trusts it with its memory.

    Raises:
        EngineFault: naming the first broken rule.
    """
    size = len(plan.activities)
    if any(len(getattr(plan.activities, f.name)) != size for f in fields(plan.activities)):
        raise EngineFault("plan: columns differ in length")
    for rules in (_broken_by_roster, _broken_by_indices, _broken_by_rows):
        for rule, is_broken in rules(plan).items():
            if is_broken:
                raise EngineFault(f"plan: {rule}")


def _broken_by_roster(plan: Plan) -> dict[str, bool]:
    """Rules of who there is and when."""
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
    }


def _broken_by_indices(plan: Plan) -> dict[str, bool]:
    """Rules of what rows point to."""
    rows = plan.activities
    return {
        "unit must exist": _outside(rows.unit, len(plan.roster.unit_shift)),
        "team must exist": _outside(rows.team, len(plan.roster.team_unit)),
        "category must exist": _outside(rows.category, len(CATEGORIES)),
        "predecessor must exist": bool(np.any(rows.predecessor >= len(rows))),
    }


def _broken_by_rows(plan: Plan) -> dict[str, bool]:
    """Rules of what is to be done, in a plan whose indices hold."""
    rows, roster = plan.activities, plan.roster
    flexible = rows.start < 0
    fixed = np.flatnonzero(~flexible)
    of_members = np.repeat(roster.team_unit, np.diff(roster.team_offset))
    return {
        "effort must be at least 1 s": bool(np.any(rows.effort < 1)),
        "effort and patience must be below 2**60 s": any(
            bool(np.any(column >= 1 << 60)) for column in (rows.effort, rows.patience)
        ),
        "identity must be unique": _repeats(rows.identity),
        "rows must be sorted by unit": bool(np.any(rows.unit[1:] < rows.unit[:-1])),
        "an appointment has no predecessor": bool(np.any(rows.predecessor[fixed] >= 0)),
        "an appointment has no patience": bool(np.any(rows.patience[fixed] >= 0)),
        "travel must fit into effort": bool(np.any(rows.travel < 0) or np.any(rows.travel > rows.effort)),
        "flexible work has no travel": bool(np.any(flexible & (rows.travel != 0))),
        "flexible work has one seat": bool(np.any(flexible & (rows.seats != 1))),
        "an appointment needs a seat": bool(np.any(rows.seats[fixed] < 1)),
        "release must not be negative": bool(np.any(flexible & (rows.release < 0))),
        "team must be of the row's unit": bool(np.any(roster.team_unit[rows.team] != rows.unit)),
        "members must be of their team's unit": bool(np.any(roster.cadre_unit[roster.team_members] != of_members)),
    }


def _outside(values: NDArray[np.integer], end: int) -> bool:
    """Tell whether an index is below 0 or not below the end."""
    return len(values) > 0 and bool(values.min() < 0 or values.max() >= end)


def _repeats(values: NDArray[np.uint64]) -> bool:
    """Tell whether a value occurs twice; sorting is far cheaper than `np.unique`."""
    ordered = np.sort(values)
    return bool(np.any(ordered[1:] == ordered[:-1]))


def _in_order(windows: Windows, horizon: int) -> bool:
    """Tell whether no window is empty, overlaps the next, crosses midnight or leaves the run."""
    opens, closes = windows.opens, windows.closes
    proper = (opens >= 0) & (opens < closes) & (closes <= horizon) & (opens // DAY == (closes - 1) // DAY)
    return bool(np.all(proper) and np.all(closes[:-1] <= opens[1:]))


def check_conservation(plan: Plan, log: RunLog) -> None:
    """Check that every cadre's week adds up: worked - overtime + idle = seconds available in regular windows.

    Raises:
        EngineFault: naming the first cadre and week that do not.
    """
    available = available_seconds(plan)[plan.roster.unit_shift[plan.roster.cadre_unit]]
    booked = log.seconds.sum(axis=2) - log.overtime_seconds + log.idle
    wrong = np.argwhere(booked != available)
    if len(wrong):
        cadre, week = (int(index) for index in wrong[0])
        raise EngineFault(
            f"conservation: cadre {cadre}, week {week}: "
            f"{booked[cadre, week]} s booked, {available[cadre, week]} s available"
        )


def available_seconds(plan: Plan) -> NDArray[np.int64]:
    """Seconds of regular windows, shape (shifts, weeks)."""
    available = np.zeros((len(plan.shifts), plan.weeks), dtype=np.int64)
    for shift, windows in enumerate(plan.shifts):
        regular = ~windows.evening
        week = (windows.opens[regular] // DAY + plan.first_weekday) // 7
        np.add.at(available[shift], week, windows.closes[regular] - windows.opens[regular])
    return available
