"""A run log: when each activity was worked on, and the books per cadre; output of every engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
