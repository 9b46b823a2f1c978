"""Merged meetings: what is called within a few days of each other is dealt with in one sitting."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Meeting
from sim.domain.quantity import CountQ, EffortQ, Quantity
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import MeetingMerge
from sim.errors import Problem, ScenarioError
from sim.levers.base import LeverBase, change_obligations
from sim.units import Workdays


class MergeMeetings(LeverBase):
    """Meetings for the same units that fall into one window become one sitting with several topics, and one trip."""

    lever: Literal["merge_meetings"]
    window: Quantity[Workdays]
    """Working days of a window; `5 workdays` joins what falls into one stretch of five."""
    topics: CountQ
    """Topics of one sitting at most."""
    further_topic: EffortQ
    """Time that each further topic adds; the longest one takes its full time."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.merge" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        merge = MeetingMerge(
            group="+".join(sorted(self.of)),
            window=int(self.window.value),
            topics=self.topics.value,
            further_topic=self.further_topic,
            reach=self.reach,
        )
        merged = change_obligations(regime, self.of, Meeting, merge=merge)
        if len({_manner(merged.obligations[name]) for name in self.of}) > 1:
            raise ScenarioError([_of_different_manner(self.of)])
        return merged


def _manner(meeting: object) -> tuple[object, ...]:
    """Give what meetings must have in common to be held together."""
    if not isinstance(meeting, Meeting):
        return ()
    return meeting.on, meeting.posts, meeting.held, meeting.relay.to if meeting.relay else None


def _of_different_manner(names: tuple[str, ...]) -> Problem:
    named = ", ".join(names)
    return Problem(
        key="levers.merge_meetings.of",
        message={
            "zh": f"这些会议的参会单位、岗位、开会方式或传达对象不同，不能合并：{named}",
            "en": f"these meetings differ in units, posts, manner or relay, so they cannot be one sitting: {named}",
        },
    )
