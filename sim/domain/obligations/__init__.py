"""The kinds of obligation; `Obligation` is any of them, selected by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.domain.obligations.appraisal import Appraisal
from sim.domain.obligations.base import Broadcast, ObligationBase
from sim.domain.obligations.channel import Channel, CheckIn
from sim.domain.obligations.demonstration import Demonstration
from sim.domain.obligations.document import Document, PassedDown
from sim.domain.obligations.duty import Duty
from sim.domain.obligations.enterprise_check import EnterpriseCheck
from sim.domain.obligations.inspection import Escort, Inspection, Rectification
from sim.domain.obligations.listed_duties import ListedDuties
from sim.domain.obligations.meeting import Meeting, Relay
from sim.domain.obligations.report import Collation, Report
from sim.domain.obligations.training import Training

Obligation = Annotated[
    Meeting
    | Training
    | Document
    | Channel
    | CheckIn
    | Report
    | Inspection
    | EnterpriseCheck
    | Demonstration
    | Appraisal
    | Duty
    | ListedDuties,
    Field(discriminator="kind"),
]
"""Any obligation of a scenario."""

OBLIGATION_KINDS: tuple[type[ObligationBase], ...] = (
    Meeting,
    Training,
    Document,
    Channel,
    CheckIn,
    Report,
    Inspection,
    EnterpriseCheck,
    Demonstration,
    Appraisal,
    Duty,
    ListedDuties,
)
"""All kinds, in the order of the manual."""

__all__ = [
    "OBLIGATION_KINDS",
    "Appraisal",
    "Broadcast",
    "Channel",
    "CheckIn",
    "Collation",
    "Demonstration",
    "Document",
    "Duty",
    "EnterpriseCheck",
    "Escort",
    "Inspection",
    "ListedDuties",
    "Meeting",
    "Obligation",
    "ObligationBase",
    "PassedDown",
    "Rectification",
    "Relay",
    "Report",
    "Training",
]
