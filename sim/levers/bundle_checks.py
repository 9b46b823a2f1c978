"""Bundled checks: items that several departments have at one enterprise at about the same time are one trip."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import EnterpriseCheck
from sim.domain.obligations.enterprise_check import Bundle
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
    window_words,
)


class BundleChecks(Bundle, LeverBase):
    """Plans are compared by enterprise and date; items that can be joined are checked on one day in one trip."""

    lever: Literal["bundle_checks"]
    acts_on: ClassVar[type[Ruled]] = EnterpriseCheck
    label: ClassVar[dict[str, str]] = {"zh": "涉企检查拼单", "en": "checks bundled"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "几天之内到同一企业的事项拼成一趟，部门数有上限",
        "en": "items due at one enterprise within a window are checked in one trip, with a limit on departments",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        window = window_words(int(self.window.value), lang)
        hosting, saved = self.marginal_hosting.value, self.shared_paperwork.value
        own = (
            {"zh": "同一部门的几项也合并；", "en": ", those of one department too"}[lang]
            if self.same_department
            else ""
        )
        alike = self._overlap(lang)
        if lang == "zh":
            return (
                f"同一企业{window}的检查合为一次上门，至多{number(self.departments.value, 0)}个部门；{own}"
                f"每多一项，现场时间只加原来的{hosting}，备材料时间省去{saved}{alike}"
            )
        most = counted(self.departments.value, "department", "departments")
        return (
            f"checks due at one enterprise {window} are one trip of at most {most}{own}; each further item adds "
            f"{hosting} of its time on the spot and saves {saved} of its papers{alike}"
        )

    def _overlap(self, lang: Lang) -> str:
        """Return the terms of comparing plans as text, empty if they are not compared by subject."""
        if self.subjects is None:
            return ""
        dropped = self.dropped.value
        if lang == "zh":
            return (
                f"；内容相同的计划合并（共{number(self.subjects.value, 0)}类），重复的事项{dropped}不再查，其余一起看"
            )
        many = counted(self.subjects.value, "subject", "subjects")
        return (
            f"; plans about one of {many} become one, {dropped} of the items in common are dropped, the others merged"
        )
