"""Hours per cadre and ordinary week: all of them, by category, by issuer, for superiors, for residents, on visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, FORMALITY, Category, Part
from sim.metrics.definitions import WORST_OFF
from sim.metrics.example import Example, SmallPlan, Work, form, matter, meeting, visit
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_DUTY = Work("duty", Part.ROUTINE, Category.OTHER, effort=3)
_WEEK = SmallPlan((form(6), matter(4), _DUTY, meeting(2, at=17)))
_RECEPTION = SmallPlan(
    (
        visit(2, at=9, seats=2),
        Work("meeting", Part.HOST, Category.MEETINGS, effort=1, at=14, fixed=True),
        Work("inspection", Part.ESCORT, Category.INSPECTIONS, effort=3, at=33, fixed=True),
    ),
    cadres=(2,),
)
_UNEVEN = SmallPlan((form(20), form(6, unit=1)), cadres=(1, 1), facts={"represents": (1, 19)})

HOURS = (
    Metric("formality_hours", unit="h/week", better="less", scopes="role", family="time",
           label={"zh": "形式性事务时间", "en": "formality hours"},
           meaning={"zh": "应对上级要求的时间，含加班",
                    "en": "time spent on the demands of superiors, overtime included"},
           example=Example(_WEEK, {"cadre": 6 + 2}, "a form of 6 h and a meeting of 2 h in one week")),
    Metric("service_hours", unit="h/week", better="more", scopes="role", family="time",
           label={"zh": "服务群众时间", "en": "hours for residents"},
           meaning={"zh": "办群众的事、为群众值班，加上走访巡查",
                    "en": "residents' matters and duties for residents, plus home visits and patrol"},
           example=Example(_WEEK, {"cadre": 4 + 13}, "a matter of 4 h, and half of 26 free hours")),
    Metric("outreach_hours", unit="h/week", better="more", scopes="role", family="time",
           label={"zh": "入户走访与巡查时间", "en": "home visits and patrol"},
           meaning={"zh": "有走访职责的岗位，空当够走访一户的时间里用于走访巡查的部分",
                    "en": "the used share of gaps that are long enough for a home visit, of posts that visit homes"},
           example=Example(_WEEK, {"cadre": 26 / 2},
                           "the 26 free hours lie in gaps of at least half an hour; half of them is used")),
    Metric("unassigned_hours", unit="h/week", better="neither", scopes="role", family="time",
           label={"zh": "未安排时间", "en": "unassigned hours"},
           meaning={"zh": "正常工作时间里既没有任务、也不用于走访巡查的部分",
                    "en": "regular time without tasks that does not go to home visits and patrol"},
           example=Example(_WEEK, {"cadre": 40 - 6 - 4 - 3 - 1 - 13},
                           "40 regular hours less form, matter, duty, the hour of the meeting before 18:00, and 13 h "
                           "of visits")),
    Metric("total_hours", unit="h/week", better="less", scopes="role", family="time", detail=True,
           label={"zh": "总工作时间", "en": "hours in all"},
           meaning={"zh": "正常工作时间加加班", "en": "regular hours plus overtime"},
           example=Example(_WEEK, {"cadre": 40 + 1}, "40 regular hours, and the hour of the meeting after 18:00")),
    Metric("formality_worst_tenth", unit="h/week", better="less", scopes="role", family="time",
           label={"zh": "最重一成干部的形式性事务", "en": "formality of the worst-off tenth"},
           meaning={"zh": "形式性事务最多的一成干部的平均",
                    "en": "mean formality hours of the tenth of the cadres who have the most"},
           example=Example(_UNEVEN, {"cadre": (1 * 20 + 1 * 6) / 2},
                           "a tenth of twenty real cadres are two: the one with 20 h, and one of those with 6 h")),
    Metric("formality_share", unit="share", better="less", scopes="role", family="time",
           label={"zh": "形式性事务占比", "en": "share of formality"},
           meaning={"zh": "形式性事务占全部时间的比例", "en": "formality hours as a share of all hours"},
           example=Example(_WEEK, {"cadre": 8 / 41}, "8 h of formality in 41 h")),
    Metric("service_share", unit="share", better="more", scopes="role", family="time",
           label={"zh": "服务群众占比", "en": "share for residents"},
           meaning={"zh": "服务群众占全部时间的比例", "en": "hours for residents as a share of all hours"},
           example=Example(_WEEK, {"cadre": 17 / 41}, "17 h for residents in 41 h")),
    Metric("hours", unit="h/week", better="neither", scopes="category", family="time", detail=True,
           label={"zh": "各类事务时间", "en": "hours by category"},
           meaning={"zh": "各类事务的小时数", "en": "hours of each category of time"},
           example=Example(
               _WEEK, {"cadre/reports": 6, "cadre/meetings": 2, "cadre/service": 4, "cadre/other": 3},
               "each row counts in its own category; free time is in none")),
    Metric("hours_by_issuer", unit="h/week", better="neither", scopes="issuer", family="time", detail=True,
           label={"zh": "任务来源", "en": "hours by issuer"},
           meaning={"zh": "按任务由谁布置划分，群众也算一方",
                    "en": "hours by the tier or department that demanded the work; residents count as one issuer"},
           example=Example(_WEEK, {"cadre/county": 6 + 3 + 2, "cadre/residents": 4},
                           "form, duty and meeting come from the county, the matter from a resident")),
    Metric("hosting_hours", unit="h/week", better="less", scopes="role", family="time", detail=True,
           label={"zh": "接待检查考核时间", "en": "hours of hosting visits"},
           meaning={"zh": "接待、陪同检查组、考核组和创建验收组的时间，含路途",
                    "en": "hours of receiving or escorting inspectors, examiners and project checks, travel included"},
           example=Example(_RECEPTION, {"cadre": (2 * 2 + 3) / 2},
                           "two hosts for 2 h and one escort for 3 h, over two cadres; hosting a meeting is no visit")),
)  # fmt: skip

FORMAL = np.array([category in FORMALITY for category in CATEGORIES])
"""True for categories of formality, shape (categories,)."""
OUTREACH, UNASSIGNED = "outreach", "unassigned"
"""Names of regular time without tasks: that of home visits and patrol, and the rest."""
_SERVICE = CATEGORIES.index(Category.SERVICE)
_INSPECTIONS = CATEGORIES.index(Category.INSPECTIONS)


def measure_hours(sample: Sample) -> Values:
    """Compute hours per cadre and ordinary week, and their shares; service and shares only of roles that serve."""
    roles, hours = sample.roles, sample.ordinary_hours
    worked, outreach, unassigned = hours[:, : len(CATEGORIES)], hours[:, -2], hours[:, -1]
    total = hours.sum(axis=1)
    formality = worked[:, FORMAL].sum(axis=1)
    serving = sample.by_role(sample.serves) > 0
    service = np.where(serving, worked[:, _SERVICE] + outreach, np.nan)
    values = {
        **per_role(roles, "total_hours", total),
        **per_role(roles, "formality_hours", formality),
        **per_role(roles, "formality_worst_tenth", _worst_tenth(sample)),
        **per_role(roles, "service_hours", service),
        **per_role(roles, "outreach_hours", np.where(sample.by_role(sample.visits_homes) > 0, outreach, np.nan)),
        **per_role(roles, "unassigned_hours", np.where(serving, unassigned, np.nan)),
        **per_role(roles, "formality_share", np.where(serving, divide(formality, total), np.nan)),
        **per_role(roles, "service_share", divide(service, total)),
        **per_role(roles, "hosting_hours", divide(_hosting(sample), sample.cadre_weeks)),
    }
    for place, category in enumerate(CATEGORIES):
        values |= {("hours", f"{role}/{category}"): float(worked[r, place]) for r, role in enumerate(roles)}
    return values | _by_issuer(sample)


def formality_by_person(sample: Sample) -> NDArray[np.float64]:
    """Compute the formality hours of each cadre per ordinary week, at both desks of a secondee, shape (persons,)."""
    formality = in_hours(sample.by_person(sample.log.seconds.sum(axis=1)[:, FORMAL].sum(axis=1)))
    return divide(formality, sample.by_person(sample.ordinary_weeks))


def _worst_tenth(sample: Sample) -> NDArray[np.float64]:
    """Average the formality hours of the real cadres with the most, shape (roles,); NaN for a role without cadres."""
    hours = formality_by_person(sample)
    role, times = sample.setting.cadre_role[sample.persons], sample.setting.represents[sample.persons]
    worst = np.full(len(sample.roles), np.nan)
    for number in range(len(worst)):
        mine = np.flatnonzero((role == number) & np.isfinite(hours))
        mine = mine[np.argsort(-hours[mine], kind="stable")]
        room = WORST_OFF * times[mine].sum()
        taken = np.clip(room - (np.cumsum(times[mine]) - times[mine]), 0, times[mine])
        worst[number] = (hours[mine] * taken).sum() / room if len(mine) else np.nan
    return worst


def _hosting(sample: Sample) -> NDArray[np.float64]:
    """Add up the hours of receiving and escorting visits, shape (roles,); hosting a meeting or training is no visit."""
    received = sample.is_part(Part.HOST, Part.ESCORT) & (sample.rows.category == _INSPECTIONS)
    rows = np.flatnonzero(received)
    return in_hours(sample.rows_by_role(sample.log.worked[rows], rows))


def _by_issuer(sample: Sample) -> Values:
    """Compute hours per cadre and ordinary week by role and issuer; residents count as one issuer."""
    issuers = (*sample.setting.issuers, "residents")
    made_by = np.where(sample.rows.issuer < 0, len(issuers) - 1, sample.rows.issuer)
    shape = (len(sample.roles), len(issuers))
    seconds = sample.log.worked * sample.row_represents
    total = np.bincount(sample.row_role * shape[1] + made_by, seconds, shape[0] * shape[1]).reshape(shape)
    table = in_hours(total) / np.where(sample.cadre_weeks > 0, sample.cadre_weeks, 1)[:, None]
    return {
        ("hours_by_issuer", f"{role}/{issuer}"): float(table[r, i])
        for r, role in enumerate(sample.roles)
        for i, issuer in enumerate(issuers)
    }
