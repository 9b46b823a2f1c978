"""Appointments while they are written: the wanted time, the ends that must meet, and the work that moves along."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.domain.booking import OwnBooking
    from sim.domain.category import Category
    from sim.plan.identity.timeline import Timeline
    from sim.units import Workdays


class End(IntEnum):
    """End of an appointment at which a cadre takes part."""

    CALLERS = 0
    """Visitors, conveners, examiners, or those on duty."""
    CALLED = 1
    """Hosts, audience, examined."""
    ESCORT = 2
    """Counts for no quorum."""


@dataclass(frozen=True)
class Terms:
    """Rules that appointments of one batch have in common."""

    source: str
    """Name of the obligation, `obligations.x`."""
    category: Category
    between: tuple[str, ...]
    """Unit types of both ends, the visited one last; a type outside the organisation has no calendar."""
    booking: OwnBooking | None = None
    own_turn: bool = False
    """Whether it is the turn of one cadre, which is booked before all appointments."""
    keeps_clock: bool = False
    """Whether it can only be moved to other days."""
    is_visit: bool = False
    """Whether it takes longer with fewer callers."""


@dataclass(frozen=True)
class Batch:
    """Appointments written together; all arrays have shape (appointments,)."""

    terms: Terms
    identity: NDArray[np.uint64]
    unit: NDArray[np.int64]
    """Unit that is visited, called or on duty; the convener of a meeting, -1 for one outside."""
    wanted: NDArray[np.int64]
    length: NDArray[np.int64]
    """Seconds on the spot."""
    outside: NDArray[np.int64]
    """Seats of callers who are not simulated; they count as present."""
    surprise: NDArray[np.bool_]
    """True for a visit without notice, which books its callers only."""
    parent: NDArray[np.int64]
    """Appointment that it follows, -1 for none."""
    after: int
    """Working days between the parent and the appointment."""


@dataclass(frozen=True)
class At:
    """The appointment in which each row of a family takes part, and the end at which it does."""

    appointment: NDArray[np.int64]
    """Shape (rows,)."""
    end: End
    later: int = 0
    """Working days from the appointment to the row, by the calendar of the visited unit type."""


@dataclass(frozen=True)
class Follow:
    """Flexible work that is dated by an appointment: preparation before it, rectification after it."""

    appointment: NDArray[np.int64]
    """Appointment of each row, shape (rows,)."""
    wanted: NDArray[np.int64]
    """Wanted time of the appointment, shape (rows,)."""
    on: str
    """Unit type by whose calendar the working days count."""
    days: int
    """Working days from the appointment to the day of release; zero or below for work that is due when it starts."""
    clock: ArrayLike
    """Second of that day at which the work is released."""
    within: Workdays | None = None
    """Working days from the release to the deadline; None for work that is due when the appointment starts."""

    def dates(
        self, timeline: Timeline, start: NDArray[np.int64], rows: NDArray[np.int64] | slice = slice(None)
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return release and deadline of the rows for appointments that start at `start`; all of shape (rows,)."""
        clock = np.broadcast_to(np.asarray(self.clock), self.appointment.shape)[rows]
        release = timeline.shift_days(timeline.day_of(start), self.days) * DAY + clock
        if self.within is None:
            return np.minimum(release, start), start
        release = np.maximum(release, start)
        return release, timeline.due_after(release, self.within)


@dataclass
class Appointments:
    """All appointments of a draft, in the order of writing; an appointment is its index in that order."""

    size: int = 0
    batches: list[Batch] = field(default_factory=list)
    seats: list[tuple[int, At]] = field(default_factory=list)
    """Families of rows that take part, with their index in `Rows`."""
    followers: list[tuple[int, Follow]] = field(default_factory=list)
    """Families of rows that move along, with their index in `Rows`."""

    def add(self, batch: Batch) -> NDArray[np.int64]:
        """Add a batch and return its appointments."""
        self.batches.append(batch)
        self.size += len(batch.wanted)
        return np.arange(self.size - len(batch.wanted), self.size, dtype=np.int64)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of all batches, shape (appointments,)."""
        return np.concatenate([getattr(batch, name) for batch in self.batches])

    def spread(self, values: list[Any]) -> NDArray[Any]:
        """Return one value a batch for each appointment, shape (appointments,)."""
        return np.repeat(np.asarray(values), [len(batch.wanted) for batch in self.batches])
