"""Fields that all obligations have."""

from __future__ import annotations

from typing import ClassVar

from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.quantity import CountQ, Quantity
from sim.domain.recurrence import Recurrence
from sim.domain.relief import Guard
from sim.domain.relief_of_paper import Assistance, VolumeCap


class ObligationBase(Frozen):
    """A recurring requirement that an issuer places on a unit type."""

    kind_text: ClassVar[KindText]
    label: Label
    issuer: str
    """Body that demands it: a unit type, or a superior outside the scenario such as `city` or `province`."""
    on: str
    """Unit type that must meet it."""
    posts: tuple[str, ...] | None = None
    """Posts whose holders do the work; without it all posts."""
    programmes: CountQ = CountQ(value=1)
    """Parallel series of the same kind: 15 departments with one inspection each are 15 programmes."""
    recurrence: Quantity[Recurrence]
    """When it falls due: `monthly`, `quarterly`, `3 per week`, ..."""
    monitor: Guard | None = None
    """Set by the lever `monitor`."""
    enforcement: Guard | None = None
    """Set by the lever `enforce`."""
    assistance: Assistance | None = None
    """Set by the lever `ai_assistant`."""


class Broadcast(ObligationBase):
    """An obligation that the issuer places on many units at the same time."""

    volume_cap: VolumeCap | None = None
    """Set by the lever `cap_volume`."""
