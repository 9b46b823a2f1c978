"""Counts of checks on enterprises: items, visits, departments, enterprises, planned and done, hours of hosts.

An item is one matter of one department; a visit is one trip to one enterprise, with one item or several; a department
appears once in a visit, however many items it brings. So items = enterprises touched x visits to each x items a visit.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.domain.risk import RISKS
from sim.metrics.example import Example, SmallPlan, Work
from sim.metrics.metric import Metric
from sim.metrics.sample import in_hours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.setting import Checks
    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

ALL = "all"
_PAPERWORK = Work("enterprise_check", Part.PREPARE, Category.INSPECTIONS, effort=3)
_HOST = partial(Work, "enterprise_check", Part.HOST, Category.INSPECTIONS, effort=1, fixed=True)
_TRIPS = SmallPlan(
    (_PAPERWORK, _HOST(at=14), _HOST(at=33), _HOST(at=33, unit=1)),
    cadres=(1, 1, 1),
    facts={
        "checks": {
            "unit": (0, 0, 0, 0, 1, 2),
            "body": (1, 1, 2, 1, 2, 1),
            "risk": (0, 0, 0, 0, 2, 2),
            "planned": (True, True, True, False, True, True),
            "row": (1, 1, 1, 2, 3, -1),
            "enterprises": (0, 1, 2),
        }
    },
)
"""Three enterprises, departments 1 and 2. Enterprise 0, of high risk, is visited twice: on Monday by both departments
for two items and one item of the plan, on Tuesday by department 1 for one item beside the plan. Enterprise 1 is visited
once, for a planned item. No department comes for the planned item at enterprise 2."""

ENTERPRISES = (
    Metric("check_items_planned", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "涉企检查计划事项", "en": "items planned at firms"},
           meaning={"zh": "列入年度计划的检查事项", "en": "items on the annual plans"},
           example=Example(_TRIPS, {"all": 3 + 1 + 1}, "three, one and one at the three enterprises")),
    Metric("check_items", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "涉企检查完成事项", "en": "items checked at firms"},
           meaning={"zh": "实际检查的事项；一个部门的一件事为一项",
                    "en": "items really checked; one item is one matter of one department"},
           example=Example(_TRIPS, {"all": 3 + 1 + 1}, "three, one and one in the three visits")),
    Metric("check_visits", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "涉企检查上门次数", "en": "visits to firms"},
           meaning={"zh": "上门次数，一次可查一项或多项", "en": "trips to enterprises, each with one item or several"},
           example=Example(_TRIPS, {"all": 2 + 1}, "two trips to enterprise 0, one to enterprise 1")),
    Metric("check_appearances", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "涉企检查部门到场次数", "en": "departments seen"},
           meaning={"zh": "各次上门到场部门数之和；一个部门带几项也只算一次",
                    "en": "departments present, added over all visits; one that brings several items counts once"},
           example=Example(_TRIPS, {"all": 2 + 1 + 1}, "both departments in the first visit, one in each other visit")),
    Metric("enterprises_touched", unit="enterprises", better="neither", scopes="all", family="counted",
           label={"zh": "受检企业数", "en": "enterprises inspected"},
           meaning={"zh": "至少被查一次的企业", "en": "enterprises with at least one visit"},
           example=Example(_TRIPS, {"all": 2}, "enterprises 0 and 1")),
    Metric("visits_per_enterprise", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "每户企业受检次数", "en": "visits per enterprise"},
           meaning={"zh": "上门次数除以全部企业数，没被查的也算",
                    "en": "visits divided by all enterprises, visited or not"},
           example=Example(_TRIPS, {"all": 3 / 3}, "three visits, three enterprises")),
    Metric("visits_per_inspected", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "受检户受检次数", "en": "visits per inspected firm"},
           meaning={"zh": "上门次数除以至少被查一次的企业数",
                    "en": "visits divided by the enterprises with at least one"},
           example=Example(_TRIPS, {"all": 3 / 2}, "three visits, two enterprises visited")),
    Metric("visits_median", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "企业受检次数中位数", "en": "median visits to a firm"},
           meaning={"zh": "一半企业受检不超过这个次数", "en": "half of the enterprises have no more visits"},
           example=Example(_TRIPS, {"all": 1}, "the middle of two visits, one visit and none")),
    Metric("items_per_visit", unit="items", better="neither", scopes="all", family="counted",
           label={"zh": "每次上门检查事项", "en": "items a visit"},
           meaning={"zh": "检查事项除以上门次数", "en": "items checked divided by visits"},
           example=Example(_TRIPS, {"all": 5 / 3}, "five items, three visits")),
    Metric("appearances_per_firm", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "每户见到部门数", "en": "departments a firm sees"},
           meaning={"zh": "到场部门数除以全部企业数", "en": "departments present divided by all enterprises"},
           example=Example(_TRIPS, {"all": 4 / 3}, "four appearances, three enterprises")),
    Metric("visits_per_appearance", unit="ratio", better="neither", scopes="all", family="counted",
           label={"zh": "上门与到场之比", "en": "visits per appearance"},
           meaning={"zh": "上门次数除以到场部门数；部门联合上门则小于 1",
                    "en": "visits divided by departments present; below 1 where departments come together"},
           example=Example(_TRIPS, {"all": 3 / 4}, "three visits, four appearances")),
    Metric("plan_carried_out", unit="share", better="more", scopes="all", family="counted",
           label={"zh": "涉企检查计划完成率", "en": "planned items checked"},
           meaning={"zh": "列入计划的事项中查了的比例", "en": "share of planned items that were checked"},
           example=Example(_TRIPS, {"all": 4 / 5}, "four of five planned items")),
    Metric("visits_per_planned", unit="ratio", better="neither", scopes="all", family="counted",
           label={"zh": "每项计划的上门次数", "en": "visits per planned item"},
           meaning={"zh": "上门次数除以计划事项数", "en": "visits divided by planned items"},
           example=Example(_TRIPS, {"all": 3 / 5}, "three visits, five planned items")),
    Metric("checks_high_risk", unit="share", better="neither", scopes="all", family="counted",
           label={"zh": "查高风险企业的比例", "en": "checks at high-risk firms"},
           meaning={"zh": "查的事项中落在高风险企业的比例",
                    "en": "share of the checked items that were at enterprises of high risk"},
           example=Example(_TRIPS, {"all": 4 / 5}, "four of five items at enterprise 0")),
    Metric("check_hours", unit="h/year", better="less", scopes="all", family="counted",
           label={"zh": "每户企业迎检工时", "en": "hours of a firm on checks"},
           meaning={"zh": "一户企业备材料、接待检查的小时数",
                    "en": "hours that people of one enterprise spend on papers and on hosting"},
           example=Example(_TRIPS, {"all": (3 + 3 * 1) / 3}, "3 h of papers, three visits of 1 h, three enterprises")),
)  # fmt: skip


def measure_enterprises(sample: Sample) -> Values:
    """Compute the metrics of `ENTERPRISES`; a quotient by zero is left out, all are without enterprise checks."""
    checks = sample.setting.checks
    if checks is None:
        return {}
    done = checks.row >= 0
    done[done] = sample.attended[checks.row[done]]
    visits_to, appearances = _visits_to(checks, done), _appearances(checks, done)
    items, planned, enterprises = int(done.sum()), int(checks.planned.sum()), len(checks.enterprises)
    visits, touched = int(visits_to.sum()), int((visits_to > 0).sum())
    counts = {
        "check_items_planned": planned,
        "check_items": items,
        "check_visits": visits,
        "check_appearances": appearances,
        "enterprises_touched": touched,
        "visits_median": float(np.median(visits_to)),
    }
    high = int((done & (checks.risk == RISKS.index("high"))).sum())
    quotients = {
        "visits_per_enterprise": (visits, enterprises),
        "visits_per_inspected": (visits, touched),
        "items_per_visit": (items, visits),
        "appearances_per_firm": (appearances, enterprises),
        "visits_per_appearance": (visits, appearances),
        "plan_carried_out": (int((done & checks.planned).sum()), planned),
        "visits_per_planned": (visits, planned),
        "checks_high_risk": (high, items),
        "check_hours": (_hours(sample, checks), enterprises),
    }
    known = {key: part / whole for key, (part, whole) in quotients.items() if whole}
    return {(key, ALL): float(value) for key, value in (counts | known).items()}


def _visits_to(checks: Checks, done: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count the visits to each enterprise, shape (enterprises,)."""
    _, first = np.unique(checks.row[done], return_index=True)
    place = np.searchsorted(checks.enterprises, checks.unit[done][first])
    return np.bincount(place, minlength=len(checks.enterprises))


def _appearances(checks: Checks, done: NDArray[np.bool_]) -> int:
    """Add up the departments present in each visit, over all visits."""
    bodies = np.unique(checks.body, return_inverse=True)[1]
    pairs = np.stack([checks.row[done], bodies[done]], axis=1)
    return len(np.unique(pairs, axis=0))


def _hours(sample: Sample, checks: Checks) -> float:
    """Add up the hours that the people of all enterprises spend on papers and on receiving inspectors."""
    theirs = sample.is_kind("enterprise_check") & np.isin(sample.rows.unit, checks.enterprises)
    return float(in_hours(sample.log.worked[theirs]).sum())
