"""Oversight: the days that real problems go unseen, and the finders: patrol, residents, inspections.

A problem is found by the first of: a patrol, once the unit's outreach after the problem arose has reached the problem's
threshold; the residents' own report; a visit that sees it and takes place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.metrics.example import Example, SmallPlan, visit
from sim.metrics.metric import Metric
from sim.units import HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

ALL = "all"
_NEVER = np.iinfo(np.int64).max
_PROBLEMS = SmallPlan(
    (visit(1, at=4 * 24 + 9),),
    facts={
        "problems": {
            "unit": (0, 0, 0, 0),
            "onset": (0, 0, 3 * DAY + 9 * HOUR, 5 * DAY),
            "patrol": (10 * HOUR, -1, -1, 99 * HOUR),
            "report": (-1, 1 * DAY, -1, -1),
            "mended": (-1, -1, -1, 6 * DAY),
            "hit_problem": (2,),
            "hit_row": (0,),
            "stream": (0, 0, 1, 1),
            "streams": ("grievance", "hazard"),
        }
    },
)
"""Four problems of one unit with 8 free hours a day. The first needs 10 h of patrol after its first day, Monday, and is
found at the end of Wednesday. The second is reported after a day. The third begins on Thursday at nine; the visit on
Friday at nine sees it. The fourth begins on Saturday and is mended on Sunday, before anybody finds it."""

OVERSIGHT = (
    Metric("detection_delay", unit="days", better="less", scopes="all", family="oversight",
           label={"zh": "问题未被发现的天数", "en": "days a problem goes unseen"},
           meaning={"zh": "问题从发生到被发现的天数，没发现的算到自行整改或年末",
                    "en": "days from a problem's beginning until it is found, mended by the unit, or the year ends"},
           example=Example(_PROBLEMS, {"all": (3 + 1 + 1 + 1) / 4}, "3, 1 and 1 days, and 1 day until it is mended")),
    Metric("undetected", unit="share", better="less", scopes="all", family="oversight",
           label={"zh": "年内未发现的问题", "en": "problems never found"},
           meaning={"zh": "年内没有被发现的比例", "en": "share of problems not found within the year"},
           example=Example(_PROBLEMS, {"all": 1 / 4}, "the fourth")),
    Metric("found_by_patrol", unit="share", better="neither", scopes="all", family="oversight", detail=True,
           label={"zh": "走访巡查发现", "en": "found by patrol"},
           meaning={"zh": "最先由走访巡查发现的比例", "en": "share found first by home visits and patrol"},
           example=Example(_PROBLEMS, {"all": 1 / 4}, "the first")),
    Metric("found_by_residents", unit="share", better="neither", scopes="all", family="oversight", detail=True,
           label={"zh": "群众反映发现", "en": "found by residents"},
           meaning={"zh": "最先由群众反映发现的比例", "en": "share found first because residents reported it"},
           example=Example(_PROBLEMS, {"all": 1 / 4}, "the second")),
    Metric("found_by_inspection", unit="share", better="neither", scopes="all", family="oversight", detail=True,
           label={"zh": "检查发现", "en": "found by inspection"},
           meaning={"zh": "最先由检查发现的比例", "en": "share found first by an inspection"},
           example=Example(_PROBLEMS, {"all": 1 / 4}, "the third")),
)  # fmt: skip


def measure_oversight(sample: Sample) -> Values:
    """Compute the metrics of `OVERSIGHT`; nothing without problems."""
    problems = sample.setting.problems
    if not len(problems.unit):
        return {}
    ways = np.stack([_by_patrol(sample), np.where(problems.report >= 0, problems.report, _NEVER), _by_visit(sample)])
    ends = np.where(problems.mended >= 0, np.minimum(problems.mended, sample.plan.horizon), sample.plan.horizon)
    ways[ways >= ends] = _NEVER
    found = ways.min(axis=0)
    unseen = np.minimum(found, ends) - problems.onset
    finder = np.where(found < _NEVER, ways.argmin(axis=0), -1)
    values = {
        "detection_delay": float(unseen.mean() / DAY),
        "undetected": float((found == _NEVER).mean()),
        "found_by_patrol": float((finder == 0).mean()),
        "found_by_residents": float((finder == 1).mean()),
        "found_by_inspection": float((finder == 2).mean()),
    }
    return {(key, ALL): value for key, value in values.items()}


def _by_patrol(sample: Sample) -> NDArray[np.int64]:
    """Return the end of the day on which outreach after the onset's day reaches the threshold, shape (problems,).

    `_NEVER` for a problem that no patrol meets.
    """
    problems = sample.setting.problems
    days = sample.plan.days
    outreach = np.cumsum(np.where(_patrols(sample)[:, None], sample.log.unit_idle, 0), axis=1)
    base = outreach[problems.unit, problems.onset // DAY]
    step = int(outreach.max()) + int(problems.patrol.max()) + 1
    ladder = (outreach + step * np.arange(len(outreach))[:, None]).ravel()
    place = np.searchsorted(ladder, base + problems.patrol + step * problems.unit) - days * problems.unit
    return np.where((place < days) & (problems.patrol >= 0), (place + 1) * DAY, _NEVER)


def _patrols(sample: Sample) -> NDArray[np.bool_]:
    """Mark the units with cadres whose free time goes to residents, shape (units,)."""
    found = np.zeros(len(sample.setting.unit_names), dtype=np.bool_)
    found[sample.plan.roster.cadre_unit[sample.serves]] = True
    return found


def _by_visit(sample: Sample) -> NDArray[np.int64]:
    """Return the start of the first visit that sees each problem and took place, else `_NEVER`, shape (problems,)."""
    problems = sample.setting.problems
    first = np.full(len(problems.unit), _NEVER, dtype=np.int64)
    took_place = sample.attended[problems.hit_row]
    np.minimum.at(first, problems.hit_problem[took_place], sample.rows.start[problems.hit_row[took_place]])
    return first
