"""The score of a unit for a year: real performance, errors of raters, and the arithmetic of the score.

All scores are points of a hundred. Errors follow generalizability theory: one look (of one department or examiner, at
one time) has an error; a part of its variance is common to all looks at a unit and stays, the rest falls with their
number.
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
"""Number of grades: good, fairly good, average, fairly poor, poor."""
FULL = 100.0
"""Points of a full score."""
Steps = Literal["subtract", "multiply"]
"""Whether each grade subtracts the same points, or the same share of the remaining points."""


class Scoring(Frozen):
    """Real performance of a unit, and how looks at it measure it; only announced visits can be dressed up for."""

    mean: NumberQ
    """Mean real performance of units, in points."""
    spread: NumberQ
    """Standard deviation of real performance between units, in points."""
    drift: NumberQ
    """Standard deviation of a unit's change in performance from year to year, in points."""
    routine_share: ShareQ
    """Share of the score that comes from data which departments hold anyway, one look for each examination."""
    noise: NumberQ
    """Standard deviation of the error of one look, in points: one department's data once, or one visit's examiners."""
    halo: ShareQ
    """Share of its variance that all looks at a unit have in common: halo, common source."""
    dressing: NumberQ
    """Most points that preparation adds to the impression of an announced visit, in a unit of average skill."""
    skill: NumberQ
    """Coefficient of variation, between units, of the skill of self-presentation."""
    half_dressed: DurationQ
    """Preparation for one programme that reaches half of these points; further hours add less and less."""


def error_spreads(scoring: Scoring) -> tuple[float, float]:
    """Return the standard deviations, in points, of the common error of all looks, and of one look's own error."""
    noise, halo = scoring.noise.value, scoring.halo.value
    return float(noise * halo**0.5), float(noise * (1.0 - halo) ** 0.5)


def grade_values(step: float, steps: Steps) -> tuple[float, ...]:
    """Return the value of each grade, best first; `step` 0.2 subtracted: 1, 0.8, 0.6, 0.4, 0.2."""
    if steps == "multiply":
        return tuple((1.0 - step) ** grade for grade in range(GRADES))
    return tuple(max(0.0, 1.0 - step * grade) for grade in range(GRADES))


def field_score(weights: Sequence[float], grades: NDArray[np.int64], values: Sequence[float]) -> NDArray[np.float64]:
    """Return the points of a field exam; the last axis of `grades` is the indicators, grade 0 is the best."""
    import numpy as np

    points: NDArray[np.float64] = FULL * (np.asarray(values)[grades] @ np.asarray(weights))
    return points


def grade_of(points: NDArray[np.float64], bounds: Sequence[float]) -> NDArray[np.int64]:
    """Return the grade of each indicator (0 is the best) from its points; `bounds` descend, e.g. 90, 80, 70, 60."""
    import numpy as np

    return (GRADES - 1) - np.searchsorted(np.sort(np.asarray(bounds)), points, side="right").astype(np.int64)


def total_score(routine: NDArray[np.float64], other: NDArray[np.float64], other_share: float) -> NDArray[np.float64]:
    """Return the year's points: routine data weighted with 1 - `other_share`, the other points with `other_share`."""
    return (1.0 - other_share) * routine + other_share * other


def dressing_points(scoring: Scoring, skill: NDArray[np.float64], hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points that hours of preparation add, with diminishing returns: half of the most at `half_dressed`."""
    from sim.units import HOUR

    half = scoring.half_dressed.value / HOUR
    return scoring.dressing.value * skill * hours / (hours + half)
