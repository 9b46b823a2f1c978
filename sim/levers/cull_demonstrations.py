"""Culled demonstrations: projects are abolished together with their ledgers, checks and visits."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.obligations import Demonstration
from sim.domain.obligations.demonstration import Cull
from sim.domain.rule import Ruled
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class CullDemonstrations(Cull, LeverBase):
    """Only some projects are kept, chosen by a lot of each project."""

    lever: Literal["cull_demonstrations"]
    acts_on: ClassVar[type[Ruled]] = Demonstration
    label: ClassVar[dict[str, str]] = {"zh": "清理示范创建", "en": "demonstrations culled"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "只留若干个项目，其余连同台账、检查、验收一起取消",
        "en": "only some projects are kept; the others are abolished with their ledgers, checks and visits",
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        kept = self.projects.value
        some = counted(kept, "project is", "projects are")
        return {"zh": f"合计只保留{number(kept, 0)}个项目", "en": f"{some} kept in all"}[lang]
