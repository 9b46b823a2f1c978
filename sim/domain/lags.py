"""Lags: the times between steps that no obligation dates.

No lag has been measured. Each has a range, from which uncertain inputs are drawn, and a scenario may set it.
"""

from __future__ import annotations

from sim.domain.frozen import Frozen
from sim.domain.quantity import ASSUMED, DurationQ, MonthQ, ShareQ, WorkdaysQ
from sim.units import MINUTE, Duration, Share, Workdays


class Lags(Frozen):
    """Times between one step of an obligation and the next, the same for all obligations of a kind."""

    meetings_begin: DurationQ = DurationQ(
        value=Duration(30 * MINUTE),
        range=(Duration(0), Duration(60 * MINUTE)),
        source=ASSUMED,
        note="people arrive and sign in; at once at the earliest, an hour later at the latest",
    )
    """Time from the opening of a half-day to the beginning of a meeting in it."""
    meetings_afternoon: ShareQ = ShareQ(
        value=Share(0.5),
        range=(Share(0.3), Share(0.7)),
        source=ASSUMED,
        note="nobody counted; neither half-day is known to have twice as many",
    )
    """Share of meetings held in the afternoon; the others are in the morning."""
    meetings_prepared: WorkdaysQ = WorkdaysQ(
        value=Workdays(3),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="from the day before to a week before",
    )
    """Working days before a meeting in which its issuer prepares it."""
    courses_prepared: WorkdaysQ = WorkdaysQ(
        value=Workdays(5),
        range=(Workdays(2), Workdays(10)),
        source=ASSUMED,
        note="a course takes longer to prepare than a meeting; two weeks at most",
    )
    """Working days before a training course in which its issuer prepares it."""
    documents_drafted: WorkdaysQ = WorkdaysQ(
        value=Workdays(5),
        range=(Workdays(2), Workdays(15)),
        source=ASSUMED,
        note="drafting, comments and signature; three weeks if several departments sign",
    )
    """Working days before a document goes out in which its issuer drafts it."""
    documents_read: WorkdaysQ = WorkdaysQ(
        value=Workdays(3),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="a folder goes from desk to desk; a week is late",
    )
    """Working days within which a document that has come in is read."""
    documents_forwarded: WorkdaysQ = WorkdaysQ(
        value=Workdays(3),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="as long as reading takes",
    )
    """Working days within which a document is passed on to the units below; they begin to read it then."""
    forms_collated: WorkdaysQ = WorkdaysQ(
        value=Workdays(2),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="the unit above has a deadline of its own; a week at most",
    )
    """Working days after the deadline of a form within which the unit above collates it."""
    forms_mended: WorkdaysQ = WorkdaysQ(
        value=Workdays(2),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="as long as collating takes",
    )
    """Working days after the deadline of a form within which a unit mends it, where it was sent back."""
    forms_received: WorkdaysQ = WorkdaysQ(
        value=Workdays(5),
        range=(Workdays(2), Workdays(10)),
        source=ASSUMED,
        note="later than collating, and before the next month's forms",
    )
    """Working days after the deadline of a form within which the department works it in."""
    store_renewed: WorkdaysQ = WorkdaysQ(
        value=Workdays(2),
        range=(Workdays(1), Workdays(10)),
        source=ASSUMED,
        note="records change all month; half a month at most",
    )
    """Working days within which a month's changes are entered into the shared store."""
    visits_begin: DurationQ = DurationQ(
        value=Duration(60 * MINUTE),
        range=(Duration(15 * MINUTE), Duration(120 * MINUTE)),
        source=ASSUMED,
        note="inspectors set out when their office opens; the far villages are two hours away",
    )
    """Time from the opening of a half-day to the beginning of an inspection, check or examination in it."""
    visits_afternoon: ShareQ = ShareQ(
        value=Share(0.5),
        range=(Share(0.3), Share(0.7)),
        source=ASSUMED,
        note="nobody counted; neither half-day is known to have twice as many",
    )
    """Share of inspections, checks and examinations that come in the afternoon; the others come in the morning."""
    rectification_begins: WorkdaysQ = WorkdaysQ(
        value=Workdays(1),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="the findings come the day after the visit, or in writing within a week",
    )
    """Working days from a visit to the day on which its rectification begins; 1 is the next one."""
    evidence_uploaded: WorkdaysQ = WorkdaysQ(
        value=Workdays(5),
        range=(Workdays(1), Workdays(10)),
        source=ASSUMED,
        note="a week after the node; two weeks if reminders are needed",
    )
    """Working days after a node within which the evidence for an appraisal is uploaded."""
    data_passed_on: WorkdaysQ = WorkdaysQ(
        value=Workdays(2),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="a routine export; a week at most",
    )
    """Working days within which a department passes on the data that a seamless appraisal takes."""
    records_kept: WorkdaysQ = WorkdaysQ(
        value=Workdays(2),
        range=(Workdays(1), Workdays(5)),
        source=ASSUMED,
        note="as long as passing on data takes",
    )
    """Working days within which a unit puts its records in order each month, for an unannounced exam."""
    coaching_month: MonthQ = MonthQ(
        value=2,
        range=(1, 4),
        source=ASSUMED,
        note="the year's scores are out in January, or by April",
    )
    """Month (1 to 12) in which units whose data went down over the years are coached."""
    coaching_done: WorkdaysQ = WorkdaysQ(
        value=Workdays(20),
        range=(Workdays(10), Workdays(40)),
        source=ASSUMED,
        note="a month; two weeks to two months",
    )
    """Working days within which coaching is done."""
    standing_done: WorkdaysQ = WorkdaysQ(
        value=Workdays(10),
        range=(Workdays(5), Workdays(20)),
        source=ASSUMED,
        note="two weeks; one week to a month",
    )
    """Working days within which readiness, training and reports of listed duties are done, in each of their slots."""
