"""Service to residents: waiting, giving up, matters, homes visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Part
from sim.metrics.definitions import MEDIAN, NINE_IN_TEN, WAIT_EDGES_HOURS
from sim.metrics.example import Example, SmallPlan, form, matter
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role
from sim.units import HOUR, MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

ALL = "all"
_QUEUE = SmallPlan((matter(1, at=9), matter(1, at=9), matter(1, at=9)))
"""Three residents come at nine; one cadre takes an hour for each."""
_LEAVING = SmallPlan((matter(3, at=9), matter(1, at=10, patience=1), matter(5, at=14), matter(1, at=15)), days=1)
"""The second resident leaves at eleven; the fourth still waits when the run ends with the day."""
_FREE = SmallPlan((form(10),))

RESIDENTS = (
    Metric("wait_mean", unit="h", better="less", scopes="stream", family="residents",
           label={"zh": "群众平均等待", "en": "mean wait of residents"},
           meaning={"zh": "从来到开办，按钟表计的小时数",
                    "en": "hours on the clock from arrival until a matter is begun"},
           example=Example(_QUEUE, {"request": (0 + 1 + 2) / 3, "all": (0 + 1 + 2) / 3}, "waits of 0, 1 and 2 h")),
    Metric("wait_median", unit="h", better="less", scopes="stream", family="residents", detail=True,
           label={"zh": "群众等待中位数", "en": "median wait"},
           meaning={"zh": "一半人的等待不超过这个时间", "en": "half of the residents wait at most so long"},
           example=Example(_QUEUE, {"request": 1, "all": 1}, "the middle of 0, 1 and 2 h")),
    Metric("wait_p90", unit="h", better="less", scopes="stream", family="residents",
           label={"zh": "群众等待九成位", "en": "wait of nine in ten"},
           meaning={"zh": "九成人的等待不超过这个时间", "en": "nine in ten residents wait at most so long"},
           example=Example(_QUEUE, {"request": 0 + 0.9 * 2, "all": 0 + 0.9 * 2},
                           "nine tenths of the way from the shortest wait, 0 h, to the longest, 2 h")),
    Metric("within_service_level", unit="share", better="more", scopes="stream", family="residents",
           label={"zh": "按承诺时限开办", "en": "begun within the promised time"},
           meaning={"zh": "来办的事中在承诺时限内开办的比例",
                    "en": "share of all arrivals begun within the promised time"},
           example=Example(_QUEUE, {"request": 2 / 3, "all": 2 / 3}, "two of three begun within the promised hour")),
    Metric("gave_up", unit="share", better="less", scopes="stream", family="residents",
           label={"zh": "群众放弃比例", "en": "residents who gave up"},
           meaning={"zh": "来办的事中等不及而放弃的比例", "en": "share of all arrivals whose patience ran out"},
           example=Example(_LEAVING, {"request": 1 / 4, "all": 1 / 4}, "the second of four")),
    Metric("open_at_year_end", unit="share", better="less", scopes="stream", family="residents", detail=True,
           label={"zh": "年末未办比例", "en": "open at year end"},
           meaning={"zh": "来办的事中年末既未开办也未放弃的比例",
                    "en": "share of all arrivals neither begun nor given up"},
           example=Example(_LEAVING, {"request": 1 / 4, "all": 1 / 4}, "the fourth of four")),
    Metric("matters", unit="per year", better="neither", scopes="stream", family="residents", detail=True,
           label={"zh": "群众办事件数", "en": "residents' matters"},
           meaning={"zh": "被模拟的单位一年收到的事；转走的算在办理单位",
                    "en": "matters that arrived in the simulated units; one sent on counts where it is handled"},
           example=Example(_LEAVING, {"request": 4, "all": 4}, "all four residents, served or not")),
    Metric("households_reached", unit="per cadre-week", better="more", scopes="role", family="residents",
           label={"zh": "走访户数", "en": "households reached"},
           meaning={"zh": "走访巡查时间除以走访一户的时间",
                    "en": "time of home visits and patrol divided by the time of one home visit"},
           example=Example(_FREE, {"cadre": (40 - 10) / 2 / 0.5}, "half of 30 free hours, half an hour a home")),
)  # fmt: skip
HOMES = (
    Metric("households_month", unit="households", better="more", scopes="role", family="residents",
           label={"zh": "一个单位每月可走访户数", "en": "homes a month"},
           meaning={"zh": "一个单位一个月的走访巡查时间可走访的户数",
                    "en": "homes that one unit can visit in a month in its time of home visits and patrol"},
           example=Example(_FREE, {"cadre": 30 / 12}, "30 homes in a run of one unit, spread over twelve months")),
)  # fmt: skip


def _matters(sample: Sample) -> NDArray[np.int64]:
    """Return the row numbers of matters that arrived; a resident who is sent on counts where the matter is handled."""
    matters = sample.is_kind("request", "certificate") & sample.is_part(Part.HANDLE) & (sample.log.released >= 0)
    return np.flatnonzero(matters)


def waits(sample: Sample) -> NDArray[np.int64]:
    """Count begun matters by hours on the clock until begun, shape (len(WAIT_EDGES_HOURS),)."""
    matters = _matters(sample)
    begun = matters[sample.log.start[matters] >= 0]
    hours = in_hours(sample.log.start[begun] - sample.log.released[begun])
    place = np.searchsorted(WAIT_EDGES_HOURS, hours, side="right") - 1
    return np.bincount(place, minlength=len(WAIT_EDGES_HOURS))


def measure_residents(sample: Sample) -> Values:
    """Compute the metrics of `RESIDENTS`: waiting by stream of demand and over all, households by role."""
    visits = sample.by_role(sample.outreach.sum(axis=1)) / sample.setting.home_visit
    visiting = sample.by_role(np.where(sample.visits_homes, sample.ordinary_weeks, 0))
    values = per_role(sample.roles, "households_reached", divide(visits, visiting))
    matters = _matters(sample)
    stream = sample.rows.obligation[matters]
    for index, name in enumerate(sample.setting.obligations):
        if sample.setting.kinds[index] in {"request", "certificate"}:
            values |= _waiting(sample, matters[stream == index], name.partition(".")[2])
    return values | _waiting(sample, matters, ALL)


def _waiting(sample: Sample, chosen: NDArray[np.int64], scope: str) -> Values:
    """Compute the metrics of waiting over the rows `chosen`, begun, given up or open; nothing without rows.

    Mean, median and ninth decile cover begun matters only, and are left out if there are none.
    """
    arrived = len(chosen)
    if arrived == 0:
        return {}
    begun = chosen[sample.log.start[chosen] >= 0]
    wait = sample.log.start[begun] - sample.log.released[begun]
    promised = sample.setting.service_level[sample.rows.obligation[begun]]
    gave_up = int(sample.log.gave_up[chosen].sum())
    values = {
        "within_service_level": float((wait <= promised).sum() / arrived),
        "gave_up": gave_up / arrived,
        "open_at_year_end": (arrived - len(begun) - gave_up) / arrived,
        "matters": float(arrived),
    }
    if len(wait):
        middle, long = np.quantile(wait, (MEDIAN, NINE_IN_TEN))
        values |= {"wait_mean": wait.mean() / HOUR, "wait_median": middle / HOUR, "wait_p90": long / HOUR}
    return {(key, scope): float(value) for key, value in values.items()}


def measure_homes(sample: Sample) -> Values:
    """Compute the homes that a unit can call on in a month, by role; a role that visits no homes has none."""
    units = np.where(sample.by_role(sample.visits_homes) > 0, sample.units_by_role, 0)
    free = sample.by_role(sample.outreach.sum(axis=1)) / sample.setting.home_visit
    return per_role(sample.roles, "households_month", divide(free / MONTHS_PER_YEAR, units))
