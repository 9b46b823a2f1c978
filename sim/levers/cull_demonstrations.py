"""Culled demonstrations: projects are abolished together with the ledgers, checks and visits they ask for."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Demonstration
from sim.domain.obligations.demonstration import Cull
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CullDemonstrations(Cull, LeverBase):
    """Only so many projects stay; which ones is decided by chance that belongs to the project."""

    lever: Literal["cull_demonstrations"]
    acts_on: ClassVar[type[Ruled]] = Demonstration
    label: ClassVar[dict[str, str]] = {"zh": "清理示范创建", "en": "demonstrations culled"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "只留若干个项目，其余连同台账、检查、验收一起取消",
        "en": "so many projects stay; the others go with their ledgers, checks and visits",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Describe the terms."""
        kept = number(self.projects.value, 0)
        return {"zh": f"合计只保留{kept}个项目", "en": f"{kept} projects stay in all"}[lang]
