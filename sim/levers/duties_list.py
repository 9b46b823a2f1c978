"""Duties list: three sheets of duties: the unit's, those of a department with the unit's help, those taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.obligations import ListedDuties
from sim.domain.obligations.listed_duties import DutySheets
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.i18n.writing import number
from sim.levers.base import LeverBase
from sim.levers.wording import (
    BY_USE,
    Labels,
)


class DutiesList(DutySheets, LeverBase):
    """Each kind of duty is put on one of three sheets. Departments do the duties taken back."""

    lever: Literal["duties_list"]
    acts_on: ClassVar[type[Ruled]] = ListedDuties
    label: ClassVar[dict[str, str]] = {"zh": "履职事项清单", "en": "duties list"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "每种事项归入三张清单之一；收回的由部门来办，不会凭空消失",
        "en": (
            "each kind of duty is put on one of three sheets; departments do the duties taken back, "
            "which do not disappear"
        ),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        basic, assisting = (number(count.value, 0) for count in (self.basic, self.assisting))
        rest = {"zh": "其余各", "en": "the rest"}[lang]
        reclaimed = rest if self.reclaimed is None else number(self.reclaimed.value, 0)
        which, shared, leaks = BY_USE[self.by_use][lang], self.done_above.value, self.leakage.value
        if lang == "zh":
            return (
                f"三张清单：基本{basic}项（{which}在前），配合{assisting}项，收回{reclaimed}项；配合事项部门承担{shared}，"
                f"收回的由部门办理，其中{leaks}仍下派"
            )
        return (
            f"three sheets: {basic} basic duties ({which} first), {assisting} assisting ones, {reclaimed} taken back; "
            f"departments do {shared} of each assisting duty and all duties taken back, {leaks} of which are sent down "
            f"again"
        )

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each entry whose number of kinds differs from that on the three sheets."""
        staying = self.basic.value + self.assisting.value
        for name in self.of:
            entry = regime.obligations[name]
            kinds = entry.kinds.value if isinstance(entry, ListedDuties) else 0
            listed_kinds = staying + (max(0, kinds - staying) if self.reclaimed is None else self.reclaimed.value)
            if kinds != listed_kinds:
                yield _miscounted(name, kinds, listed_kinds)


def _miscounted(name: str, kinds: int, listed_kinds: int) -> Problem:
    return Problem(
        key=f"obligations.{name}.kinds",
        message={
            "zh": f"“{name}”有 {kinds} 种，三张清单共 {listed_kinds} 种，须相等",
            "en": f"'{name}' has {kinds} kinds, the three sheets hold {listed_kinds}; the numbers must be equal",
        },
    )
