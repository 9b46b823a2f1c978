"""The Standard Cost Model for the same plan, and the premium that queueing adds to it.

The model multiplies number, frequency and time (UK Standard Cost Model Manual 2005, section 3): it is the formality
work demanded, as if regular hours had room for all of it. The premium is the part for which they have none: it is done
in overtime, or not at all. More work for the same cadres does not lower it, as undone work counts; and an hour of
overtime, which the model has counted already, is one hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.example import Example, SmallPlan, form, meeting
from sim.metrics.hours import FORMAL
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role
from sim.units import WAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_BUSY_DAY = SmallPlan(
    (form(9, at=8, due=22), form(1, at=10, rank=0)),
    evening=True,
    preemptive=True,
    switching=0.25,
    facts={"represents": (8,)},
)
"""A day of 8 h with 9 h and 1 h of forms, and a quarter of an hour lost to the interruption: 2.25 h of overtime. The
cadre stands for eight."""

_OVERLOAD = SmallPlan((meeting(1, at=9), form(11, at=8, due=22), meeting(1, at=9)), days=7, evening=True)
"""A day of 8 h and an evening of 3 h, with 11 h of forms and two meetings at the same time."""

COST = (
    Metric("scm_hours", unit="h/year", better="less", scopes="role", family="cost", detail=True,
           label={"zh": "标准成本模型工时", "en": "Standard Cost Model hours"},
           meaning={"zh": "要求的形式性事务：件数×频次×耗时，折算到全县",
                    "en": "formality work demanded: number times frequency times time, for the real county"},
           example=Example(_BUSY_DAY, {"cadre": 8 * (9 + 1)}, "10 h demanded of each of eight cadres")),
    Metric("scm_cost", unit="10k yuan/year", better="less", scopes="role", family="cost",
           label={"zh": "标准成本模型金额", "en": "Standard Cost Model money"},
           meaning={"zh": "标准成本模型工时折成金额", "en": "Standard Cost Model hours in money"},
           example=Example(_BUSY_DAY, {"cadre": 80 * 40 / 10_000}, "80 h at 40 yuan")),
    Metric("simulated_hours", unit="h/year", better="less", scopes="role", family="cost", detail=True,
           label={"zh": "仿真工时", "en": "simulated hours"},
           meaning={"zh": "实际做了的形式性事务，折算到全县",
                    "en": "formality work really done, for the real county"},
           example=Example(_BUSY_DAY, {"cadre": 8 * (9 + 1 + 0.25)}, "10 h and the time lost, by eight cadres")),
    Metric("queueing_premium", unit="h/week", better="less", scopes="role", family="cost",
           label={"zh": "排队附加", "en": "queueing premium"},
           meaning={"zh": "正常工作时间装不下的形式性事务：加班做的，加上到期没做的",
                    "en": "formality for which regular hours have no room: done in overtime, or due and not done"},
           example=Example(_OVERLOAD, {"cadre": 3 + 1},
                           "of 12 h due on Monday 3 are done in the evening, 1 on Tuesday; a seat of 1 h is missed")),
)  # fmt: skip


def measure_cost(sample: Sample) -> Values:
    """Compute the metrics of `COST` by role; hours a year and money are those of the real county."""
    roles = sample.roles
    rows = sample.rows
    formal = FORMAL[rows.category]
    demanded = in_hours(sample.rows_by_role(rows.effort * rows.seats * formal))
    worked = in_hours(sample.rows_by_role(sample.log.worked * formal))
    premium = in_hours(sample.rows_by_role((sample.log.overtime + _left(sample)) * formal))
    return {
        **per_role(roles, "scm_hours", demanded),
        **per_role(roles, "scm_cost", demanded * sample.setting.hourly_cost / WAN),
        **per_role(roles, "simulated_hours", worked),
        **per_role(roles, "queueing_premium", divide(premium, sample.cadre_weeks)),
    }


def _left(sample: Sample) -> NDArray[np.int64]:
    """Return the seconds of each row that were due before the horizon and were not worked, shape (rows,)."""
    rows = sample.rows
    left: NDArray[np.int64] = np.maximum(rows.effort * rows.seats - sample.log.worked, 0)
    return np.where(rows.due < sample.plan.horizon, left, 0)
