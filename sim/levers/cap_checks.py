"""Cap on checks: a limit on all visits of departments to an enterprise in a period, taken together."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import EnterpriseCheck
from sim.domain.obligations.enterprise_check import CheckCap
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import Labels

PERIOD = {
    "monthly": {"zh": "每月", "en": "a month"},
    "quarterly": {"zh": "每季度", "en": "a quarter"},
    "half_yearly": {"zh": "每半年", "en": "a half-year"},
    "yearly": {"zh": "每年", "en": "a year"},
}
"""Words for the periods of a cap."""


class CapChecks(CheckCap, LeverBase):
    """Visits of departments that keep to the cap end when it is reached; a lot of each visit decides which are made."""

    lever: Literal["cap_checks"]
    acts_on: ClassVar[type[Ruled]] = EnterpriseCheck
    label: ClassVar[dict[str, str]] = {"zh": "入企检查次数上限", "en": "cap on checks"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "一家企业一个周期内至多上门若干次；超出的不去，哪些留下由抽签定",
        "en": "a limit on the visits to one enterprise in a period; a lot decides which are made",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        most, period = number(self.most.value, 0), PERIOD[self.period][lang]
        return {
            "zh": f"每户企业{period}合计至多上门{most}次",
            "en": f"at most {counted(self.most.value, 'visit', 'visits')} to each enterprise {period}, all together",
        }[lang]
