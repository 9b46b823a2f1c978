"""Oversight: the days that real problems go unseen, and the finders: patrol, residents, inspections.

A problem is found by the first of: a patrol, once the unit's outreach after the problem arose has reached the problem's
threshold; the residents' own report; a visit that sees it and takes place.
"""

from __future__ import annotations

from dataclasses import dataclass
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
FINDERS = ("patrol", "residents", "inspection")
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
"""Four problems of one unit with 8 free hours a day, of which half are used: two grievances and two hazards. The first
needs 10 h of patrol after its first day, Monday, and is found at the end of Thursday, if all free hours are used at the
end of Wednesday. The second is reported after a day. The third begins on Thursday at nine; the visit on Friday at nine
sees it. The fourth begins on Saturday and is mended on Sunday, before anybody finds it."""

OVERSIGHT = (
    Metric("detection_delay", unit="days", better="less", scopes="stream", family="oversight",
           label={"zh": "问题未被发现的天数", "en": "days a problem goes unseen"},
           meaning={"zh": "问题从发生到被发现的天数，没发现的算到自行整改或年末",
                    "en": "days from a problem's beginning until it is found, mended by the unit, or the year ends"},
           example=Example(_PROBLEMS, {"all": (4 + 1 + 1 + 1) / 4, "grievance": (4 + 1) / 2, "hazard": (1 + 1) / 2},
                           "4, 1 and 1 days, and 1 day until it is mended")),
    Metric("undetected", unit="share", better="less", scopes="stream", family="oversight",
           label={"zh": "年内未发现的问题", "en": "problems never found"},
           meaning={"zh": "年内没有被发现的比例", "en": "share of problems not found within the year"},
           example=Example(_PROBLEMS, {"all": 1 / 4, "hazard": 1 / 2}, "the fourth")),
    Metric("detection_delay_unpatrolled", unit="days", better="neither", scopes="all", family="oversight", detail=True,
           label={"zh": "问题未被发现的天数（空余时间都不走访）",
                  "en": "days a problem goes unseen, no free time used"},
           meaning={"zh": "同一年里，空余时间一点也不用于走访巡查时的天数",
                    "en": "the same days if no free time went to home visits and patrol"},
           example=Example(_PROBLEMS, {"all": (7 + 1 + 1 + 1) / 4}, "the first is not found in its week of 7 days")),
    Metric("detection_delay_patrolled", unit="days", better="neither", scopes="all", family="oversight", detail=True,
           label={"zh": "问题未被发现的天数（够长的空当全走访）",
                  "en": "days a problem goes unseen, all long gaps used"},
           meaning={"zh": "同一年里，够走访一户的空当全部用于走访巡查时的天数",
                    "en": "the same days if all gaps that are long enough went to home visits and patrol"},
           example=Example(_PROBLEMS, {"all": (3 + 1 + 1 + 1) / 4}, "the first is found at the end of Wednesday")),
    Metric("undetected_unpatrolled", unit="share", better="neither", scopes="all", family="oversight", detail=True,
           label={"zh": "年内未发现的问题（空余时间都不走访）", "en": "problems never found, no free time used"},
           meaning={"zh": "同一年里，空余时间一点也不用于走访巡查时的比例",
                    "en": "the same share if no free time went to home visits and patrol"},
           example=Example(_PROBLEMS, {"all": 2 / 4}, "the first and the fourth")),
    Metric("undetected_patrolled", unit="share", better="neither", scopes="all", family="oversight", detail=True,
           label={"zh": "年内未发现的问题（够长的空当全走访）", "en": "problems never found, all long gaps used"},
           meaning={"zh": "同一年里，够走访一户的空当全部用于走访巡查时的比例",
                    "en": "the same share if all gaps that are long enough went to home visits and patrol"},
           example=Example(_PROBLEMS, {"all": 1 / 4}, "the fourth")),
    Metric("problems", unit="per year", better="neither", scopes="stream", family="oversight", detail=True,
           label={"zh": "发生的问题", "en": "problems that arise"},
           meaning={"zh": "被模拟的单位一年发生的问题数；乘以各占比得各自发现的件数",
                    "en": "problems that arise in the simulated units; times a share below, the number found so"},
           example=Example(_PROBLEMS, {"all": 4, "grievance": 2, "hazard": 2}, "all four")),
    Metric("found_by_patrol", unit="share", better="neither", scopes="stream", family="oversight", detail=True,
           label={"zh": "走访巡查发现", "en": "found by patrol"},
           meaning={"zh": "最先由走访巡查发现的比例", "en": "share found first by home visits and patrol"},
           example=Example(_PROBLEMS, {"all": 1 / 4, "grievance": 1 / 2}, "the first")),
    Metric("found_by_residents", unit="share", better="neither", scopes="stream", family="oversight", detail=True,
           label={"zh": "群众反映发现", "en": "found by residents"},
           meaning={"zh": "最先由群众反映发现的比例", "en": "share found first because residents reported it"},
           example=Example(_PROBLEMS, {"all": 1 / 4, "grievance": 1 / 2}, "the second")),
    Metric("found_by_inspection", unit="share", better="neither", scopes="stream", family="oversight", detail=True,
           label={"zh": "检查发现", "en": "found by inspection"},
           meaning={"zh": "最先由检查发现的比例", "en": "share found first by an inspection"},
           example=Example(_PROBLEMS, {"all": 1 / 4, "hazard": 1 / 2}, "the third")),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """How the problems of a year were found; all arrays have shape (problems,)."""

    unseen: NDArray[np.int64]
    """Seconds from onset until found, until mended by the unit, or until the end of the run."""
    finder: NDArray[np.int64]
    """Index into `FINDERS`, -1 for a problem that was not found."""
    row: NDArray[np.int64]
    """Row of the visit that found it, -1 if none did."""


def find(sample: Sample, outreach: float) -> Found:
    """Find the problems of a run, if the share `outreach` of the usable gaps went to home visits and patrol."""
    problems = sample.setting.problems
    visited, row = _by_visit(sample)
    told = np.where(problems.report >= 0, problems.report, _NEVER)
    ways = np.stack([_by_patrol(sample, outreach), told, visited])
    ends = np.where(problems.mended >= 0, np.minimum(problems.mended, sample.plan.horizon), sample.plan.horizon)
    ways[ways >= ends] = _NEVER
    first = ways.min(axis=0)
    finder = np.where(first < _NEVER, ways.argmin(axis=0), -1)
    unseen = np.minimum(first, ends) - problems.onset
    return Found(unseen, finder, np.where(finder == FINDERS.index("inspection"), row, -1))


def measure_oversight(sample: Sample) -> Values:
    """Compute the metrics of `OVERSIGHT`; nothing without problems."""
    problems = sample.setting.problems
    if not len(problems.unit):
        return {}
    found = find(sample, sample.setting.outreach)
    values = _shares(found, np.ones(len(problems.unit), dtype=np.bool_), ALL)
    for stream, name in enumerate(problems.streams):
        values |= _shares(found, problems.stream == stream, name)
    for reading, outreach in (("unpatrolled", 0.0), ("patrolled", 1.0)):
        other = find(sample, outreach)
        values["detection_delay_" + reading, ALL] = float(other.unseen.mean() / DAY)
        values["undetected_" + reading, ALL] = float((other.finder < 0).mean())
    return values


def _shares(found: Found, chosen: NDArray[np.bool_], scope: str) -> Values:
    """Compute delay and shares of the chosen problems; nothing without problems."""
    if not chosen.any():
        return {}
    finder = found.finder[chosen]
    values = {
        "detection_delay": float(found.unseen[chosen].mean() / DAY),
        "undetected": float((finder < 0).mean()),
        "problems": float(len(finder)),
        **{f"found_by_{name}": float((finder == place).mean()) for place, name in enumerate(FINDERS)},
    }
    return {(key, scope): value for key, value in values.items()}


def _by_patrol(sample: Sample, outreach: float) -> NDArray[np.int64]:
    """Return the end of the day on which outreach after the onset's day reaches the threshold, shape (problems,).

    `_NEVER` for a problem that no patrol meets. A share `outreach` of the usable seconds reaches a threshold when all
    of them reach `threshold / outreach`.
    """
    problems = sample.setting.problems
    if outreach <= 0:
        return np.full(len(problems.unit), _NEVER, dtype=np.int64)
    days = sample.plan.days
    usable = np.cumsum(sample.log.unit_usable, axis=1)
    needed = np.ceil(np.maximum(problems.patrol, 0) / outreach).astype(np.int64)
    step = int(usable.max()) + int(needed.max()) + 1
    ladder = (usable + step * np.arange(len(usable))[:, None]).ravel()
    base = usable[problems.unit, problems.onset // DAY]
    place = np.searchsorted(ladder, base + needed + step * problems.unit) - days * problems.unit
    return np.where((place < days) & (problems.patrol >= 0), (place + 1) * DAY, _NEVER)


def _by_visit(sample: Sample) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return start and row of the first visit that sees each problem and took place; `_NEVER` and -1 without one."""
    problems, start = sample.setting.problems, sample.rows.start
    first, row = (np.full(len(problems.unit), value, dtype=np.int64) for value in (_NEVER, -1))
    took_place = sample.took_place[problems.hit_row]
    seen, by = problems.hit_problem[took_place], problems.hit_row[took_place]
    latest = np.lexsort((-by, -start[by]))
    first[seen[latest]], row[seen[latest]] = start[by[latest]], by[latest]  # the last assignment, the earliest, stays
    return first, row
