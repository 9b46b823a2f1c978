"""One team at one time: inspections due at a unit in the same slot are one visit."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspection import JointVisit
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class OneTeam(JointVisit, LeverBase):
    """The named inspections that fall due at one unit in one slot are done by one team in one visit."""

    lever: Literal["one_team"]
    acts_on: ClassVar[type[Ruled]] = Inspection
    label: ClassVar[dict[str, str]] = {"zh": "一支队伍一次完成", "en": "one team, one visit"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "一个单位一个月内到期的检查一次完成：接待取最长的再加零头，台账共用",
        "en": (
            "inspections due at one unit in one month are one visit: the longest hosting plus a margin, shared ledgers"
        ),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        hosting, saved, team = self.marginal_hosting.value, self.shared_preparation.value, self.team.value
        if lang == "zh":
            return f"同期到同一单位的合为一次，至多{team}人；每多一项，接待时间只加原来的{hosting}，准备时间省去{saved}"
        most = counted(team, "cadre", "cadres")
        return (
            f"inspections due at one unit at one time are one visit by at most {most}; each further item adds "
            f"{hosting} of its hosting time and saves {saved} of its preparation"
        )
