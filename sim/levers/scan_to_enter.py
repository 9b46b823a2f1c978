"""Scan to enter: inspectors register each entry with the code of a filed check."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import EnterpriseCheck
from sim.domain.obligations.enterprise_check import EntryScan
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import Labels


class ScanToEnter(EntryScan, LeverBase):
    """Entries on no plan, and those above a cap that their departments do not keep to, are refused in part."""

    lever: Literal["scan_to_enter"]
    acts_on: ClassVar[type[Ruled]] = EnterpriseCheck
    label: ClassVar[dict[str, str]] = {"zh": "扫码入企", "en": "scan to enter"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "入企先扫码登记；不在计划内的、超出上限的，一部分被挡下，并计数",
        "en": "each entry is registered; some of those on no plan or above a cap are refused, and counted",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        return {
            "zh": f"入企先扫码；计划外的和超出上限的，{self.refused.value}被挡下",
            "en": f"entries are registered; {self.refused.value} of those on no plan or above a cap are refused",
        }[lang]
