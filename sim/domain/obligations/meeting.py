"""Meetings and the time they take: attendance, travel, the lost half-day, the relay to the tier below."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.booking import OwnBooking
from sim.domain.frozen import Frozen, Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import Broadcast
from sim.domain.quantity import CountQ, EffortQ, LengthQ, Quantity, ShareQ
from sim.domain.rule import Rule
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
    """Cadres that each unit sends."""
    hosts: CountQ
    """Cadres of the parent who take part."""


class LengthCap(Rule):
    """A meeting ends after the longest time allowed."""

    length: LengthQ
    """Longest time that a meeting may last; of a merged meeting, each topic."""


class MeetingMerge(Rule):
    """Meetings of one group and audience that fall into one window become one sitting."""

    window: Quantity[Workdays]
    """Working days of a window: `5 workdays` joins the meetings of a calendar week, `20 workdays` those of a month."""
    topics: CountQ
    """Most topics of one sitting."""
    further_topic: EffortQ
    """Time that each further topic adds; the longest one takes its full time."""


class OnlineMeeting(Rule):
    """Meetings are held online: nobody travels, and no half-day is blocked."""

    relays: bool = False
    """Whether relays of these meetings, one tier down, are held online as well."""


class Meeting(Broadcast):
    """A meeting called by the issuer. All units invited attend the same occurrence."""

    kind: Literal["meeting"] = "meeting"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="会议", en="meeting"),
        meaning=Label(
            zh="往返路途、开会、被占掉的半天、召集方的准备、向下一级传达",
            en="travel both ways, the sitting, the lost half-day, the issuer's preparation, the relay a tier down",
        ),
    )
    attendees: CountQ
    """Cadres that each unit sends."""
    invited: ShareQ = ShareQ(value=Share(1.0))
    """Share of units invited to one meeting."""
    length: EffortQ
    held: Literal["away", "here", "online"] = "away"
    """`away` at the issuer's seat (with travel), `here` in the unit itself, or `online`."""
    blocks_half_day: bool = False
    """Whether the rest of the half-day after an away meeting is lost as well."""
    preparation: EffortQ | None = None
    """Time of the issuer before each meeting."""
    hosts: CountQ = CountQ(value=0)
    """Cadres of the issuer who take part."""
    relay: Relay | None = None
    booking: OwnBooking | None = None
    """Rules by which its appointments are moved, in place of those of the policy."""
    length_cap: LengthCap | None = None
    """Set by the lever `cap_length`."""
    merge: MeetingMerge | None = None
    """Set by the lever `merge_meetings`."""
    online: OnlineMeeting | None = None
    """Set by the lever `meet_online`."""
