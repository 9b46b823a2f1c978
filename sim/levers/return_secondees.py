"""Secondees return: cadres lent upwards work at their own desks again, and the borrowing units have fewer hands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from sim.domain.organisation import Returning, UnitType
from sim.domain.regime import Regime
from sim.domain.rule import Ruled
from sim.errors import Problem
from sim.i18n import Lang
from sim.levers.base import LeverBase
from sim.levers.wording import (
    Labels,
)


class ReturnSecondees(Returning, LeverBase):
    """The secondments of the named unit types end, those of each borrowing unit by its own compliance.

    `of` names unit types that have cadres `lent`. Compliance is the share of borrowing units that send them back at
    first; by erosion they borrow them again.
    """

    lever: Literal["return_secondees"]
    acts_on: ClassVar[type[Ruled]] = UnitType
    label: ClassVar[dict[str, str]] = {"zh": "借调干部返岗", "en": "secondees return"}
    meaning: ClassVar[dict[str, str]] = {
        "zh": "借到上级的干部（单位类型的 `lent`）回到原岗位；借用的单位少了人手",
        "en": (
            "cadres lent to superiors (`lent` of a unit type) work at their own desks again; the units that "
            "borrowed them have fewer hands"
        ),
    }

    def sentence(self, lang: Lang, labels: Labels) -> str:
        """Return the terms as text."""
        return {
            "zh": "借调到上级的干部回原岗位，不再借调",
            "en": "cadres lent to superiors work at their own desks again",
        }[lang]

    def misfits(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each unit type that lends no cadres."""
        units = regime.organisation.units
        lending = [name for name, unit in units.items() if unit.lent is not None]
        yield from (_nobody_lent(name, lending) for name in self.of if name not in lending)


def _nobody_lent(name: str, lending: list[str]) -> Problem:
    there = ", ".join(lending)
    return Problem(
        key=f"organisation.units.{name}.lent",
        message={
            "zh": f"“{name}”没有借调出去的干部（未写 lent）；可用：{there}",
            "en": f"'{name}' lends no cadres (it has no lent); there are {there}",
        },
    )
