"""One team at one time: inspections due at a unit in one month, or appraisals of one round, are one visit."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations.joinable import Joinable, JointVisit
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class OneTeam(JointVisit, LeverBase):
    """The named inspections that fall due at one unit in one month are done by one team in one visit.

    So are the examinations of one appraisal: those of the year if it is yearly, else those of a month.
    """

    lever: Literal["one_team"]
    acts_on: ClassVar[type[Ruled]] = Joinable
    label: ClassVar[dict[str, str]] = {"zh": "一支队伍一次完成", "en": "one team, one visit"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "一个单位一个月内到期的检查、一年一次的考核一次完成：接待取最长的再加零头，台账共用",
        "en": (
            "inspections due at one unit in one month, or its yearly appraisals, are one visit: the longest hosting "
            "plus a margin, shared ledgers"
        ),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        hosting, saved, team = self.marginal_hosting.value, self.shared_preparation.value, self.team.value
        if lang == "zh":
            return f"同期到同一单位的合为一次，至多{team}人；每多一项，接待时间只加原来的{hosting}，准备时间省去{saved}"
        most = counted(team, "cadre", "cadres")
        return (
            f"what is due at one unit at one time is one visit by at most {most}; each further item adds {hosting} of "
            f"its hosting time and saves {saved} of its preparation"
        )
