"""Appraisals: preparation and upkeep, the fidelity of scores to real performance, window-dressing.

Fidelity is Spearman's rank correlation of score and real performance over the real units that an appraisal ranks.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category, Part
from sim.domain.scoring import (
    FULL,
    dressing_points,
    field_score,
    grade_of,
    grade_values,
    total_score,
)
from sim.metrics.example import Example, SmallPlan, Work
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.appraised import Appraised
    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_STEP = partial(Work, "appraisal", category=Category.INSPECTIONS)
_TWO_UNITS = SmallPlan(
    (_STEP(Part.PREPARE, effort=5), _STEP(Part.FILL, effort=3), _STEP(Part.PREPARE, effort=2, unit=1),
     _STEP(Part.UPKEEP, effort=4, unit=1), _STEP(Part.HOST, effort=1, at=33, fixed=True, unit=1)),
    cadres=(1, 1),
)  # fmt: skip
_RANKED = SmallPlan(
    (_STEP(Part.PREPARE, effort=10),),
    facts={
        "appraised": (
            {
                "scoring": {"mean": 70.0, "spread": 10.0, "drift": 0.0, "routine_share": "0%", "noise": 0.0,
                            "halo": "0%", "dressing": 12.0, "skill": 1.0, "half_dressed": "10 h"},
                "unit": (0,), "start": (4 * DAY,), "held": (True,), "quiet": (False,), "paper": (False,),
                "piece_row": (0,), "piece_of": (0,), "piece_weight": (1.0,),
                "performance": (50.0, 60.0, 70.0, 80.0, 90.0), "skill": (4.0, 1.0, 1.0, 1.0, 1.0),
                "common": (0.0,) * 5, "routine": (0.0,) * 5, "looks": (1,),
                "pair_of": (0,) * 5, "pair_real": (0, 1, 2, 3, 4),
                "seen": (0.0,) * 5, "graded": (0.0,) * 5,
            },
        )
    },
)  # fmt: skip
"""Five real units behind one simulated unit. 10 h of preparation are half the way to 12 points, so they add 6 points,
and 24 points in the first unit, which is four times as skilled: the scores are 74, 66, 76, 86 and 96."""

APPRAISAL = (
    Metric("appraisal_preparation", unit="h/year", better="less", scopes="role", family="time",
           label={"zh": "每单位迎考准备", "en": "preparation for appraisals"},
           meaning={"zh": "一个单位在考核前备台账、写自评的小时数",
                    "en": "hours of one unit on ledgers and self-reports before examiners come"},
           example=Example(_TWO_UNITS, {"cadre": (5 + 3 + 2) / 2}, "10 h of ledgers and self-report in two units")),
    Metric("appraisal_upkeep", unit="h/year", better="less", scopes="role", family="time",
           label={"zh": "每单位常年供数与常备", "en": "data and readiness all year"},
           meaning={"zh": "一个单位平时报送数据、随时待查的小时数",
                    "en": "hours of one unit on passing on data and on being ready at any time"},
           example=Example(_TWO_UNITS, {"cadre": 4 / 2}, "4 h in one of two units")),
    Metric("appraisal_fidelity", unit="correlation", better="more", scopes="role", family="oversight",
           label={"zh": "考核得分与实绩的秩相关", "en": "fidelity of appraisals"},
           meaning={"zh": "得分与实绩在被考核单位之间的斯皮尔曼秩相关",
                    "en": "Spearman's rank correlation of score and real performance over the units ranked"},
           example=Example(_RANKED, {"cadre": 1 - 6 * (1 + 1) / (5 * 24)},
                           "1 - 6 sum(d^2) / (n (n^2 - 1)): the first two of five units change places, d = 1 in each")),
    Metric("window_dressing", unit="points", better="less", scopes="role", family="oversight",
           label={"zh": "得分中的包装成分", "en": "window-dressing in scores"},
           meaning={"zh": "得分中靠准备得来的分数，各单位平均",
                    "en": "points of the score that come from preparation, mean over units"},
           example=Example(_RANKED, {"cadre": (24 + 4 * 6) / 5}, "24 points in one unit, 6 in each of four")),
)  # fmt: skip


def measure_appraisal(sample: Sample) -> Values:
    """Compute the metrics of `APPRAISAL` by role.

    Hours are left out without appraisals, fidelity and window-dressing without an appraisal that says how it scores;
    several such appraisals of a role are averaged.
    """
    roles = sample.roles
    units = sample.units_by_role
    appraised = sample.is_kind("appraisal")
    values: Values = {}
    if appraised.any():
        for key, parts in (("appraisal_preparation", (Part.PREPARE, Part.FILL)), ("appraisal_upkeep", (Part.UPKEEP,))):
            rows = np.flatnonzero(appraised & sample.is_part(*parts))
            values |= per_role(roles, key, divide(in_hours(sample.rows_by_role(sample.log.worked[rows], rows)), units))
    found: dict[tuple[str, str], list[float]] = {}
    for one in sample.setting.appraised:
        role = roles[sample.unit_role[one.unit[0]]] if len(one.unit) else ""
        for key, value in _of_scores(one, sample).items():
            found.setdefault((key, role), []).append(value)
    return values | {place: float(np.mean(several)) for place, several in found.items()}


def _of_scores(one: Appraised, sample: Sample) -> dict[str, float]:
    """Compute fidelity and window-dressing of one appraisal; fewer units than `counting.fewest_ranked` have neither."""
    if len(one.performance) < sample.setting.counting.fewest_ranked.value:
        return {}
    points = dressing(one, preparation_hours(one, sample))
    values = {
        "appraisal_fidelity": rank_correlation(scores(one, points), one.performance),
        "window_dressing": float(np.where((one.held & ~one.quiet)[one.pair_of], points, 0.0).mean()),
    }
    return {key: value for key, value in values.items() if np.isfinite(value)}


def preparation_hours(one: Appraised, sample: Sample) -> NDArray[np.float64]:
    """Add up the hours of preparation finished before the examiners came, weighted, shape (examinations,)."""
    inside = one.piece_row >= 0
    row, examination = one.piece_row[inside], one.piece_of[inside]
    ready = (sample.log.finish[row] >= 0) & (sample.log.finish[row] <= one.start[examination])
    hours = in_hours(sample.log.worked[row]) * one.piece_weight[inside] * ready
    total: NDArray[np.float64] = np.bincount(examination, hours, minlength=len(one.unit)).astype(np.float64)
    return total


def dressing(one: Appraised, hours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points that `hours` of preparation by examination add to each pair, shape (pairs,)."""
    return dressing_points(one.scoring, one.skill[one.pair_real], hours[one.pair_of])


