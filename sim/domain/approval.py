"""Approvals: matters that pass through several tiers before they are decided, and may be sent back on the way."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.domain.frozen import Frozen, Label
from sim.domain.quantity import CountQ, DurationQ, EffortQ, NumberQ, RateQ, ShareQ
from sim.domain.relief_of_duties import OneMatter
from sim.units import Share

MOST_SENT_BACK = 0.9
"""A stop that sends back more than this decides hardly anything."""


class Hop(Frozen):
    """One stop of a matter on its way."""

    unit: str
    """Unit type that handles it here: the unit above the applicant's, or one of the departments."""
    entry: EffortQ | None = None
    """Time to enter the case into the books of this tier, each time it comes."""
    effort: EffortQ
    """Time to examine or decide it, each time it comes."""
    sent_back: ShareQ = ShareQ(value=Share(0.0))
    """Share of cases that this stop sends back to the one before; mended there, they come again."""


class Approval(Frozen):
    """Matters of residents and firms that need several tiers."""

    kind: Literal["approval"] = "approval"
    label: Label
    on: str
    """Unit type where they are handed in; the first stop."""
    rate: RateQ
    """Matters handed in at a unit."""
    season: str | None = None
    kinds: CountQ
    """Kinds of matter that may be applied for."""
    concentration: NumberQ
    """Exponent of use over kinds: the k-th most used kind is used in proportion to k to the minus this."""
    hops: tuple[Hop, ...]
    """Stops in their order."""
    patience: DurationQ
    """An applicant whose matter is not begun at the first stop within this time gives up."""
    promised: DurationQ
    """Promised time on the clock until it is decided."""
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
