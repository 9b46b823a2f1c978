"""Appointments as wanted and as booked, for the metrics and the twin check. Engines do not read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray


NOT_HELD, BEYOND = -1, -2
"""Start of an appointment that is cancelled, and of one that is wanted after the year."""


@dataclass(frozen=True)
class Booked:
    """The appointments of a year. Arrays have shape (appointments,) unless stated otherwise.

    The rows of the plan have the times and people booked; `altered` and `left_out` hold the demand.
    """

    obligation: NDArray[np.int64]
    """Index into `Setting.obligations`."""
    unit: NDArray[np.int64]
    """Unit that is visited or on duty, or that calls a meeting; -1 for a convener outside."""
    identity: NDArray[np.uint64]
    wanted: NDArray[np.int64]
    """Wanted time, seconds."""
    start: NDArray[np.int64]
    """Time booked, seconds; `NOT_HELD` or `BEYOND` if there is none."""
    seats: NDArray[np.int64]
    """Seats wanted of callers, called and escort, shape (appointments, 3)."""
    filled: NDArray[np.int64]
    """Seats booked, of the same shape; those of a cancelled appointment are 0."""
    outside: NDArray[np.int64]
    """Seats of callers outside the simulated units; they count as present."""
    in_vain: NDArray[np.int64]
    """Rows of preparation for cancelled appointments, shape (some rows,)."""
    unreceived: NDArray[np.int64]
    """Rows of hosts of visits that take place without any host, shape (some rows,)."""
    teams: int
    """Number of teams as wanted; teams of exactly the cadres booked follow them in the roster."""
    altered: Altered
    left_out: Mapping[str, NDArray[Any]]
    """Columns of `Activities` for the rows of cancelled appointments, as wanted; none has a predecessor."""


@dataclass(frozen=True)
class Altered:
    """Rows that booking altered, with the columns as wanted; all arrays have shape (some rows,)."""

    row: NDArray[np.int64]
    release: NDArray[np.int64]
    due: NDArray[np.int64]
    start: NDArray[np.int64]
    effort: NDArray[np.int64]
    team: NDArray[np.int32]
