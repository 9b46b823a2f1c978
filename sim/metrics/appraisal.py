"""How far the score of an appraisal tells what units really do, and what it costs them to be seen at their best.

Fidelity is Spearman's rank correlation of score and real performance over the real units that an appraisal ranks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Part
from sim.domain.scoring import (
    FULL,
    dressing_points,
    field_score,
    grade_of,
    grade_values,
    total_score,
)
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.appraised import Appraised
    from sim.metrics.sample import Sample

FEWEST = 5
"""Units below which a rank correlation is not told."""


def measure_appraisal(sample: Sample) -> dict[tuple[str, str], float]:
    """Preparation and year-round work of one unit by role; fidelity and window-dressing where the score is known."""
    roles = sample.roles
    units = np.bincount(sample.unit_role, minlength=len(roles))
    appraised = sample.is_kind("appraisal")
    values: dict[tuple[str, str], float] = {}
    if appraised.any():
        for key, parts in (("appraisal_preparation", (Part.PREPARE, Part.FILL)), ("appraisal_upkeep", (Part.UPKEEP,))):
            rows = np.flatnonzero(appraised & sample.is_part(*parts))
            values |= per_role(roles, key, divide(sample.rows_by_role(sample.worked_hours[rows], rows), units))
    told: dict[tuple[str, str], list[float]] = {}
    for one in sample.setting.appraised:
        role = roles[sample.unit_role[one.unit[0]]] if len(one.unit) else ""
        for key, value in _told(one, sample).items():
            told.setdefault((key, role), []).append(value)
    return values | {place: float(np.mean(found)) for place, found in told.items()}


def _told(one: Appraised, sample: Sample) -> dict[str, float]:
    if len(one.performance) < FEWEST:
        return {}
    points = dressing(one, preparation_hours(one, sample))
    values = {
        "appraisal_fidelity": rank_correlation(scores(one, points), one.performance),
        "window_dressing": float(np.where(one.quiet[one.pair_of], 0.0, points).mean()),
    }
    return {key: value for key, value in values.items() if np.isfinite(value)}


def preparation_hours(one: Appraised, sample: Sample) -> NDArray[np.float64]:
    """Give the hours worked for each examination before the examiners came; what was not ready then shows nothing."""
    inside = one.piece_row >= 0
    row, examination = one.piece_row[inside], one.piece_of[inside]
    ready = (sample.log.finish[row] >= 0) & (sample.log.finish[row] <= one.start[examination])
    hours = in_hours(sample.log.worked[row]) * one.piece_weight[inside] * ready
    total: NDArray[np.float64] = np.bincount(examination, hours, minlength=len(one.unit)).astype(np.float64)
    return total


def dressing(one: Appraised, hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the points that preparation adds for each pair of examination and real unit."""
    return dressing_points(one.scoring, one.skill[one.pair_real], hours[one.pair_of])


def scores(one: Appraised, dressed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the year's score of each real unit: the mean over its examinations."""
    performance = one.performance[one.pair_real]
    routine = np.clip(performance + one.routine[one.pair_real], 0.0, FULL)
    shown = np.clip(performance + one.seen + dressed, 0.0, FULL)
    total = total_score(routine, shown, 1.0 - one.scoring.routine_share.value)
    if one.exam is not None:
        quiet = one.quiet[one.pair_of]
        field = _field_scores(one)[one.pair_real]
        examined = np.isfinite(field)
        seamless = np.where(examined, total_score(routine, np.where(examined, field, 0), one.exam.share.value), routine)
        total = np.where(quiet, seamless, total)
    return _mean_by(one.pair_real, total, len(one.performance))


def _field_scores(one: Appraised) -> NDArray[np.float64]:
    """Give the field score of each real unit, the mean over its papers; NaN where there was none."""
    if one.exam is None:
        return np.full(len(one.performance), np.nan)
    paper = one.paper[one.pair_of]
    points = one.performance[one.pair_real[paper]][:, None] + one.graded[paper]
    grades = grade_of(np.clip(points, 0.0, FULL), one.exam.bounds.value)
    values = grade_values(one.exam.step.value, one.exam.steps)
    weights = [float(weight) for weight in one.exam.weights.value]
    return _mean_by(one.pair_real[paper], field_score(weights, grades, values), len(one.performance))


def _mean_by(place: NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    return divide(np.bincount(place, values, minlength=size), np.bincount(place, minlength=size))


def rank_correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Give Spearman's rank correlation, equal values sharing their rank; NaN where all are equal."""
    first, second = (_ranks(values) - (len(values) + 1) / 2 for values in (one, other))
    size = np.sqrt((first**2).sum() * (second**2).sum())
    return float((first * second).sum() / size) if size > 0 else float("nan")


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(count) - (count - 1) / 2)[place]
    return ranks
