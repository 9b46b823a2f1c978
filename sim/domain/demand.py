"""Demand of residents: requests, certificates, and problems that must be found."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from sim.domain.approval import Approval
from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import Assistance
from sim.domain.quantity import ASSUMED, CountQ, DurationQ, EffortQ, NumberQ, RateQ, ShareQ
from sim.domain.risk import TimesByRisk
from sim.domain.rule import ByUse, Rule, Ruled
from sim.units import Share


class Directory(Rule):
    """The unit handles only listed kinds of a matter."""

    kinds: CountQ
    """Kinds that stay on the list."""
    kept: ByUse
    """How the listed kinds are chosen. Kinds are not volume: the choice decides how much work is affected."""
    moves_to: str | None = None
    """Unit type that handles the other kinds; none if they are no longer required."""
    still_come: ShareQ
    """Share of residents with an unlisted matter who still come and are referred."""
    refusal: EffortQ
    """Time to explain and to refer the resident."""


class ResidentRequest(Ruled):
    """Matters that residents bring to a unit, unevenly distributed over kinds."""

    section: ClassVar[str] = "demand"

    kind: Literal["request", "certificate"]
    kind_texts: ClassVar[dict[str, KindText]] = {
        "request": KindText(
            label=Label(zh="诉求", en="request"),
            meaning=Label(zh="群众来办、在等的一件事", en="a matter that a resident brings and waits for"),
        ),
        "certificate": KindText(
            label=Label(zh="证明事项", en="certificate"),
            meaning=Label(zh="要村里开的一份证明", en="a proof that a village is asked to issue"),
        ),
    }
    label: Label
    on: str
    """Unit type that handles them."""
    posts: tuple[str, ...] | None = None
    rate: RateQ
    """Matters that one unit receives."""
    season: str | None = None
    kinds: CountQ
    """Number of kinds of matter that residents can bring."""
    concentration: NumberQ
    """Exponent of use over kinds: the use of the k-th most used kind is proportional to k to the power of minus this
    number."""
    handling: EffortQ
    patience: DurationQ
    """A resident gives up if the matter has not begun within this time."""
    service_level: DurationQ
    """Promised time until the matter is begun."""
    directory: Directory | None = None
    """Set by the lever `directory`."""
    assistance: Assistance | None = None
    """Set by the lever `ai_assistant`."""


class RealProblem(Ruled):
    """Hazards, grievances and violations that arise in a unit and exist until they are found, or mended before."""

    section: ClassVar[str] = "demand"

    kind: Literal["problem"] = "problem"
    kind_texts: ClassVar[dict[str, KindText]] = {
        "problem": KindText(
            label=Label(zh="实际问题", en="real problem"),
            meaning=Label(zh="需要有人发现的隐患或矛盾", en="a hazard or grievance that must be found"),
        ),
    }
    label: Label
    on: str
    topic: str | None = None
    """Topic by which inspections look for it; without it only those that look at all problems see it."""
    rate: RateQ
    """Problems that arise in one unit."""
    times: TimesByRisk | None = None
    """Factor on the rate for units of each risk class; without it the rate is the same in all."""
    season: str | None = None
    patrol: DurationQ | None = None
    """Mean home-visit and patrol time of the unit until it meets the problem; none if no cadre patrols."""
    reported: ShareQ
    """Share of problems that residents report themselves."""
    report_after: EffortQ
    """Time from the problem to the report, nights and weekends included."""
    mended_after: DurationQ | None = None
    """Mean time, exponential, after which the unit ends it by itself; without it only a finding ends it."""
    hidden: ShareQ = ShareQ(value=Share(0.0), source=ASSUMED, note="the one randomised trial found no difference")
    """Share of problems that the unit hides from every visit of which it has notice."""


Demand = Annotated[ResidentRequest | RealProblem | Approval, Field(discriminator="kind")]
"""Any stream of resident demand; the list of kinds, in the order of the manual."""

DEMAND_KINDS: dict[str, KindText] = {
    kind: text for model in get_args(get_args(Demand)[0]) for kind, text in model.kind_texts.items()
}
"""The words of each kind, by the word under `kind`."""
