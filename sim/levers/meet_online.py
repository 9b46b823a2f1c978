"""Online meetings: nobody travels, no half-day is lost."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Meeting
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import OnlineMeeting
from sim.levers.base import LeverBase, change_obligations


class MeetOnline(LeverBase):
    """Meetings that were held away are held on screen."""

    lever: Literal["meet_online"]
    relays: bool = False
    """Where these meetings are held again one tier down, that is done on screen as well."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.online" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        online = OnlineMeeting(relays=self.relays, reach=self.reach)
        return change_obligations(regime, self.of, Meeting, online=online)
