"""Visits of inspectors: the problems that each finds, and the hours of visitors and hosts."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.domain.category import Category, Part
from sim.metrics.example import Example, SmallPlan, Work, visit
from sim.metrics.metric import Metric
from sim.metrics.oversight import find
from sim.metrics.sample import divide, in_hours
from sim.units import DAY_SECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_VISITS = SmallPlan(
    (
        Work("inspection", Part.PREPARE, Category.INSPECTIONS, effort=5),
        visit(2, at=33, seats=2),
        visit(2, at=57, seats=2),
        Work("inspection", Part.VISIT, Category.INSPECTIONS, effort=3, at=32, fixed=True, unit=1),
    ),
    cadres=(2, 1),
    facts={
        "problems": {
            "unit": (0, 0, 0),
            "onset": (0, 0, 1 * DAY_SECONDS),
            "patrol": (-1, -1, -1),
            "report": (-1, -1, -1),
            "mended": (-1, -1, -1),
            "hit_problem": (0, 0, 1),
            "hit_row": (1, 2, 1),
            "stream": (0, 0, 0),
            "streams": ("hazard",),
        }
    },
)
"""Two visits of two hosts and two hours each, one of them with a visitor for three hours, travel included. The first
finds two problems, the second none that is new."""

FINDINGS = (
    Metric("findings_per_visit", unit="per visit", better="neither", scopes="issuer", family="oversight", detail=True,
           label={"zh": "每次检查发现的问题", "en": "findings per visit"},
           meaning={"zh": "一次检查最先发现的问题数；联合检查算一次；没有模拟问题的单位不计",
                    "en": "problems that a visit is the first to find; a joint visit is one; units without simulated "
                          "problems are left out"},
           example=Example(_VISITS, {"cadre/county": 2 / 2}, "two problems, two visits")),
    Metric("visits_with_finding", unit="share", better="neither", scopes="issuer", family="oversight", detail=True,
           label={"zh": "有发现的检查占比", "en": "visits with a finding"},
           meaning={"zh": "至少最先发现一个问题的检查占比",
                    "en": "share of visits that are the first to find a problem"},
           example=Example(_VISITS, {"cadre/county": 1 / 2}, "the first of two visits")),
    Metric("visitor_hours", unit="h", better="less", scopes="issuer", family="oversight", detail=True,
           label={"zh": "每次检查检查人员用时", "en": "visitors' hours per visit"},
           meaning={"zh": "检查人员的人时，含路途；检查人员不在模拟单位里的不计",
                    "en": "hours of all inspectors, travel included; none for inspectors outside the simulated units"},
           example=Example(_VISITS, {"cadre/county": 3 / 2}, "3 h in two visits")),
    Metric("host_hours", unit="h", better="less", scopes="issuer", family="oversight", detail=True,
           label={"zh": "每次检查受检方用时", "en": "hosts' hours per visit"},
           meaning={"zh": "备检、接待和陪同的人时", "en": "hours of preparation, reception and escort"},
           example=Example(_VISITS, {"cadre/county": (5 + 2 * 2 + 2 * 2) / 2},
                           "5 h of ledgers, and twice two hosts for 2 h")),
)  # fmt: skip


def measure_findings(sample: Sample) -> Values:
    """Compute the metrics of `FINDINGS` by role of the visited unit and issuer of the visit."""
    visits = sample.is_kind("inspection", "enterprise_check")
    hosted = np.flatnonzero(visits & sample.is_part(Part.HOST))
    held = hosted[sample.took_place[hosted]]
    groups, of_obligation = _groups(sample, hosted)

    def add_up(rows: NDArray[np.int64], amount: NDArray[Any] | None = None) -> NDArray[np.float64]:
        return np.bincount(of_obligation[sample.rows.obligation[rows]], amount, len(groups) + 1)[:-1].astype(np.float64)

    count = add_up(held)
    values: dict[str, NDArray[np.float64]] = {}
    for key, parts in (("visitor_hours", (Part.VISIT,)), ("host_hours", (Part.PREPARE, Part.HOST, Part.ESCORT))):
        rows = np.flatnonzero(visits & sample.is_part(*parts))
        hours = np.where(add_up(rows) > 0, in_hours(add_up(rows, sample.log.worked[rows])), np.nan)
        values[key] = divide(hours, count)
    problems = sample.setting.problems
    if len(problems.unit):
        by_visit = find(sample, sample.setting.outreach).row
        found = np.bincount(by_visit[by_visit >= 0], minlength=len(sample.rows))[held]
        arise = np.isin([role for role, _ in groups], sample.unit_role[problems.unit])
        values["findings_per_visit"] = divide(np.where(arise, add_up(held, found), np.nan), count)
        values["visits_with_finding"] = divide(np.where(arise, add_up(held, found > 0), np.nan), count)
    return {
        (key, f"{sample.roles[role]}/{sample.setting.issuers[issuer]}"): value
        for key, column in values.items()
        for (role, issuer), value in zip(groups, column.tolist(), strict=True)
        if isfinite(value)
    }


def _groups(sample: Sample, hosted: NDArray[np.int64]) -> tuple[list[tuple[int, int]], NDArray[np.int64]]:
    """List role and issuer of visits, and return the place in the list of each obligation.

    An obligation visits units of one type, so the role of its first host is that of all. Obligations that host no visit
    have the place behind the last.
    """
    obligation, first = np.unique(sample.rows.obligation[hosted], return_index=True)
    pairs = [(int(sample.row_role[row]), int(sample.rows.issuer[row])) for row in hosted[first].tolist()]
    groups = sorted(set(pairs))
    place = np.full(len(sample.setting.obligations), len(groups), dtype=np.int64)
    place[obligation] = [groups.index(pair) for pair in pairs]
    return groups, place
