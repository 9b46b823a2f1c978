"""Chat groups and check-in apps, which every cadre reads and fills in every day."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, DurationQ, EffortQ, ShareQ
from sim.domain.relief_of_paper import ChannelMerge, Unscored
from sim.units import Share


class Channel(ObligationBase):
    """Work chat groups that each cadre follows."""

    kind: Literal["channel"] = "channel"
    groups: CountQ
    """Groups that each cadre must read."""
    switching: DurationQ
    """Time to open and close one group at one check."""
    checks: CountQ
    """Times a day that a cadre looks through the groups."""
    notices: CountQ
    """Messages a day that a cadre receives, without duplicates."""
    duplicates: ShareQ = ShareQ(value=Share(0.0))
    """Further copies of messages in other groups, as a share of the messages."""
    reading: EffortQ
    """Time to read one message."""
    merge: ChannelMerge | None = None
    """Set by the lever `merge_channels`."""


class CheckIn(ObligationBase):
    """Entries in an app that prove work: location, photo, mileage, study points."""

    kind: Literal["check_in"] = "check_in"
    entries: CountQ
    """Entries a day by each cadre."""
    entering: EffortQ
    """Time for one entry."""
    present: ShareQ = Field(default=ShareQ(value=Share(1.0)))
    """Share of cadres who must use the app."""
    unscored: Unscored | None = None
    """Set by the lever `drop_check_ins`."""
