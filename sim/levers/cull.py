"""Cull at the source: assignments, kinds of form, items of inspection or groups are abolished."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.assignment import Cull as Culled
from sim.domain.obligations.base import ObligationBase
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.i18n.writing import counted, number
from sim.levers.base import LeverBase
from sim.levers.wording import Labels


class Cull(Culled, LeverBase):
    """A share, a number or all of the assignments or programmes named end; which ones is decided by lot."""

    lever: Literal["cull"]
    acts_on: ClassVar[type[Ruled]] = ObligationBase
    label: ClassVar[dict[str, str]] = {"zh": "源头清理", "en": "cull at the source"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "工作任务、表格种类、检查事项、台账、工作群取消一部分；任务取消，连同它的会议、文件、报表、检查一起取消",
        "en": (
            "some assignments, kinds of form, inspection items, ledgers or groups are abolished; an assignment goes "
            "with its meetings, documents, forms and inspections"
        ),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        if self.share is not None:
            return {"zh": f"取消{self.share.value}", "en": f"{self.share.value} abolished"}[lang]
        if self.kept is not None:
            kept = self.kept.value
            return {"zh": f"合计只保留{number(kept, 0)}项", "en": f"{number(kept, 0)} kept in all"}[lang]
        if self.number is not None:
            gone = self.number.value
            some = counted(gone, "item", "items")
            return {"zh": f"合计取消{number(gone, 0)}项", "en": f"{some} abolished in all"}[lang]
        return {"zh": "全部取消", "en": "all abolished"}[lang]

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each obligation of which occurrences come at a rate and a number is to be abolished."""
        if self.number is None and self.kept is None:
            return
        for name in self.of:
            if name in regime.obligations and regime.obligations[name].recurrence.value.rate is not None:
                yield _without_number(name)


def _without_number(name: str) -> Problem:
    return Problem(
        key=f"obligations.{name}.recurrence",
        message={
            "zh": f"“{name}”按速率发生，没有可数的项目；请写 share（取消的比例）",
            "en": f"'{name}' comes at a rate and has no items to count; give the share to abolish",
        },
    )
