"""What residents bring: requests, certificates, and problems that somebody has to find."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.domain.approval import Approval
from sim.domain.frozen import Frozen, Label
from sim.domain.quantity import CountQ, DurationQ, EffortQ, NumberQ, RateQ, ShareQ
from sim.domain.relief import Directory
from sim.domain.relief_of_paper import Assistance
from sim.domain.risk import TimesByRisk


class ResidentRequest(Frozen):
    """Matters that residents bring to a unit, spread unevenly over kinds."""

    kind: Literal["request", "certificate"]
    label: Label
    on: str
    """Unit type that handles them."""
    posts: tuple[str, ...] | None = None
    rate: RateQ
    """Matters a unit receives."""
    season: str | None = None
    kinds: CountQ
    """Kinds of matter the unit may be asked for."""
    concentration: NumberQ
    """Exponent of use over kinds: the k-th most used kind is used in proportion to k to the minus this."""
    handling: EffortQ
    patience: DurationQ
    """A resident whose matter is not begun within this time gives up."""
    service_level: DurationQ
    """Promised time until the matter is begun."""
    directory: Directory | None = None
    """Set by the lever `directory`."""
    assistance: Assistance | None = None
    """Set by the lever `ai_assistant`."""


class RealProblem(Frozen):
    """Hazards and grievances that arise in a unit and wait to be found."""

    kind: Literal["problem"] = "problem"
    label: Label
    on: str
    rate: RateQ
    """Problems that arise in a unit."""
    times: TimesByRisk | None = None
    """Problems that arise in a unit of each risk class, in multiples of the rate; none for the same in all."""
    season: str | None = None
    patrol: DurationQ | None = None
    """Mean home-visit and patrol time of the unit until the problem is met; none where nobody patrols."""
    reported: ShareQ
    """Share that residents report themselves."""
    report_after: EffortQ
    """Time on the clock until they do."""


Demand = Annotated[ResidentRequest | RealProblem | Approval, Field(discriminator="kind")]
"""Any stream of resident demand."""

DEMAND_KINDS: tuple[str, ...] = ("request", "certificate", "problem", "approval")
