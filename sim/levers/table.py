"""The one table of levers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.levers.ai_assistant import AiAssistant
from sim.levers.base import LeverBase
from sim.levers.bundle_checks import BundleChecks
from sim.levers.cap_frequency import CapFrequency
from sim.levers.cap_trips import CapTrips
from sim.levers.cap_volume import CapVolume
from sim.levers.continuous_evidence import ContinuousEvidence
from sim.levers.cull_demonstrations import CullDemonstrations
from sim.levers.cut_items import CutItems
from sim.levers.directory import Directory
from sim.levers.drop_check_ins import DropCheckIns
from sim.levers.duties_list import DutiesList
from sim.levers.enforce import Enforce
from sim.levers.file_plans import FilePlans
from sim.levers.meet_online import MeetOnline
from sim.levers.merge_channels import MergeChannels
from sim.levers.merge_meetings import MergeMeetings
from sim.levers.merge_training import MergeTraining
from sim.levers.monitor import Monitor
from sim.levers.one_matter import OneMatter
from sim.levers.one_team import OneTeam
from sim.levers.recognise_results import RecogniseResults
from sim.levers.return_secondees import ReturnSecondees
from sim.levers.sample_visits import SampleVisits
from sim.levers.seamless_appraisal import SeamlessAppraisal
from sim.levers.share_one_form import ShareOneForm
from sim.levers.tier_risks import TierRisks
from sim.levers.unannounced_visit import UnannouncedVisit

Lever = Annotated[
    CapFrequency
    | MergeMeetings
    | MeetOnline
    | DropCheckIns
    | MergeTraining
    | CapTrips
    | AiAssistant
    | CutItems
    | BundleChecks
    | TierRisks
    | RecogniseResults
    | FilePlans
    | CullDemonstrations
    | Monitor
    | Enforce
    | OneTeam
    | UnannouncedVisit
    | ShareOneForm
    | Directory
    | CapVolume
    | MergeChannels
    | SeamlessAppraisal
    | ContinuousEvidence
    | OneMatter
    | DutiesList
    | ReturnSecondees
    | SampleVisits,
    Field(discriminator="lever"),
]
"""Any lever, told apart by `lever`."""

LEVERS: dict[str, type[LeverBase]] = {
    "cap_frequency": CapFrequency,
    "cut_items": CutItems,
    "one_team": OneTeam,
    "unannounced_visit": UnannouncedVisit,
    "bundle_checks": BundleChecks,
    "tier_risks": TierRisks,
    "recognise_results": RecogniseResults,
    "file_plans": FilePlans,
    "cull_demonstrations": CullDemonstrations,
    "monitor": Monitor,
    "enforce": Enforce,
    "share_one_form": ShareOneForm,
    "directory": Directory,
    "cap_volume": CapVolume,
    "merge_channels": MergeChannels,
    "merge_meetings": MergeMeetings,
    "meet_online": MeetOnline,
    "drop_check_ins": DropCheckIns,
    "merge_training": MergeTraining,
    "cap_trips": CapTrips,
    "ai_assistant": AiAssistant,
    "seamless_appraisal": SeamlessAppraisal,
    "continuous_evidence": ContinuousEvidence,
    "one_matter": OneMatter,
    "duties_list": DutiesList,
    "return_secondees": ReturnSecondees,
    "sample_visits": SampleVisits,
}
"""Every lever by name."""
