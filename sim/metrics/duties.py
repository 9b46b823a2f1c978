"""Listed duties: cases, in proportion to use, and standing work, in proportion to the number of kinds of duty."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.metrics.example import Example, SmallPlan, Work
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_CASE = partial(Work, "listed_duties", Part.HANDLE, Category.OTHER)
_STANDBY = Work("listed_duties", Part.ROUTINE, Category.OTHER, effort=4, unit=1)
_TWO_UNITS = SmallPlan((_CASE(2), _CASE(3), _CASE(1, unit=1), _STANDBY), cadres=(1, 1))

DUTIES = (
    Metric("duty_case_hours", unit="h/year", better="less", scopes="role", family="time",
           label={"zh": "每单位履职办案", "en": "hours on listed duties"},
           meaning={"zh": "一个单位办案的小时数", "en": "hours of one unit on cases of listed duties"},
           example=Example(_TWO_UNITS, {"cadre": (2 + 3 + 1) / 2}, "6 h on cases in two units")),
    Metric("duty_standing_hours", unit="h/year", better="less", scopes="role", family="time",
           label={"zh": "每单位备勤培训报表", "en": "standing work of duties"},
           meaning={"zh": "一个单位为各种事项备勤、培训、报表的小时数",
                    "en": "hours of one unit on the standby, training and reports that each kind of duty asks for"},
           example=Example(_TWO_UNITS, {"cadre": 4 / 2}, "4 h of standby in one of two units")),
    Metric("duty_cases", unit="per unit-year", better="neither", scopes="role", family="counted",
           label={"zh": "履职案件", "en": "cases of listed duties"},
           meaning={"zh": "一个单位办理的案件", "en": "cases handled by one unit"},
           example=Example(_TWO_UNITS, {"cadre": 3 / 2}, "three cases, two units")),
)  # fmt: skip


def measure_duties(sample: Sample) -> Values:
    """Compute the metrics of `DUTIES` per unit and year, by role; nothing without listed duties."""
    mine = sample.is_kind("listed_duties")
    if not mine.any():
        return {}
    roles = sample.roles
    units = sample.units_by_role
    cases = mine & sample.is_part(Part.HANDLE)
    handled, standing = np.flatnonzero(cases), np.flatnonzero(mine & ~cases)
    worked = sample.log.worked
    return {
        **per_role(roles, "duty_cases", divide(sample.rows_by_role(cases), units)),
        **per_role(roles, "duty_case_hours", divide(in_hours(sample.rows_by_role(worked[handled], handled)), units)),
        **per_role(
            roles, "duty_standing_hours", divide(in_hours(sample.rows_by_role(worked[standing], standing)), units)
        ),
    }
