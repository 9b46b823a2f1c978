"""The Standard Cost Model for the same plan, and the premium that queueing adds to it.

The model multiplies number, frequency and time (UK Standard Cost Model Manual 2005, section 3): it is the formality
work demanded, without waiting, interruptions or missed seats. The premium is the work beyond it; an hour of
overtime has the weight `counting.overtime_weight`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.metrics.example import Example, SmallPlan, form
from sim.metrics.hours import FORMAL
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role
from sim.units import WAN

if TYPE_CHECKING:
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
    Metric("queueing_premium", unit="share", better="less", scopes="role", family="cost",
           label={"zh": "排队附加", "en": "queueing premium"},
           meaning={"zh": "超出要求的部分（加班一小时按两小时计，可另设），占要求的比例",
                    "en": "work beyond the demand, as a share of it; overtime counts twice unless set otherwise"},
           example=Example(_BUSY_DAY, {"cadre": (10.25 + 2.25) / 10 - 1},
                           "10.25 h worked and 2.25 h of overtime once more, over 10 h demanded")),
)  # fmt: skip


def measure_cost(sample: Sample) -> Values:
    """Compute the metrics of `COST` by role; hours and money are those of the real county in the year."""
    roles = sample.roles
    rows = sample.rows
    formal = FORMAL[rows.category]
    demanded = in_hours(sample.rows_by_role(rows.effort * rows.seats * formal))
    worked = in_hours(sample.rows_by_role(sample.log.worked * formal))
    overtime = in_hours(sample.rows_by_role(sample.log.overtime * formal))
    extra = sample.setting.counting.overtime_weight.value - 1
    return {
        **per_role(roles, "scm_hours", demanded),
        **per_role(roles, "scm_cost", demanded * sample.setting.hourly_cost / WAN),
        **per_role(roles, "simulated_hours", worked),
        **per_role(roles, "queueing_premium", divide(worked + extra * overtime, demanded) - 1),
    }
