"""Approvals: matters that pass through several tiers until they are decided, and may be sent back on the way."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.quantity import CountQ, DurationQ, EffortQ, NumberQ, RateQ, ShareQ
from sim.domain.rule import ByUse, Rule, Ruled
from sim.units import Share

MOST_SENT_BACK = 0.9
"""Largest `sent_back` accepted; above it a stop decides almost nothing."""


class Hop(Frozen):
    """One stop of a matter."""

    unit: str
    """Unit type that handles the matter here: the unit above the applicant's, or one of the departments."""
    entry: EffortQ | None = None
    """Time to enter the case into the books of this tier, each time it arrives."""
    effort: EffortQ
    """Time to examine or decide the case, each time it arrives."""
    sent_back: ShareQ = ShareQ(value=Share(0.0))
    """Share of cases that this stop sends back to the stop before, which mends them and sends them again."""


class OneMatter(Rule):
    """Matters of the joined kinds are entered once and go directly to the tier that decides."""

    kinds: CountQ
    """Kinds that are handled on the network."""
    joined: ByUse
    """How these kinds are chosen. Kinds are not volume: the choice decides how many matters are affected."""
    skips: tuple[str, ...] = ()
    """Unit types at which such a matter no longer stops; not the first one."""
    glance: EffortQ
    """Time to look over the entered data at each further stop."""
    caught: ShareQ
    """Share of returns that the check at the first entry avoids."""


class Approval(Ruled):
    """Matters of residents and firms that need decisions of several tiers."""

    section: ClassVar[str] = "demand"

    kind: Literal["approval"] = "approval"
    kind_texts: ClassVar[dict[str, KindText]] = {
        "approval": KindText(
            label=Label(zh="审批事项", en="approval"),
            meaning=Label(
                zh="一件审批逐级流转，可能退回，每一站重新录入",
                en="a case that goes from tier to tier, may be sent back, and is entered again at each stop",
            ),
        ),
    }
    label: Label
    on: str
    """Unit type at which they are handed in; the first stop."""
    rate: RateQ
    """Matters handed in at a unit."""
    season: str | None = None
    kinds: CountQ
    """Number of kinds of matter that can be applied for."""
    concentration: NumberQ
    """Exponent of use over kinds: the use of the k-th most used kind is proportional to k to the power of minus this
    number."""
    hops: tuple[Hop, ...]
    """Stops in their order."""
    patience: DurationQ
    """An applicant gives up if the first stop has not begun the matter within this time."""
    promised: DurationQ
    """Promised time, nights and weekends included, until the decision."""
    one_matter: OneMatter | None = None
    """Set by the lever `one_matter`."""

    @model_validator(mode="after")
    def _begins_where_it_is_handed_in(self) -> Self:
        if not self.hops or self.hops[0].unit != self.on or self.hops[0].sent_back.value > 0:
            raise ValueError(
                "the first hop is where a matter is handed in, and sends nothing back / 第一环节须在受理单位，且不退回"
            )
        if any(hop.sent_back.value > MOST_SENT_BACK for hop in self.hops):
            raise ValueError("sent_back may be 90% at most / sent_back 至多 90%")
        return self
