"""Groups closed: one place to look, no copies; the notices that matter still come."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Channel
from sim.domain.obligations.channel import ChannelMerge
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class MergeChannels(ChannelMerge, LeverBase):
    """Close chat groups until a cadre has only a few to look through."""

    lever: Literal["merge_channels"]
    acts_on: ClassVar[type[Ruled]] = Channel
    label: ClassVar[dict[str, str]] = {"zh": "整合工作群", "en": "groups merged"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "关掉一些群；通知照来，重复的和来回切换的没有了",
        "en": "groups are closed; notices still come, copies and switching go",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Describe the terms."""
        groups, copies = number(self.groups.value, 0), self.duplicates.value
        if lang == "zh":
            return f"每人至多看{groups}个群，该收的通知照收，重复消息剩{copies}"
        return f"{groups} groups at most for each cadre; the notices that matter still come, with {copies} of copies"