def scores(one: Appraised, dressed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the year's score of each real unit, the mean over its examinations, shape (real units,)."""
    looked_at = (one.performance + one.common)[one.pair_real]
    routine = np.clip(looked_at + one.routine[one.pair_real] / np.sqrt(one.looks[one.pair_of]), 0.0, FULL)
    shown = np.clip(looked_at + one.seen + dressed, 0.0, FULL)
    total = np.where(one.held[one.pair_of], total_score(routine, shown, 1.0 - one.scoring.routine_share.value), routine)
    if one.exam is not None:
        quiet = one.quiet[one.pair_of]
        field = _field_scores(one)[one.pair_real]
        examined = np.isfinite(field)
        seamless = np.where(examined, total_score(routine, np.where(examined, field, 0), one.exam.share.value), routine)
        total = np.where(quiet, seamless, total)
    return _mean_by(one.pair_real, total, len(one.performance))


def _field_scores(one: Appraised) -> NDArray[np.float64]:
    """Return the field score of each real unit, the mean over its papers; NaN for a unit without papers."""
    if one.exam is None:
        return np.full(len(one.performance), np.nan)
    paper = (one.paper & one.held)[one.pair_of]
    points = (one.performance + one.common)[one.pair_real[paper]][:, None] + one.graded[paper]
    grades = grade_of(np.clip(points, 0.0, FULL), one.exam.bounds.value)
    values = grade_values(one.exam.step.value, one.exam.steps)
    weights = [float(weight) for weight in one.exam.weights.value]
    return _mean_by(one.pair_real[paper], field_score(weights, grades, values), len(one.performance))


def _mean_by(place: NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Average the values of each place, shape (size,); NaN for a place without values."""
    return divide(np.bincount(place, values, minlength=size), np.bincount(place, minlength=size))


def rank_correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return Spearman's rank correlation, equal values sharing their mean rank; NaN if one side is constant."""
    first, second = (_ranks(values) - (len(values) + 1) / 2 for values in (one, other))
    size = np.sqrt((first**2).sum() * (second**2).sum())
    return float((first * second).sum() / size) if size > 0 else float("nan")


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank the values from 1, equal values at their mean rank, in the order of `values`."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(count) - (count - 1) / 2)[place]
    return ranks
