"""The table of levers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Union, get_args

from pydantic import Field

from sim.levers.admit import Admit
from sim.levers.ai_assistant import AiAssistant
from sim.levers.base import LeverBase
from sim.levers.bundle_checks import BundleChecks
from sim.levers.cap_checks import CapChecks
from sim.levers.cap_frequency import CapFrequency
from sim.levers.cap_length import CapLength
from sim.levers.cap_trips import CapTrips
from sim.levers.cap_volume import CapVolume
from sim.levers.check_from_afar import CheckFromAfar
from sim.levers.continuous_evidence import ContinuousEvidence
from sim.levers.creep import Creep
from sim.levers.cull import Cull
from sim.levers.directory import Directory
from sim.levers.drop_check_ins import DropCheckIns
from sim.levers.duties_list import DutiesList
from sim.levers.enforce import Enforce
from sim.levers.file_plans import FilePlans
from sim.levers.license import License
from sim.levers.meet_online import MeetOnline
from sim.levers.merge_meetings import MergeMeetings
from sim.levers.merge_training import MergeTraining
from sim.levers.monitor import Monitor
from sim.levers.one_matter import OneMatter
from sim.levers.one_team import OneTeam
from sim.levers.recognise_results import RecogniseResults
from sim.levers.return_secondees import ReturnSecondees
from sim.levers.sample_visits import SampleVisits
from sim.levers.scan_to_enter import ScanToEnter
from sim.levers.seamless_appraisal import SeamlessAppraisal
from sim.levers.share_one_form import ShareOneForm
from sim.levers.tier_risks import TierRisks
from sim.levers.unannounced_visit import UnannouncedVisit

_KINDS: tuple[type[LeverBase], ...] = (
    CapFrequency,
    CapLength,
    OneTeam,
    UnannouncedVisit,
    BundleChecks,
    TierRisks,
    CapChecks,
    ScanToEnter,
    RecogniseResults,
    CheckFromAfar,
    FilePlans,
    Cull,
    Admit,
    License,
    Creep,
    Monitor,
    Enforce,
    ShareOneForm,
    Directory,
    CapVolume,
    MergeMeetings,
    MeetOnline,
    DropCheckIns,
    MergeTraining,
    CapTrips,
    AiAssistant,
    SeamlessAppraisal,
    ContinuousEvidence,
    OneMatter,
    DutiesList,
    ReturnSecondees,
    SampleVisits,
)

LEVERS: dict[str, type[LeverBase]] = {get_args(kind.model_fields["lever"].annotation)[0]: kind for kind in _KINDS}
"""Every lever by name, in the order of the guides."""

if TYPE_CHECKING:
    Lever = LeverBase
else:
    Lever = Annotated[Union[_KINDS], Field(discriminator="lever")]  # noqa: UP007 - of types only known at run time
"""Any lever of a scenario, selected by `lever`."""
