"""Training courses: whole half-days away from work, on one or several days."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations.base import Broadcast
from sim.domain.quantity import CountQ, EffortQ, ShareQ
from sim.domain.relief_of_paper import TrainingMerge
from sim.units import Share


class Training(Broadcast):
    """A course held by the issuer. All units that are called attend the same one."""

    kind: Literal["training"] = "training"
    attendees: CountQ
    """Cadres sent by each unit."""
    invited: ShareQ = ShareQ(value=Share(1.0))
    """Share of the audience's units called to one course."""
    half_days: CountQ
    """Half-days of one course; those who come from afar stay overnight and travel once."""
    held: Literal["away", "here", "online"] = "away"
    """Away at the issuer's seat (with travel), in the unit itself, or on screen."""
    preparation: EffortQ | None = None
    """Work of the issuer before each course."""
    hosts: CountQ = CountQ(value=0)
    """Cadres of the issuer who hold it."""
    merge: TrainingMerge | None = None
    """Set by the lever `merge_training`."""
