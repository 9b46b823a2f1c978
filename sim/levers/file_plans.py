"""Plan and filing: visits must be in the annual plan or filed in addition, and both lists are shortened."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations.inspected import Filing, Inspected
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class FilePlans(Filing, LeverBase):
    """Visits neither planned nor filed are turned away; both lists are shortened, each by its own share."""

    lever: Literal["file_plans"]
    acts_on: ClassVar[type[Ruled]] = Inspected
    label: ClassVar[dict[str, str]] = {"zh": "计划与备案", "en": "plan and filing"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "年度计划和备案清单都压减；两边都没有的，一部分挡回去",
        "en": "the annual plan and the filed list are shortened; some visits on neither list are turned away",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        away, planned, filed = self.turned_away.value, self.planned_cut.value, self.filed_cut.value
        if lang == "zh":
            return f"未列入计划也未备案的，{away}被挡回；计划事项减{planned}，备案事项减{filed}"
        return (
            f"{away} of the visits neither planned nor filed are turned away; the plan is cut by {planned}, the filed "
            f"list by {filed}"
        )
