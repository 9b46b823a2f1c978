"""Merged meetings: meetings called within a few days of each other become one sitting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.obligations import Meeting
from sim.domain.obligations.meeting import MeetingMerge
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    effort_words,
    window_words,
)


class MergeMeetings(MeetingMerge, LeverBase):
    """Meetings of the same units in one window become one sitting with several topics, and one trip."""

    lever: Literal["merge_meetings"]
    acts_on: ClassVar[type[Ruled]] = Meeting
    label: ClassVar[dict[str, str]] = {"zh": "会议合并", "en": "meetings merged"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "对同样单位、在几天之内的会并成一次，多个议题，跑一趟",
        "en": "meetings for the same units within a window become one sitting with several topics, and one trip",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        window, most = window_words(int(self.window.value), lang), self.topics.value
        further = effort_words(self.further_topic.value, lang)
        if lang == "zh":
            return f"{window}召集同一批单位的会议合为一次，每次至多{number(most, 0)}个议题，每多一个议题加{further}"
        return (
            f"meetings of the same units {window} are one sitting of at most {counted(most, 'topic', 'topics')}; each "
            f"further topic adds {further}"
        )

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield one problem if the meetings differ in units, posts, manner or relay."""
        meetings = [entry for name in self.of if isinstance(entry := regime.obligations[name], Meeting)]
        if len({(one.on, one.posts, one.held, one.relay.to if one.relay else None) for one in meetings}) > 1:
            yield _of_different_manner(self.of)


def _of_different_manner(names: tuple[str, ...]) -> Problem:
    named = ", ".join(names)
    return Problem(
        key="levers.merge_meetings.of",
        message={
            "zh": f"这些会议的参会单位、岗位、开会方式或传达对象不同，不能合并：{named}",
            "en": f"these meetings differ in units, posts, manner or relay, so they cannot be one sitting: {named}",
        },
    )
