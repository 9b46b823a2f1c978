"""What levers on meetings, documents, groups and check-ins leave behind (see `sim.domain.relief`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.domain.category import Part
from sim.domain.frozen import Frozen
from sim.domain.quantity import EffortQ, NumberQ, ShareQ
from sim.domain.relief import Reach


class VolumeCap(Frozen):
    """Of what would be issued in a year, only some is; the rest is not issued, nor repeated or passed down."""

    kept: float
    """Share that is still issued."""
    most: int | None
    """Number that each issuer still issues in a year at most; none where there is no such limit."""
    reach: Reach
    earlier: tuple[VolumeCap, ...] = ()
    """Rules that earlier levers of the same ordered list left here, in their order."""


class ChannelMerge(Frozen):
    """Groups are closed; the notices that matter come in those that stay."""

    groups: int
    """Groups that stay for a cadre."""
    duplicates: ShareQ
    """Further copies of a notice that remain, as a share of the notices."""
    reach: Reach


class MeetingMerge(Frozen):
    """Meetings of one group and audience that fall into one window become one sitting."""

    group: str
    """Obligations with the same group share their sittings."""
    window: int
    """Working days of a window."""
    topics: int
    """Topics of one sitting at most."""
    further_topic: EffortQ
    """Time that each further topic adds to the agenda."""
    reach: Reach


class OnlineMeeting(Frozen):
    """Meetings move to the screen: nobody travels, and no half-day is lost."""

    relays: bool
    """Relays of these meetings are held on screen as well."""
    reach: Reach


class Unscored(Frozen):
    """Entries no longer count in the appraisal; only those still made for the work itself are left."""

    entries: int
    """Entries a day that a cadre still makes."""
    reach: Reach


class RemotePatrol(Frozen):
    """Part of a duty on foot is done by looking at cameras and sensors."""

    share: ShareQ
    """Share of the turns that are replaced."""
    watching: EffortQ
    """Time of one turn at the screen."""
    reach: Reach


class Assistance(Frozen):
    """A tool takes part in some steps; whoever uses it checks what it wrote."""

    parts: tuple[Annotated[Part, Field(strict=False)], ...]
    """Steps it helps with."""
    quickest: NumberQ
    """What is left of the time of a step where it helps most, as a multiple."""
    slowest: NumberQ
    """The same where it helps least; above 1 where it costs time."""
    verification: EffortQ
    """Time to check what it wrote, for each piece of work."""
    reach: Reach


class TrainingMerge(Frozen):
    """Courses of one group and audience that fall into one window become one course."""

    group: str
    """Obligations with the same group share their courses."""
    window: int
    """Working days of a window."""
    courses: int
    """Courses that become one at most."""
    shared: ShareQ
    """Share of each further course's half-days that the common programme covers."""
    reach: Reach


class TripCap(Frozen):
    """A control total: of all trips of one group to a unit in a year, only so many are made."""

    group: str
    """Obligations with the same group share the total."""
    most: int
    """Trips to one unit in a year at most."""
    reach: Reach
