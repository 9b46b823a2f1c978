"""How a unit is scored over the year: what it really does, what examiners see of it, and the arithmetic of the score.

All scores are points of a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from sim.domain.frozen import Frozen
from sim.domain.quantity import DurationQ, NumberQ, ShareQ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRADES = 5
"""Good, fairly good, average, fairly poor, poor."""
FULL = 100.0
"""Points of a score in full."""
Steps = Literal["subtract", "multiply"]
"""Whether each grade takes the same points off, or the same share of what is left."""


class Scoring(Frozen):
    """What a unit really does, and what an announced, self-reported appraisal sees of it."""

    mean: NumberQ
    """Points of real performance of the average unit."""
    spread: NumberQ
    """Standard deviation of real performance between units, in points."""
    drift: NumberQ
    """Standard deviation of a unit's change of performance from year to year, in points."""
    routine_share: ShareQ
    """Share of the score that comes from data which departments hold anyway."""
    routine_noise: NumberQ
    """Standard deviation of what such data get wrong about a unit, in points."""
    visit_noise: NumberQ
    """Standard deviation of what the examiners of one programme get wrong about a unit, in points."""
    dressing: NumberQ
    """Points that preparation adds at most to what an announced visit sees, in a unit of average skill."""
    skill: NumberQ
    """Coefficient of variation, between units, of the skill to present oneself."""
    half_dressed: DurationQ
    """Preparation worked for one programme with which half of these points are reached; more adds less and less."""


def grade_values(step: float, steps: Steps) -> tuple[float, ...]:
    """Give the value of each grade, the best first; `step` 0.2 subtracted gives 1, 0.8, 0.6, 0.4, 0.2."""
    if steps == "multiply":
        return tuple((1.0 - step) ** grade for grade in range(GRADES))
    return tuple(max(0.0, 1.0 - step * grade) for grade in range(GRADES))


def field_score(weights: Sequence[float], grades: NDArray[np.int64], values: Sequence[float]) -> NDArray[np.float64]:
    """Give the points of a field exam from the grades (0 is the best) of its indicators, the last axis of `grades`."""
    import numpy as np

    points: NDArray[np.float64] = FULL * (np.asarray(values)[grades] @ np.asarray(weights))
    return points


def grade_of(points: NDArray[np.float64], bounds: Sequence[float]) -> NDArray[np.int64]:
    """Give the grade of each indicator from the points that examiners see; `bounds` fall: 90, 80, 70, 60."""
    import numpy as np

    return (GRADES - 1) - np.searchsorted(np.sort(np.asarray(bounds)), points, side="right").astype(np.int64)


def total_score(routine: NDArray[np.float64], other: NDArray[np.float64], other_share: float) -> NDArray[np.float64]:
    """Give the year's points from routine data and from what examiners saw."""
    return (1.0 - other_share) * routine + other_share * other


def dressing_points(scoring: Scoring, skill: NDArray[np.float64], hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the points that hours of preparation add, with returns that diminish."""
    from sim.units import HOUR

    half = scoring.half_dressed.value / HOUR
    return scoring.dressing.value * skill * hours / (hours + half)
