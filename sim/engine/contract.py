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

Absences
    16. A cadre is *away* on the whole days of his absences. At the second an absence begins, with the window changes,
        he hands back the interruptible work he holds, which counts as interrupted; other work waits in his hand. Away
        he takes up nothing, attends nothing and goes on with nothing, and no window is his: it is neither available
        nor idle. An appointment he is in he sees through. At the second the absence ends he is idle, since then but
        behind those who became idle at that second by a finish, or goes on with what he kept. At both seconds his unit
        is closed, and an appointment that runs then ends before the unit opens next. Each second at which somebody of
        the unit leaves or comes back is an event, as a window change is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.domain.category import CATEGORIES, Category

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
    absences: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    """Shape (absences, 3): cadre, second of the first midnight, second of the last midnight; sorted, apart."""


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
