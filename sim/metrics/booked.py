"""Appointments: how many are moved, short-handed or cancelled, and the preparation for those that are cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.booked import BEYOND
from sim.metrics.example import Example, SmallPlan, form, visit
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.booked import Booked
    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

ALL = "all"
_BOOKED = SmallPlan(
    (form(3), visit(1, at=33)),
    facts={
        "booked": {
            "obligation": (0, 0, 0, 0, 0),
            "unit": (0, 0, 0, 0, 0),
            "wanted": (32_400, 32_400, 118_800, 205_200, 605_000),
            "start": (32_400, 118_800, 118_800, -1, -2),
            "seats": ((2, 1, 0), (2, 1, 0), (2, 1, 0), (2, 1, 0), (2, 1, 0)),
            "filled": ((2, 1, 0), (1, 1, 0), (2, 1, 0), (0, 0, 0), (0, 0, 0)),
            "outside": (0, 0, 1, 0, 0),
            "in_vain": (0,),
        }
    },
)
"""Four visits in the week, and one after it; the form prepares the visit that is cancelled."""

BOOKED = (
    Metric("appointments", unit="per year", better="neither", scopes="all", family="pressure", detail=True,
           label={"zh": "约定次数", "en": "appointments"},
           meaning={"zh": "会议、检查、考核和值班等定时事务，含后来取消的",
                    "en": "meetings, visits, appraisals and turns of duty, those that are cancelled included"},
           example=Example(_BOOKED, {"all": 4}, "four in the week; the fifth is wanted after it")),
    Metric("appointments_moved", unit="share", better="neither", scopes="all", family="pressure", detail=True,
           label={"zh": "改期比例", "en": "appointments moved"},
           meaning={"zh": "因为有人没空而改到别的时间的约定",
                    "en": "share of appointments held at another time, because somebody was not free"},
           example=Example(_BOOKED, {"all": 1 / 4}, "the second is held a day later")),
    Metric("appointments_short", unit="share", better="less", scopes="all", family="pressure", detail=True,
           label={"zh": "缺人比例", "en": "appointments short-handed"},
           meaning={"zh": "举行了但有席位空着的约定", "en": "share of appointments held with a seat that stays empty"},
           example=Example(_BOOKED, {"all": 1 / 4}, "the second is held with one of two visitors")),
    Metric("appointments_cancelled", unit="share", better="less", scopes="all", family="pressure",
           label={"zh": "取消比例", "en": "appointments cancelled"},
           meaning={"zh": "可改期的日子里都凑不齐人而取消的约定",
                    "en": "share of appointments for which no time within the tolerance had a quorum"},
           example=Example(_BOOKED, {"all": 1 / 4}, "the fourth")),
    Metric("appointments_outside", unit="share", better="neither", scopes="all", family="pressure", detail=True,
           label={"zh": "召集方未模拟的比例", "en": "appointments called from outside"},
           meaning={"zh": "召集方或检查方不在模拟单位之内的约定；他们总算到场",
                    "en": "share of appointments with callers who are not simulated and count as present"},
           example=Example(_BOOKED, {"all": 1 / 4}, "one visitor of the third is not simulated")),
    Metric("preparation_in_vain", unit="h/week", better="less", scopes="role", family="pressure", detail=True,
           label={"zh": "白做的准备", "en": "preparation in vain"},
           meaning={"zh": "为后来取消的会议、检查做的准备", "en": "preparation for appointments that are cancelled"},
           example=Example(_BOOKED, {"cadre": 3}, "3 h of preparation for the cancelled visit in one cadre-week")),
)  # fmt: skip


APPOINTMENTS = (
    "appointments",
    "appointments_moved",
    "appointments_short",
    "appointments_cancelled",
    "appointments_outside",
)
"""Metrics that are also told for each obligation."""


def measure_booked(sample: Sample) -> Values:
    """Compute the metrics of `BOOKED`; nothing in a plan without bookings."""
    booked = sample.setting.booked
    if booked is None:
        return {}
    numbers = by_group(booked, np.zeros_like(booked.start), 1)
    every = {(key, ALL): float(number) for key, (number,) in numbers.items() if np.isfinite(number)}
    rows = booked.in_vain
    vain = in_hours(sample.rows_by_role(sample.log.worked[rows], rows))
    return every | per_role(sample.roles, "preparation_in_vain", divide(vain, sample.cadre_weeks))


def by_group(booked: Booked, group: NDArray[np.int64], groups: int) -> dict[str, NDArray[np.float64]]:
    """Return the number and the shares of appointments in each group, shape (groups,); NaN for a group without any."""
    wanted = booked.start != BEYOND
    held = booked.start >= 0
    empty = (booked.filled < booked.seats).any(axis=1)

    def count(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(group[chosen], minlength=groups).astype(np.float64)

    total = count(wanted)
    return {
        "appointments": total,
        "appointments_moved": divide(count(held & (booked.start != booked.wanted)), total),
        "appointments_short": divide(count(held & empty), total),
        "appointments_cancelled": divide(count(wanted & ~held), total),
        "appointments_outside": divide(count(wanted & (booked.outside > 0)), total),
    }
