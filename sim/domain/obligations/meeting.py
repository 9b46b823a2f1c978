"""Meetings and what they cost: the way there and back, the blocked half-day, the relay downwards."""

from __future__ import annotations

from typing import Literal

from sim.domain.frozen import Frozen
from sim.domain.obligations.base import Broadcast
from sim.domain.quantity import CountQ, EffortQ, ShareQ
from sim.domain.relief_of_paper import MeetingMerge, OnlineMeeting
from sim.units import Share, Workdays


class Relay(Frozen):
    """The meeting is held again one tier down."""

    to: str
    """Unit type that attends; the meeting is held by its parent."""
    share: ShareQ
    """Share of meetings that are relayed."""
    length: EffortQ
    after: Workdays
    """Working days between the meeting and its relay."""
    attendees: CountQ
    """Cadres sent by each unit."""
    hosts: CountQ
    """Cadres of the parent who sit in."""


class Meeting(Broadcast):
    """A meeting called by the issuer. All units of the audience attend the same occurrence."""

    kind: Literal["meeting"] = "meeting"
    attendees: CountQ
    """Cadres sent by each unit."""
    invited: ShareQ = ShareQ(value=Share(1.0))
    """Share of the audience's units called to one meeting."""
    length: EffortQ
    held: Literal["away", "here", "online"] = "away"
    """Away at the issuer's seat (with travel), in the unit itself, or on screen."""
    blocks_half_day: bool = False
    """What is left of the half-day after an away meeting is lost as well."""
    preparation: EffortQ | None = None
    """Work of the issuer before each meeting."""
    hosts: CountQ = CountQ(value=0)
    """Cadres of the issuer who sit in."""
    relay: Relay | None = None
    merge: MeetingMerge | None = None
    """Set by the lever `merge_meetings`."""
    online: OnlineMeeting | None = None
    """Set by the lever `meet_online`."""
