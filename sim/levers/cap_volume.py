"""Volume cap: fewer meetings or documents of a stream, as a share or as a number a year."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Broadcast
from sim.domain.obligations.base import VolumeCap
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CapVolume(VolumeCap, LeverBase):
    """Part of the meetings or documents is no longer issued, and so not passed down."""

    lever: Literal["cap_volume"]
    acts_on: ClassVar[type[Ruled]] = Broadcast
    label: ClassVar[dict[str, str]] = {"zh": "精文减会", "en": "cap on volume"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "会议或文件少发一部分，按比例或按每年件数；本要向下传的一并减少",
        "en": ("part of the meetings or documents is no longer issued, as a share or a number a year, nor passed down"),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        if self.kept is not None:
            kept = self.kept.value
            return {"zh": f"只保留{kept}", "en": f"{kept} of them are kept"}[lang]
        most = number(self.most.value if self.most else 0, 0)
        return {"zh": f"每年至多{most}次（件）", "en": f"at most {most} a year"}[lang]
