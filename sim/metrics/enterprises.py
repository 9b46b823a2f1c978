"""Counts of checks on enterprises: items, visits, departments, enterprises, planned and done, hours of hosts.

An item is one matter of one department; a visit is one trip to one enterprise, with one item or several; a department
appears once in a visit, however many items it brings. So items = enterprises touched x visits to each x items a visit.
Items wanted = withdrawn + merged + dropped + refused + undone + checked. Totals are those of the whole city: each
enterprise counts as often as the real ones that it stands for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.setting import CHECKED, DROPPED, FATES, MERGED, UNDONE, WITHDRAWN
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
            "unit": (0, 0, 0, 0, 1, 2, 2, 1, 1, 0, 2),
            "body": (1, 1, 2, 1, 2, 1, 1, 1, 2, 2, 2),
            "risk": (0, 0, 0, 0, 2, 2, 2, 2, 2, 0, 2),
            "planned": (True, True, True, False, True, True, True, True, True, True, False),
            "plan": (1, 1, 2, 3, 2, 1, 4, 2, 2, 2, 5),
            "fate": (0, 0, 0, 0, 0, 1, 2, 3, 4, 2, 5),
            "row": (1, 1, 1, 2, 3, -1, -1, 3, -1, -1, -1),
            "enterprises": (0, 1, 2),
            "represents": (2, 2, 2),
        }
    },
)
"""Three enterprises that stand for six, departments 1 and 2. Enterprise 0, of high risk, is visited twice: on Monday by
both departments for two items and one item of the plan, on Tuesday by department 1 for one item beside the plan.
Enterprise 1 is visited once: department 2 checks a planned item, department 1 looks along with an item of the same
subject, and a third item of that subject is dropped. At enterprise 2 one item stays undone, one is withdrawn, and one
on no plan is refused. One item at enterprise 0 is withdrawn."""


def _ends(key: str, zh: str, en: str, why: tuple[str, str], example: tuple[int, str]) -> Metric:
    """Return the metric that counts the items with one end."""
    return Metric(
        key, unit="per year", better="neither", scopes="all", family="counted",
        label={"zh": f"全市涉企检查{zh}", "en": f"{en}, whole city"}, meaning={"zh": why[0], "en": why[1]},
        example=Example(_TRIPS, {"all": 2 * example[0]}, example[1]),
    )  # fmt: skip


ENTERPRISES = (
    _ends("check_items_wanted", "部门想查的事项", "items departments want",
          ("各部门想查的事项，计划内外都算；等于撤下、并入、不再查、被挡下、没去查和查了的事项之和",
           "all items that departments want to check; each is withdrawn, merged, dropped, refused, undone or checked"),
          (11, "eleven items at enterprises that stand for two each")),
    _ends("check_items_withdrawn", "撤下事项", "items withdrawn",
          ("上门之前由部门撤下的事项：风险低、清单压减、没抽到、超过上限",
           "items that departments take back: low risk, shorter lists, not drawn, above a cap"),
          (2, "one at enterprise 0, one at enterprise 2")),
    _ends("check_items_merged", "并入事项", "items merged",
          ("内容与别的部门相同、一起看一次的事项",
           "items looked at together with another department's of the same subject"),
          (1, "one at enterprise 1")),
    _ends("check_items_dropped", "不再查的重复事项", "duplicate items dropped",
          ("内容与别的部门相同、由那个部门去查的事项", "items left to another department that has the same subject"),
          (1, "one at enterprise 1")),
    _ends("check_items_refused", "被挡下事项", "items refused",
          ("入企登记时被挡下的事项", "items refused when inspectors want to enter"),
          (1, "one at enterprise 2")),
    _ends("check_items_undone", "没去查的事项", "items left undone",
          ("没有撤下也没有去查的事项", "items that were neither withdrawn nor checked"),
          (1, "one at enterprise 2")),
    Metric("check_items", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "全市涉企检查完成事项", "en": "items checked, whole city"},
           meaning={"zh": "实际检查的事项；一个部门的一件事为一项",
                    "en": "items really checked; one item is one matter of one department"},
           example=Example(_TRIPS, {"all": 2 * (3 + 1 + 1)}, "three, one and one in the three visits, each twice")),
    Metric("check_items_planned", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "全市涉企检查计划事项", "en": "items planned, whole city"},
           meaning={"zh": "比对之后留在年度计划上的检查事项",
                    "en": "items left on the annual plans after these are compared"},
           example=Example(_TRIPS, {"all": 2 * (3 + 1 + 1)}, "three, one and one at the three enterprises")),
    Metric("check_plans", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "全市涉企检查计划数", "en": "check plans, whole city"},
           meaning={"zh": "一个部门一个月的事项为一份计划；合并的几份算一份",
                    "en": "a department's items of one month are a plan; several plans that became one count once"},
           example=Example(_TRIPS, {"all": 2}, "plans 1 and 2; all of plan 4 is withdrawn, and 3 and 5 are no plans")),
    Metric("check_visits", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "全市涉企检查上门次数", "en": "visits to firms, whole city"},
           meaning={"zh": "上门次数，一次可查一项或多项", "en": "trips to enterprises, each with one item or several"},
           example=Example(_TRIPS, {"all": 2 * (2 + 1)}, "two trips to enterprise 0, one to enterprise 1, each twice")),
    Metric("check_appearances", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "全市涉企检查部门到场次数", "en": "departments seen, whole city"},
           meaning={"zh": "各次上门到场部门数之和；一个部门带几项也只算一次",
                    "en": "departments present, added over all visits; one that brings several items counts once"},
           example=Example(_TRIPS, {"all": 2 * (2 + 1 + 2)}, "both on Monday and at enterprise 1, else one")),
    Metric("enterprises_touched", unit="enterprises", better="neither", scopes="all", family="counted",
           label={"zh": "全市受检企业数", "en": "firms inspected, whole city"},
           meaning={"zh": "至少被查一次的企业", "en": "enterprises with at least one visit"},
           example=Example(_TRIPS, {"all": 4}, "enterprises 0 and 1 stand for two each")),
    Metric("visits_per_enterprise", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "每户企业受检次数", "en": "visits per enterprise"},
           meaning={"zh": "上门次数除以全部企业数，没被查的也算",
                    "en": "visits divided by all enterprises, visited or not"},
           example=Example(_TRIPS, {"all": 6 / 6}, "six visits, six enterprises")),
    Metric("visits_per_inspected", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "受检户受检次数", "en": "visits per inspected firm"},
           meaning={"zh": "上门次数除以至少被查一次的企业数",
                    "en": "visits divided by the enterprises with at least one"},
           example=Example(_TRIPS, {"all": 6 / 4}, "six visits, four enterprises visited")),
    Metric("visits_median", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "企业受检次数中位数", "en": "median visits to a firm"},
           meaning={"zh": "一半企业受检不超过这个次数", "en": "half of the enterprises have no more visits"},
           example=Example(_TRIPS, {"all": 1}, "the middle of two visits, one visit and none")),
    Metric("items_per_visit", unit="items", better="neither", scopes="all", family="counted",
           label={"zh": "每次上门检查事项", "en": "items a visit"},
           meaning={"zh": "检查事项除以上门次数", "en": "items checked divided by visits"},
           example=Example(_TRIPS, {"all": 10 / 6}, "ten items, six visits")),
    Metric("appearances_per_firm", unit="per year", better="less", scopes="all", family="counted",
           label={"zh": "每户见到部门数", "en": "departments a firm sees"},
           meaning={"zh": "到场部门数除以全部企业数", "en": "departments present divided by all enterprises"},
           example=Example(_TRIPS, {"all": 10 / 6}, "ten appearances, six enterprises")),
    Metric("visits_per_appearance", unit="ratio", better="neither", scopes="all", family="counted",
           label={"zh": "上门与到场之比", "en": "visits per appearance"},
           meaning={"zh": "上门次数除以到场部门数；部门联合上门则小于 1",
                    "en": "visits divided by departments present; below 1 where departments come together"},
           example=Example(_TRIPS, {"all": 6 / 10}, "six visits, ten appearances")),
    Metric("plan_carried_out", unit="share", better="more", scopes="all", family="counted",
           label={"zh": "涉企检查计划完成率", "en": "planned items checked"},
           meaning={"zh": "列入计划的事项中查了的比例", "en": "share of planned items that were checked"},
           example=Example(_TRIPS, {"all": 8 / 10}, "eight of the ten items left on plans")),
    Metric("visits_per_planned", unit="ratio", better="neither", scopes="all", family="counted",
           label={"zh": "每项计划的上门次数", "en": "visits per planned item"},
           meaning={"zh": "上门次数除以计划事项数", "en": "visits divided by planned items"},
           example=Example(_TRIPS, {"all": 6 / 10}, "six visits, ten planned items")),
    Metric("checks_high_risk", unit="share", better="neither", scopes="all", family="counted",
           label={"zh": "查高风险企业的比例", "en": "checks at high-risk firms"},
           meaning={"zh": "查的事项中落在高风险企业的比例",
                    "en": "share of the checked items that were at enterprises of high risk"},
           example=Example(_TRIPS, {"all": 8 / 10}, "eight of ten items at enterprise 0")),
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
    present = checks.row >= 0
    present[present] = sample.took_place[checks.row[present]]
    fate = np.where((checks.row >= 0) & ~present, UNDONE, checks.fate)
    weight = checks.represents[np.searchsorted(checks.enterprises, checks.unit)]
    ends = {f"check_items_{name}": int(weight[fate == end].sum()) for end, name in enumerate(FATES)}
    items = ends.pop("check_items_checked")
    listed = checks.planned & ~np.isin(fate, (WITHDRAWN, MERGED, DROPPED))
    visits_to, appearances = _visits_to(checks, present), _appearances(checks, present, weight)
    planned, enterprises = int(weight[listed].sum()), int(checks.represents.sum())
    visits, touched = int((checks.represents * visits_to).sum()), int(checks.represents[visits_to > 0].sum())
    counts = ends | {
        "check_items_wanted": int(weight.sum()),
        "check_items_planned": planned,
        "check_items": items,
        "check_plans": len(np.unique(checks.plan[listed])),
        "check_visits": visits,
        "check_appearances": appearances,
        "enterprises_touched": touched,
        "visits_median": float(np.median(np.repeat(visits_to, checks.represents))),
    }
    done = fate == CHECKED
    quotients = {
        "visits_per_enterprise": (visits, enterprises),
        "visits_per_inspected": (visits, touched),
        "items_per_visit": (items, visits),
        "appearances_per_firm": (appearances, enterprises),
        "visits_per_appearance": (visits, appearances),
        "plan_carried_out": (int(weight[done & checks.planned].sum()), planned),
        "visits_per_planned": (visits, planned),
        "checks_high_risk": (int(weight[done & (checks.risk == RISKS.index("high"))].sum()), items),
        "check_hours": (_hours(sample, checks), enterprises),
    }
    known = {key: part / whole for key, (part, whole) in quotients.items() if whole}
    return {(key, ALL): float(value) for key, value in (counts | known).items()}


def _visits_to(checks: Checks, present: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count the visits to each enterprise, shape (enterprises,)."""
    _, first = np.unique(checks.row[present], return_index=True)
    place = np.searchsorted(checks.enterprises, checks.unit[present][first])
    return np.bincount(place, minlength=len(checks.enterprises))


def _appearances(checks: Checks, present: NDArray[np.bool_], weight: NDArray[np.int64]) -> int:
    """Add up the departments present in each visit, over all visits of the city."""
    bodies = np.unique(checks.body, return_inverse=True)[1]
    pairs = np.stack([checks.row[present], bodies[present]], axis=1)
    return int(weight[present][np.unique(pairs, axis=0, return_index=True)[1]].sum())


def _hours(sample: Sample, checks: Checks) -> float:
    """Add up the hours that the people of all enterprises of the city spend on papers and on receiving inspectors."""
    theirs = np.flatnonzero(sample.is_kind("enterprise_check") & np.isin(sample.rows.unit, checks.enterprises))
    weight = checks.represents[np.searchsorted(checks.enterprises, sample.rows.unit[theirs])]
    return float(in_hours((sample.log.worked[theirs] * weight).sum()))
