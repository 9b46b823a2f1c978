"""Enforcement: spot checks find what has crept back, and cases make others think twice."""

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
    """Of what other measures on the named obligations have lost, spot checks restore a share each month."""

    lever: Literal["enforce"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "监督执纪", "en": "enforcement"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "抽查纠正一部分回潮；怕被查处，其余回潮也慢些",
        "en": "spot checks restore part of what has crept back; fear of a case slows the rest",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Describe the terms."""
        deters, restores = self.deters.value, self.restores.value
        if lang == "zh":
            return f"震慑住{deters}的回潮和计划外任务，每月抽查纠正已回潮部分的{restores}"
        return (
            f"{deters} of what would creep back, and of unplanned work, is forgone for fear of a case; spot checks put "
            f"right {restores} of what has crept back each month"
        )
