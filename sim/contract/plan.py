"""A plan: dated activities and the cadres who do them. Every engine takes one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.domain.category import CATEGORIES, Category, travel_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.setting import Setting

Discipline = Literal["first_come", "earliest_due"]

DAY = 86_400
"""Seconds in a day."""
TRAVEL_CATEGORY = np.array([CATEGORIES.index(travel_of(category)) for category in CATEGORIES], dtype=np.int64)
"""Index in `CATEGORIES` to which the travel of an appointment is booked, by the appointment's own category."""
INSPECTIONS, INSPECTION_TRAVEL, OTHER_TRAVEL = map(
    CATEGORIES.index, (Category.INSPECTIONS, Category.INSPECTION_TRAVEL, Category.MEETING_TRAVEL)
)
"""The same as numbers: inspections have a travel of their own."""


@dataclass(frozen=True)
class Windows:
    """Working windows of one shift: sorted, without overlap, none crossing midnight, all inside the run.

    Windows may touch: a close and an opening at one second are one change, and held work continues.

    `opens`, `closes`: int64 seconds, shape (windows,). `evening`: bool, shape (windows,); True for the overtime window
    of a day, False for regular hours.
    """

    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    evening: NDArray[np.bool_]


@dataclass(frozen=True)
class Roster:
    """Units, cadres, teams and absences.

    Units are numbered 0..units-1 and cadres 0..cadres-1; the cadres of one unit have consecutive numbers.
    """

    unit_shift: NDArray[np.int32]
    """Shape (units,): index into `Plan.shifts`."""
    cadre_unit: NDArray[np.int32]
    """Shape (cadres,), sorted."""
    team_unit: NDArray[np.int32]
    """Shape (teams,)."""
    team_offset: NDArray[np.int32]
    """Shape (teams + 1,): the members of team k are team_members[team_offset[k]:team_offset[k + 1]]."""
    team_members: NDArray[np.int32]
    """Cadre ids, ascending inside a team, all of the team's unit."""
    absences: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    """Shape (absences, 3): cadre, first second away, first second back; whole days, sorted, with a gap between two
    absences."""
    shortest_gap: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Seconds that a gap must last to be usable (rule 13), -1 if none is; shape (cadres,), or (0,) if none is for all.
    """


@dataclass(frozen=True)
class Activities:
    """The work of a year, one row an activity, sorted by (unit, release or start, identity).

    All arrays have shape (rows,).
    """

    identity: NDArray[np.uint64]
    """Key of a piece of work: unique in the plan, and equal in all regimes that contain the same piece of work."""
    unit: NDArray[np.int32]
    team: NDArray[np.int32]
    seats: NDArray[np.int32]
    """Cadres that an appointment needs; 1 for flexible work."""
    release: NDArray[np.int64]
    due: NDArray[np.int64]
    start: NDArray[np.int64]
    """Fixed start of an appointment, -1 for flexible work."""
    effort: NDArray[np.int64]
    """Seconds of one cadre, at least 1."""
    travel: NDArray[np.int64]
    """Seconds of an appointment's effort spent travelling, both ways together; 0 for flexible work."""
    rank: NDArray[np.int32]
    """Priority: 0 is served first."""
    predecessor: NDArray[np.int64]
    """Row that must finish first, or -1."""
    patience: NDArray[np.int64]
    """Seconds after effective release at which work that has not begun is given up; -1 for never."""
    interruptible: NDArray[np.bool_]
    category: NDArray[np.int32]
    """Index into `CATEGORIES`."""
    obligation: NDArray[np.int32]
    """Index into `Setting.obligations`."""
    issuer: NDArray[np.int32]
    """Index into `Setting.issuers` of the body that causes the work; -1 for residents."""
    part: NDArray[np.int32]
    """Index into `PARTS`: the step of the obligation."""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.identity)


@dataclass(frozen=True)
class Plan:
    """The work that falls due in one replication of one regime, and the cadres who do it."""

    activities: Activities
    roster: Roster
    shifts: tuple[Windows, ...]
    horizon: int
    """End of the run, seconds; a multiple of `DAY`."""
    first_weekday: int
    """Weekday of second 0, Monday = 0: week k consists of the days with (day + first_weekday) // 7 == k."""
    discipline: Discipline
    preemptive: bool
    switching_cost: int
    """Seconds added each time interrupted work is taken up again."""
    setting: Setting | None = None
    """Names and data for the metrics; engines do not read it."""

    @property
    def days(self) -> int:
        """Number of days of the run."""
        return self.horizon // DAY

    @property
    def weeks(self) -> int:
        """Number of calendar weeks (Monday to Sunday) that the run touches."""
        return (self.days - 1 + self.first_weekday) // 7 + 1
