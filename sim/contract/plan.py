"""A plan: dated activities and the cadres who answer them; input of every engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.domain.category import CATEGORIES, Category

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.setting import Setting

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
