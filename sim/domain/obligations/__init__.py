"""The kinds of obligation. A new kind is an import and a line of `Obligation`; the rest is derived from its class."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from sim.domain.obligations.appraisal import Appraisal
from sim.domain.obligations.base import Broadcast as Broadcast
from sim.domain.obligations.base import ObligationBase
from sim.domain.obligations.channel import Channel, CheckIn
from sim.domain.obligations.document import Document
from sim.domain.obligations.duty import Duty
from sim.domain.obligations.enterprise_check import EnterpriseCheck
from sim.domain.obligations.inspection import Inspection
from sim.domain.obligations.listed_duties import ListedDuties
from sim.domain.obligations.meeting import Meeting
from sim.domain.obligations.report import Report
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
    | Appraisal
    | Duty
    | ListedDuties,
    Field(discriminator="kind"),
]
"""Any obligation of a scenario; the list of kinds, in the order of the manual."""

OBLIGATION_KINDS: dict[str, type[ObligationBase]] = {
    model.model_fields["kind"].default: model for model in get_args(get_args(Obligation)[0])
}
"""The class of each kind, by the word under `kind`."""
