"""Enforcement: spot checks put eroded measures right, and cases deter breaches."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import ObligationBase
from sim.domain.rule import Enforcement, Ruled
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class Enforce(Enforcement, LeverBase):
    """Spot checks restore each month a share of the losses of other measures on the named obligations."""

    lever: Literal["enforce"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "监督执纪", "en": "enforcement"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "抽查纠正一部分回潮；怕被查处，其余回潮也慢些",
        "en": "spot checks put right part of the erosion of other measures; fear of a case slows the rest",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        deters, restores = self.deters.value, self.restores.value
        if lang == "zh":
            return f"震慑住{deters}的回潮和计划外任务，每月抽查纠正已回潮部分的{restores}"
        return (
            f"fear of a case deters {deters} of erosion and of unplanned work; spot checks put right {restores} of the "
            f"past erosion each month"
        )
