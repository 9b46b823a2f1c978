"""Training courses: whole half-days away from work, on one or several days."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.booking import OwnBooking
from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import Broadcast
from sim.domain.quantity import CountQ, EffortQ, Quantity, ShareQ
from sim.domain.rule import Rule
from sim.units import Share, Workdays


class TrainingMerge(Rule):
    """Courses of one group and audience that fall into one window become one course."""

    window: Quantity[Workdays]
    """Working days of a window: `5 workdays` are a calendar week, `20 workdays` a month."""
    courses: CountQ
    """Most courses that become one."""
    shared: ShareQ
    """Share of each further course's half-days that the common programme covers."""


class Training(Broadcast):
    """A course held by the issuer. All units invited attend the same one."""

    kind: Literal["training"] = "training"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="培训", en="training"),
        meaning=Label(
            zh="上面召集的培训：往返路途、占掉的半天",
            en="a course called from above: travel both ways, lost half-days",
        ),
    )
    attendees: CountQ
    """Cadres that each unit sends."""
    invited: ShareQ = ShareQ(value=Share(1.0))
    """Share of units invited to one course."""
    half_days: CountQ
    """Half-days of one course; attendees from afar stay overnight and travel once."""
    held: Literal["away", "here", "online"] = "away"
    """`away` at the issuer's seat (with travel), `here` in the unit itself, or `online`."""
    preparation: EffortQ | None = None
    """Time of the issuer before each course."""
    hosts: CountQ = CountQ(value=0)
    """Cadres of the issuer who hold it."""
    booking: OwnBooking | None = None
    """Rules by which its appointments are moved, in place of those of the policy."""
    merge: TrainingMerge | None = None
    """Set by the lever `merge_training`."""
