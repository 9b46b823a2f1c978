"""What the scores of an appraisal depend on. Engines do not look at it; metrics do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.domain.relief_of_appraisal import FieldExam
    from sim.domain.scoring import Scoring


@dataclass(frozen=True)
class Appraised:
    """The examinations of one appraisal, the real units behind the simulated ones, and what examiners get wrong."""

    scoring: Scoring
    exam: FieldExam | None
    """None where every examination is announced."""
    unit: NDArray[np.int64]
    """Simulated unit, shape (examinations,)."""
    start: NDArray[np.int64]
    """When the examiners come."""
    quiet: NDArray[np.bool_]
    """Goes on without the unit."""
    paper: NDArray[np.bool_]
    """Without the unit, and with an exam on the spot."""
    piece_row: NDArray[np.int64]
    """Row of a piece of preparation, shape (pieces,); -1 where it is not in the year."""
    piece_of: NDArray[np.int64]
    """Examination it is for."""
    piece_weight: NDArray[np.float64]
    """How far an hour of it dresses up the examination."""
    performance: NDArray[np.float64]
    """What a real unit does, in points, shape (real units,)."""
    skill: NDArray[np.float64]
    """Skill to present oneself, 1 on average."""
    routine: NDArray[np.float64]
    """Points that routine data get wrong."""
    pair_of: NDArray[np.int64]
    """Examination of a pair of examination and real unit, shape (pairs,)."""
    pair_real: NDArray[np.int64]
    """Real unit of a pair."""
    seen: NDArray[np.float64]
    """Points that the examiners of an announced visit get wrong."""
    graded: NDArray[np.float64]
    """Points that those of an unannounced one get wrong, shape (pairs, indicators)."""

    def in_rows(self, row_of: NDArray[np.int64]) -> Self:
        """Give the same with rows of the plan in place of handles."""
        return replace(self, piece_row=row_of[self.piece_row])
