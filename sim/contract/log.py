"""A run log: start and finish of each activity, and working time per cadre. Every engine returns one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Spans:
    """Working time of cadres as spans, sorted by (cadre, begin); all arrays int64 of shape (spans,).

    `row` is the activity worked on from second `begin` to second `end`.
    """

    cadre: NDArray[np.int64]
    row: NDArray[np.int64]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]


@dataclass(frozen=True)
class RunLog:
    """Result of one run: per activity, and the books per cadre."""

    start: NDArray[np.int64]
    """First second of work, -1 if never begun or not attended. Shape (rows,)."""
    finish: NDArray[np.int64]
    """Second of completion, -1 if open at the horizon, given up, cancelled or not attended. Shape (rows,)."""
    released: NDArray[np.int64]
    """Effective release (an appointment's start), -1 if never released before the horizon. Shape (rows,)."""
    interruptions: NDArray[np.int32]
    missed: NDArray[np.int32]
    """Seats of an appointment that stayed empty. Shape (rows,)."""
    gave_up: NDArray[np.bool_]
    overtime: NDArray[np.int64]
    """Cadre-seconds outside regular windows, over all seats. Shape (rows,)."""
    worked: NDArray[np.int64]
    """Cadre-seconds worked, over all seats. Shape (rows,)."""
    cadre: NDArray[np.int64]
    """Cadre who finished or last worked on the row (lowest id of an appointment's crew), -1 if none. Shape (rows,)."""
    seconds: NDArray[np.int64]
    """Worked seconds. Shape (cadres, weeks, categories)."""
    overtime_seconds: NDArray[np.int64]
    """Worked seconds outside regular windows. Shape (cadres, weeks)."""
    idle: NDArray[np.int64]
    """Regular window seconds without work. Shape (cadres, weeks)."""
    usable: NDArray[np.int64]
    """Seconds of usable gaps (rule 13). Shape (cadres, weeks)."""
    unit_usable: NDArray[np.int64]
    """Seconds of usable gaps, summed over the unit's cadres. Shape (units, days)."""
    events: int
    """Number of finishes, window changes, appointment starts, releases and give-ups (rule 15)."""
    spans: Spans | None = None
    """All spans if the run was asked to keep them, else None."""
