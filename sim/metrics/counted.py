"""Counts of the year for each unit: visits, meetings, papers, forms, fields; the time of a topic and of data entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.availability import regular_by_day
from sim.contract.plan import DAY
from sim.domain.category import CATEGORIES, Category, Part
from sim.metrics.collecting import asked_at
from sim.metrics.example import Example, SmallPlan, Work, form, meeting, visit
from sim.metrics.metric import Metric
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

_APPOINTMENTS = SmallPlan((visit(1, at=9), meeting(3, at=33), visit(1, at=34), visit(1, at=57, unit=1)), cadres=(1, 1))
_READING = Work("document", Part.READ, Category.DOCUMENTS, effort=1)
_PAPERS = SmallPlan(
    (form(2, fields=10), form(1, fields=5, reentered=4), form(1, fields=0), _READING, _READING, _READING)
)
_ENTERING = SmallPlan((form(5), Work("check_in", Part.CHECK_IN, Category.CHANNELS, effort=1), meeting(7, at=33)))

COUNTED = (
    Metric("visits_received", unit="per unit-year", better="less", scopes="role", family="counted",
           label={"zh": "接受检查考核次数", "en": "visits received"},
           meaning={"zh": "接受的检查和考核；联合检查算一次",
                    "en": "inspections and appraisals received; a joint visit is one"},
           example=Example(_APPOINTMENTS, {"cadre": (1 + 1) / 2},
                           "two units received one visit each; the third found its cadre at a meeting")),
    Metric("meetings_attended", unit="per unit-year", better="less", scopes="role", family="counted",
           label={"zh": "参加会议次数", "en": "meetings attended"},
           meaning={"zh": "本单位有人参加的会", "en": "meetings attended by at least one cadre of the unit"},
           example=Example(_APPOINTMENTS, {"cadre": 1 / 2}, "one meeting, two units")),
    Metric("time_per_topic", unit="h", better="less", scopes="stream", family="counted",
           label={"zh": "每个议题的参会时间", "en": "meeting time per topic"},
           meaning={"zh": "一个参会人每个议题用的时间，含路途和被占的半天；只算上面召集的会",
                    "en": "hours of one attendee per topic, travel and the blocked half-day included; only meetings "
                          "called from above"},
           example=Example(SmallPlan((meeting(3, at=9, topics=2), meeting(4, at=33, topics=3)), cadres=(2,)),
                           {"meeting": (3 + 4) / (2 + 3)}, "7 h for 5 topics")),
    Metric("time_per_joined_topic", unit="h", better="less", scopes="stream", family="counted", detail=True,
           label={"zh": "合得最满的会每个议题的时间", "en": "meeting time per topic of the fullest sittings"},
           meaning={"zh": "同上，只算全年议题最多的那些会；没有合并的会，就是全部的会",
                    "en": "the same over the sittings with the most topics of the year; over all, if none are merged"},
           example=Example(SmallPlan((meeting(3, at=9, topics=2), meeting(4, at=33, topics=3)), cadres=(2,)),
                           {"meeting": 4 / 3}, "4 h for the 3 topics of the fuller one")),
    Metric("entry_rank", unit="rank", better="more", scopes="role", family="counted",
           label={"zh": "录入数据用时位次", "en": "place of data entry by time"},
           meaning={"zh": "填报与打卡在各类工作中按用时排第几；1 为最多",
                    "en": "place of data entry and check-ins among a role's kinds of work, by time; 1 takes the most"},
           example=Example(_ENTERING, {"cadre": 3},
                           "5 h of forms and 1 h of check-ins come after 13.5 h of home visits and 7 h of meetings")),
    Metric("forms_filled", unit="per unit-year", better="less", scopes="role", family="counted",
           label={"zh": "填报表格数", "en": "forms filled"},
           meaning={"zh": "至少要填一个数据项的表", "en": "forms with at least one field to enter"},
           example=Example(_PAPERS, {"cadre": 2}, "two forms with fields; the third asks for none")),
    Metric("documents_read", unit="per unit-year", better="less", scopes="role", family="counted",
           label={"zh": "阅办文件份次", "en": "documents read"},
           meaning={"zh": "份次；一份文件十人阅办算十份次",
                    "en": "readings; a document read by ten cadres counts ten times"},
           example=Example(_PAPERS, {"cadre": 3}, "three readings")),
    Metric("papers_received", unit="per unit-year", better="less", scopes="role", family="counted",
           label={"zh": "文件和表格份次", "en": "papers and forms"},
           meaning={"zh": "填报的表加阅办文件的份次", "en": "forms filled plus readings of documents"},
           example=Example(_PAPERS, {"cadre": 2 + 3}, "two forms and three readings")),
    Metric("fields_entered", unit="per unit-year", better="less", scopes="role", family="counted", detail=True,
           label={"zh": "填写数据项", "en": "fields entered"},
           meaning={"zh": "填进表里的数据项", "en": "fields entered into forms"},
           example=Example(_PAPERS, {"cadre": 10 + 5}, "ten fields and five fields")),
    Metric("fields_reentered", unit="per unit-year", better="less", scopes="role", family="counted",
           label={"zh": "重复填写数据项", "en": "fields entered again"},
           meaning={"zh": "填写的数据项中本单位当年已经填过的",
                    "en": "of the fields entered, those that the unit had entered before in the year"},
           example=Example(_PAPERS, {"cadre": 4}, "four of the five fields of the second form")),
    Metric("work_refused", unit="per year", better="neither", scopes="all", family="counted", detail=True,
           label={"zh": "准入时挡回的件数", "en": "pieces of work refused"},
           meaning={"zh": "没有通过准入的检查、会议、文件和报表；发给许多单位的一份算一件",
                    "en": "visits, meetings, documents and forms that a gate refused; one for many units counts once"},
           example=Example(SmallPlan(facts={"refused": {"obligations.report": 3, "obligations.meeting": 1}}),
                           {"all": 3 + 1}, "three forms and a meeting")),
)  # fmt: skip

_VISITED = ("inspection", "appraisal", "enterprise_check")
_ENTRY = CATEGORIES.index(Category.REPORTS)
_FIELD = CATEGORIES.index(Category.SERVICE)


def measure_counted(sample: Sample) -> Values:
    """Compute the metrics of `COUNTED`: counts per unit and year by role, the time of a topic by kind of meeting."""
    roles = sample.roles
    units = sample.units_by_role
    return {
        **per_role(roles, "visits_received", divide(visits(sample), units)),
        **per_role(roles, "meetings_attended", divide(meetings(sample), units)),
        **_time_per_topic(sample),
        **per_role(roles, "entry_rank", _entry_rank(sample)),
        **per_role(roles, "forms_filled", divide(_forms(sample), units)),
        **per_role(roles, "documents_read", divide(_readings(sample), units)),
        **per_role(roles, "papers_received", divide(papers(sample), units)),
        **per_role(roles, "fields_entered", divide(sample.rows_by_role(sample.setting.fields), units)),
        ("work_refused", "all"): float(sum(sample.setting.refused.values())),
        **per_role(roles, "fields_reentered", divide(sample.rows_by_role(sample.setting.reentered), units)),
    }


def visits(sample: Sample) -> NDArray[np.float64]:
    """Count the visits that a unit received, shape (roles,); an announced visit without a host does not count."""
    return sample.rows_by_role(_is_visit(sample))


def meetings(sample: Sample) -> NDArray[np.float64]:
    """Count the meetings that at least one cadre of a unit attended, shape (roles,)."""
    return sample.rows_by_role(_is_meeting(sample))


def papers(sample: Sample) -> NDArray[np.float64]:
    """Add the forms with fields and the readings of documents, shape (roles,)."""
    return _forms(sample) + _readings(sample)


def _is_visit(sample: Sample) -> NDArray[np.bool_]:
    return sample.is_kind(*_VISITED) & sample.is_part(Part.HOST) & sample.took_place


def _is_meeting(sample: Sample) -> NDArray[np.bool_]:
    return sample.is_kind("meeting") & sample.is_part(Part.ATTEND) & sample.attended


def short_notice(sample: Sample) -> NDArray[np.float64]:
    """Count the forms due within `counting.short_notice` working days of the request, shape (roles,).

    Forms whose deadline lies after the horizon are left out.
    """
    rows, roster = sample.rows, sample.plan.roster
    forms = np.flatnonzero(_is_form(sample) & (rows.due >= 0) & (rows.due < sample.plan.horizon))
    worked = np.cumsum(regular_by_day(sample.plan) > 0, axis=1)
    shift = roster.unit_shift[rows.unit[forms]]
    days: NDArray[np.int64] = worked[shift, rows.due[forms] // DAY] - worked[shift, asked_at(sample)[forms] // DAY]
    return sample.rows_by_role(days <= int(sample.setting.counting.short_notice.value), forms)


def _forms(sample: Sample) -> NDArray[np.float64]:
    return sample.rows_by_role(_is_form(sample))


def _is_form(sample: Sample) -> NDArray[np.bool_]:
    """Mark the rows of filling a form with at least one field to enter, shape (rows,)."""
    return sample.is_kind("report") & sample.is_part(Part.FILL) & (sample.setting.fields > 0)


def _readings(sample: Sample) -> NDArray[np.float64]:
    return sample.rows_by_role(_is_reading(sample))


def _is_reading(sample: Sample) -> NDArray[np.bool_]:
    return sample.is_kind("document") & sample.is_part(Part.READ)


COUNTED_ROWS: dict[str, Callable[[Sample], NDArray[np.bool_]]] = {
    "meetings_attended": _is_meeting,
    "visits_received": _is_visit,
    "forms_filled": _is_form,
    "documents_read": _is_reading,
}
"""Metrics that count rows, and the function that marks the rows that count."""


def _time_per_topic(sample: Sample) -> Values:
    """Divide hours of attendance, travel included, by topics, for each entry of meetings called from above.

    They are divided for all sittings, and for those with the most topics of the entry's year. An entry is left out if
    its meetings have no topic or no attendee.
    """
    topics = sample.setting.topics
    if topics is None:
        return {}
    attended = np.flatnonzero(sample.is_kind("meeting") & sample.is_part(Part.ATTEND) & sample.attended & (topics > 0))
    called = attended[_above(sample, attended)]
    names = sample.setting.obligations
    most = np.zeros(len(names), dtype=np.int64)
    np.maximum.at(most, sample.rows.obligation[called], topics[called])
    fullest = called[topics[called] == most[sample.rows.obligation[called]]]
    found: Values = {}
    for key, rows in (("time_per_topic", called), ("time_per_joined_topic", fullest)):
        entry, times = sample.rows.obligation[rows], sample.row_represents[rows]
        hours = in_hours(np.bincount(entry, sample.rows.effort[rows] * times, minlength=len(names)))
        count = np.bincount(entry, topics[rows] * times, minlength=len(names))
        entries = zip(names, hours.tolist(), count.tolist(), strict=True)
        found |= {(key, name.partition(".")[2]): h / n for name, h, n in entries if n > 0}
    return found


def _above(sample: Sample, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return True for `rows` whose issuer is another unit type than that of the row's unit, shape of `rows`."""
    issuers = (*sample.setting.issuers, "")
    own = np.array([issuers.index(kind) if kind in issuers else -2 for kind in sample.setting.unit_types])
    above: NDArray[np.bool_] = sample.rows.issuer[rows] != own[sample.rows.unit[rows]]
    return above


def _entry_rank(sample: Sample) -> NDArray[np.float64]:
    """Rank data entry among the tasks by hours, shape (roles,); 1 takes most, NaN for a role that enters nothing.

    Check-ins count as data entry, home visits and patrol as field work, and travel belongs to the task of its
    appointment.
    """
    shape = (len(sample.roles), len(CATEGORIES))
    task = np.where(sample.is_kind("check_in"), _ENTRY, sample.rows.category)
    place = sample.row_role * shape[1] + task
    worked = sample.log.worked * sample.row_represents
    seconds = np.bincount(place, worked, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    seconds[:, _FIELD] += sample.by_role(sample.outreach.sum(axis=1))
    rank: NDArray[np.float64] = 1.0 + (seconds > seconds[:, [_ENTRY]]).sum(axis=1)
    return np.where(seconds[:, _ENTRY] > 0, rank, np.nan)
