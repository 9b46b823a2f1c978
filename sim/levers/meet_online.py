"""Online meetings: nobody travels, no half-day is blocked."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Meeting
from sim.domain.obligations.meeting import OnlineMeeting
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class MeetOnline(OnlineMeeting, LeverBase):
    """Meetings that were held away are held online."""

    lever: Literal["meet_online"]
    acts_on: ClassVar[type[Ruled]] = Meeting
    label: ClassVar[dict[str, str]] = {"zh": "视频开会", "en": "online meetings"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "不跑路，不占半天",
        "en": "nobody travels, no half-day is lost",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        if lang == "zh":
            return "改为视频会议，不再赶路" + ("，传达也用视频" if self.relays else "")
        return "held online, without travel" + (", and so are their relays" if self.relays else "")
