"""The function that plans each kind of obligation and demand; a new kind adds an import and a line of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.domain.approval import Approval
from sim.domain.demand import ResidentRequest
from sim.domain.obligations import (
    Appraisal,
    Channel,
    CheckIn,
    Document,
    Duty,
    EnterpriseCheck,
    Inspection,
    ListedDuties,
    Meeting,
    Report,
    Training,
)
from sim.plan.appraisals.appraisals import plan_appraisal
from sim.plan.demand.approvals import plan_approval
from sim.plan.demand.requests import plan_requests
from sim.plan.duties.duties import plan_duty
from sim.plan.duties.listed_duties import plan_listed_duties
from sim.plan.enterprises.enterprise_checks import plan_enterprise_checks
from sim.plan.inspections.inspections import plan_inspections
from sim.plan.meetings.meetings import plan_meetings
from sim.plan.meetings.training import plan_training
from sim.plan.messages.channels import plan_channel, plan_check_in
from sim.plan.messages.documents import plan_documents
from sim.plan.reports.reports import plan_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.plan.rows.draft import Draft

ONE_BY_ONE: dict[type[Any], Callable[[Draft, str, Any], None]] = {
    Document: plan_documents,
    Channel: plan_channel,
    CheckIn: plan_check_in,
    Appraisal: plan_appraisal,
    Duty: plan_duty,
    ListedDuties: plan_listed_duties,
    ResidentRequest: plan_requests,
    Approval: plan_approval,
}
"""Functions that plan one entry of a kind."""

TOGETHER: dict[type[Any], Callable[[Draft, dict[str, Any]], None]] = {
    Meeting: plan_meetings,
    Training: plan_training,
    Report: plan_reports,
    Inspection: plan_inspections,
    EnterpriseCheck: plan_enterprise_checks,
}
"""Functions that plan all entries of a kind, because a lever may join several of them."""


def write_rows(draft: Draft) -> None:
    """Write the rows of all obligations and of all demand except real problems, which cause no work of their own.

    The order of writing decides the numbers of obligations, issuers and teams, and so the last bits of sums.
    """
    for entries in (draft.regime.obligations, draft.regime.demand):
        for name, entry in sorted(entries.items()):
            if type(entry) in ONE_BY_ONE:
                ONE_BY_ONE[type(entry)](draft, name, entry)
    for kind, plan in TOGETHER.items():
        plan(draft, {name: entry for name, entry in draft.regime.obligations.items() if type(entry) is kind})
