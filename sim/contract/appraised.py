"""Data behind the scores of one appraisal, for the metrics. Engines do not read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.domain.obligations.appraisal import FieldExam
    from sim.domain.scoring import Scoring


@dataclass(frozen=True)
class Appraised:
    """The examinations of one appraisal, the real units they score, and the random errors of the examiners.

    A simulated unit may stand for several real units; scores are computed for each real unit.
    """

    scoring: Scoring
    exam: FieldExam | None
    """None where every examination is announced."""
    unit: NDArray[np.int64]
    """Simulated unit that is examined, shape (examinations,)."""
    start: NDArray[np.int64]
    """Second at which the examiners come, shape (examinations,)."""
    held: NDArray[np.bool_]
    """True unless the examiners could not come; without a visit only data are scored, shape (examinations,)."""
    quiet: NDArray[np.bool_]
    """True for an unannounced examination, in which the unit takes no part, shape (examinations,)."""
    paper: NDArray[np.bool_]
    """True for an unannounced examination that includes an exam on the spot, shape (examinations,)."""
    piece_row: NDArray[np.int64]
    """Row of a piece of preparation, shape (pieces,); -1 if the piece lies outside the simulated year."""
    piece_of: NDArray[np.int64]
    """Index of the examination that the piece prepares, shape (pieces,)."""
    piece_weight: NDArray[np.float64]
    """Factor from hours of the piece to hours that count as window-dressing, shape (pieces,)."""
    performance: NDArray[np.float64]
    """True performance of a real unit in points, shape (real units,)."""
    skill: NDArray[np.float64]
    """Skill of a real unit at presenting itself, mean 1, shape (real units,)."""
    common: NDArray[np.float64]
    """Error that all looks at a real unit have in common, in points, shape (real units,)."""
    routine: NDArray[np.float64]
    """Own error of one look at the routine data in points, shape (real units,)."""
    looks: NDArray[np.int64]
    """Looks whose mean is the routine data: departments times occasions, shape (examinations,)."""
    pair_of: NDArray[np.int64]
    """Index of the examination in a pair of examination and real unit, shape (pairs,)."""
    pair_real: NDArray[np.int64]
    """Index of the real unit in the pair, shape (pairs,)."""
    seen: NDArray[np.float64]
    """Own error of the examiners on an announced visit in points, shape (pairs,)."""
    graded: NDArray[np.float64]
    """Own error of the examiners on an unannounced visit in points, shape (pairs, indicators)."""

    def in_rows(self, row_of: NDArray[np.int64], start: NDArray[np.int64], held: NDArray[np.bool_]) -> Self:
        """Return a copy in which `piece_row` holds rows of the plan, handle h as `row_of[h]`, with booked times."""
        return replace(self, piece_row=row_of[self.piece_row], start=start, held=held)
