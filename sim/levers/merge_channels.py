"""Groups closed: fewer groups to read and fewer copies; the notices still come."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Channel
from sim.domain.obligations.channel import ChannelMerge
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class MergeChannels(ChannelMerge, LeverBase):
    """Chat groups are closed until each cadre has only a few to read."""

    lever: Literal["merge_channels"]
    acts_on: ClassVar[type[Ruled]] = Channel
    label: ClassVar[dict[str, str]] = {"zh": "整合工作群", "en": "groups merged"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "关掉一些群；通知照来，重复的和来回切换的没有了",
        "en": "groups are closed; notices still come, with fewer copies and less switching",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        groups, copies = self.groups.value, self.duplicates.value
        if lang == "zh":
            return f"每人至多看{number(groups, 0)}个群，该收的通知照收，重复消息剩{copies}"
        most = counted(groups, "group", "groups")
        return f"at most {most} for each cadre; the notices still come, with {copies} of copies"
