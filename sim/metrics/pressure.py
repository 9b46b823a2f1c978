"""Pressure on cadres: overtime, peaks, interruptions, short notice, late forms, missed seats."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, Category, Part
from sim.metrics.counted import short_notice
from sim.metrics.definitions import YEAR_END
from sim.metrics.example import Example, SmallPlan, form, matter, meeting
from sim.metrics.hours import FORMAL
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role
from sim.units import DAYS_PER_WEEK, MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_EVENINGS = SmallPlan(
    (form(10, at=24 * 63 + 8, due=24 * 63 + 22), form(10, at=24 * 338 + 8, due=24 * 338 + 22)), days=364, evening=True
)
"""A form on 4 March and a form on 4 December."""
_LONG = SmallPlan(tuple(form(11, at=24 * day + 8, due=24 * day + 22) for day in range(3)), days=14, evening=True)
_PEAK = SmallPlan((form(6, at=8), form(10, at=168 + 8)), days=14)
_SEASONS = SmallPlan((form(20, at=24 * 63 + 8), form(12, at=24 * 308 + 8)), days=364)
"""A form from 4 March on and a form from 4 November on."""
_URGENT = SmallPlan((form(4, at=8), form(1, at=10, rank=0)), preemptive=True)
_NOTICE = SmallPlan((form(1, due=42, fields=2), form(1, due=66, fields=2), matter(1, due=12)))
_DEADLINES = SmallPlan((form(1, due=12), form(2, due=10), form(60, at=12, due=160), form(1, at=160, due=170)))
_SEATS = SmallPlan((meeting(1, at=9, seats=3), meeting(1, at=33, seats=2)), cadres=(2,))

PRESSURE = (
    Metric("overtime_hours", unit="h/week", better="less", scopes="role", family="pressure",
           label={"zh": "加班时间", "en": "overtime"},
           meaning={"zh": "正常工作时间以外的工作：晚上的工作，以及超过下班时间的会议和检查",
                    "en": "work outside regular hours: in the evening, and at appointments that run over"},
           example=Example(_EVENINGS, {"cadre": (2 + 2) / 52}, "two forms of 10 h in a day of 8 h, in 52 weeks")),
    Metric("overtime_december", unit="h/week", better="less", scopes="role", family="pressure",
           label={"zh": "十二月加班时间", "en": "overtime in December"},
           meaning={"zh": "十二月各周的加班", "en": "overtime in the weeks of December"},
           example=Example(_EVENINGS, {"cadre": 2 / 4}, "one of the two forms, in the 4 weeks that end in December")),
    Metric("long_weeks", unit="share", better="less", scopes="role", family="pressure",
           label={"zh": "超长工作周", "en": "long weeks"},
           meaning={"zh": "超过 48 小时（可另设）的人周所占比例，走访巡查计算在内",
                    "en": "share of cadre-weeks with more than 48 hours (unless set otherwise), home visits included"},
           example=Example(_LONG, {"cadre": 1 / 2}, "40 h and three times 3 h of overtime in one of two weeks")),
    Metric("peak_week", unit="h/week", better="less", scopes="role", family="pressure",
           label={"zh": "最忙一周的形式性事务", "en": "formality in the peak week"},
           meaning={"zh": "一年中最重一周的形式性事务，取该类干部平均",
                    "en": "formality hours of the year's heaviest week, mean over the role's cadres"},
           example=Example(_PEAK, {"cadre": 10}, "6 h in one week, 10 h in the other")),
    Metric("year_end_ratio", unit="ratio", better="less", scopes="role", family="pressure", detail=True,
           label={"zh": "岁末年初与平时之比", "en": "year-end load over the rest"},
           meaning={"zh": "每个正常工时里的报表和检查，十一月至一月与其余月份之比",
                    "en": "reports and inspections per regular hour, November to January over the rest"},
           example=Example(_SEASONS, {"cadre": (12 / 12) / (20 / 40)},
                           "12 h in the 12 weeks of November to January, 20 h in the other 40 weeks")),
    Metric("interruptions", unit="per cadre-week", better="less", scopes="role", family="pressure",
           label={"zh": "被打断次数", "en": "interruptions"},
           meaning={"zh": "手头的事被更急的事打断的次数",
                    "en": "times that more urgent work interrupted work under way"},
           example=Example(_URGENT, {"cadre": 1}, "the urgent form interrupts the other once")),
    Metric("short_notice", unit="per cadre-week", better="less", scopes="role", family="pressure",
           label={"zh": "急报表", "en": "forms at short notice"},
           meaning={"zh": "要求在一个工作日之内（可另设）交的表",
                    "en": "forms due within one working day of the request (or as set)"},
           example=Example(_NOTICE, {"cadre": 1},
                           "one form is due at the next day's close, the other a day later; the matter is no form")),
    Metric("late_reports", unit="share", better="less", scopes="role", family="pressure",
           label={"zh": "迟报比例", "en": "late forms"},
           meaning={"zh": "过了期限才填或没填的表所占比例",
                    "en": "share of forms filled after the deadline, or not at all"},
           example=Example(_DEADLINES, {"cadre": 2 / 3},
                           "of three forms due in the week one is late and one unfinished; the fourth is due later")),
    Metric("missed_seats", unit="share", better="less", scopes="role", family="pressure",
           label={"zh": "缺席比例", "en": "missed seats"},
           meaning={"zh": "会议、检查等该到而抽不出人的席位所占比例",
                    "en": "share of seats at appointments for which no cadre was free"},
           example=Example(_SEATS, {"cadre": 1 / 5}, "two cadres for 3 seats and for 2 seats")),
)  # fmt: skip

_SEASONAL = [CATEGORIES.index(category) for category in (Category.REPORTS, Category.INSPECTIONS)]


def measure_pressure(sample: Sample) -> Values:
    """Compute the metrics of `PRESSURE` by role; a role without cadres has none."""
    roles, weeks = sample.roles, sample.cadre_weeks
    overtime = in_hours(sample.by_role(sample.log.overtime_seconds.sum(axis=1)))
    spent = sample.available + sample.log.overtime_seconds
    long_weeks = sample.by_role((spent > sample.setting.counting.long_week.value).sum(axis=1))
    formality = sample.weekly_hours[:, :, : len(FORMAL)][:, :, FORMAL].sum(axis=2)
    return {
        **per_role(roles, "overtime_hours", divide(overtime, weeks)),
        **per_role(roles, "overtime_december", _december(sample)),
        **per_role(roles, "long_weeks", divide(long_weeks, sample.cadres_present.sum(axis=1))),
        **per_role(roles, "peak_week", formality.max(axis=1)),
        **per_role(roles, "year_end_ratio", _year_end_ratio(sample)),
        **per_role(roles, "interruptions", divide(sample.rows_by_role(sample.log.interruptions), weeks)),
        **per_role(roles, "short_notice", divide(short_notice(sample), weeks)),
        **per_role(roles, "late_reports", _late_reports(sample)),
        **per_role(roles, "missed_seats", _missed_seats(sample)),
    }


def _weeks_in(sample: Sample, months: frozenset[int]) -> NDArray[np.bool_]:
    """Mark the calendar weeks that have their Thursday in `months`, shape (weeks,)."""
    first = date(sample.setting.year, 1, 1)
    monday = first - timedelta(days=sample.plan.first_weekday)
    thursdays = [monday + timedelta(weeks=week, days=DAYS_PER_WEEK // 2) for week in range(sample.plan.weeks)]
    return np.array([day.month in months for day in thursdays])


def _december(sample: Sample) -> NDArray[np.float64]:
    """Compute overtime hours per cadre and ordinary week of December, shape (roles,); NaN without such weeks."""
    inside = _weeks_in(sample, frozenset({MONTHS_PER_YEAR}))
    overtime = in_hours(sample.by_role(sample.log.overtime_seconds[:, inside].sum(axis=1)))
    regular = sample.available[:, inside].sum(axis=1) / sample.setting.week_seconds[sample.shift_of_cadre]
    return divide(overtime, sample.by_role(regular))


def _year_end_ratio(sample: Sample) -> NDArray[np.float64]:
    """Divide the load of November to January by that of the other months, shape (roles,).

    The load is the time on reports and inspections per regular hour. NaN where either part of the year has none.
    """
    inside = _weeks_in(sample, YEAR_END)
    seasonal = sample.log.seconds[:, :, _SEASONAL].sum(axis=2)

    def load(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        done = sample.by_role(seasonal[:, chosen].sum(axis=1))
        return divide(done, sample.by_role(sample.available[:, chosen].sum(axis=1)))

    return divide(load(inside), load(~inside))


def _late_reports(sample: Sample) -> NDArray[np.float64]:
    """Compute the share of forms due before the horizon that were filled late or never, shape (roles,)."""
    due = sample.is_kind("report") & sample.is_part(Part.FILL) & (sample.rows.due < sample.plan.horizon)
    late = due & ((sample.log.finish < 0) | (sample.log.finish > sample.rows.due))
    return divide(sample.rows_by_role(late), sample.rows_by_role(due))


def _missed_seats(sample: Sample) -> NDArray[np.float64]:
    """Divide the missed seats by the seats of all appointments, shape (roles,)."""
    seats = np.where(sample.rows.start >= 0, sample.rows.seats, 0)
    return divide(sample.rows_by_role(sample.log.missed), sample.rows_by_role(seats))
