"""Chat groups and check-in apps, which every cadre reads and fills in every day."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import ObligationBase
from sim.domain.obligations.duty import RemoteMonitoring
from sim.domain.quantity import CountQ, DurationQ, EffortQ, ShareQ
from sim.domain.rule import Rule
from sim.units import Share


class Channel(ObligationBase):
    """Work chat groups that each cadre follows."""

    kind: Literal["channel"] = "channel"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="工作群", en="chat group"),
        meaning=Label(
            zh="每个工作日每名干部：翻看工作群、读消息",
            en="each working day, for each cadre: going through groups and reading messages",
        ),
    )
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

    @property
    def items(self) -> CountQ:
        """The groups, which are closed one by one."""
        return self.groups


class Unscored(Rule):
    """Entries no longer count in the appraisal; cadres make only those that work needs."""

    entries: CountQ
    """Entries a day that a cadre still makes."""
    remote: RemoteMonitoring | None = None
    """Monitoring that replaces part of the patrol; without it all of the patrol is done on foot."""


class CheckIn(ObligationBase):
    """Entries in an app that prove work: location, photo, mileage, study points."""

    kind: Literal["check_in"] = "check_in"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="打卡", en="check-in"),
        meaning=Label(
            zh="每个工作日每名干部：在应用里打卡填写", en="each working day, for each cadre: entries in an app"
        ),
    )
    entries: CountQ
    """Entries a day by each cadre."""
    entering: EffortQ
    """Time for one entry."""
    present: ShareQ = Field(default=ShareQ(value=Share(1.0)))
    """Share of cadres who must use the app."""
    unscored: Unscored | None = None
    """Set by the lever `drop_check_ins`."""

    @property
    def items(self) -> CountQ:
        """The entries, which are abolished one by one."""
        return self.entries
