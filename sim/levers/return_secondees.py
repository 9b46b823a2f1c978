"""Secondees return: cadres who were lent upwards sit at their own desks again, and the others do their work without."""

from __future__ import annotations

from typing import Literal

from sim.domain.regime import Regime
from sim.errors import Problem, ScenarioError
from sim.levers.base import LeverBase


class ReturnSecondees(LeverBase):
    """End the secondments of the named unit types, each cadre's by his own lot.

    `of` names unit types that have cadres `lent`. Compliance is the share who return at first; by erosion they are
    lent out again.
    """

    lever: Literal["return_secondees"]

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"organisation.{name}.returning" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        units = dict(regime.organisation.units)
        lending = [name for name, unit in units.items() if unit.lent is not None]
        problems = [_nobody_lent(name, lending) for name in self.of if name not in lending]
        if problems:
            raise ScenarioError(problems)
        units |= {name: units[name].replace(returning=self.reach) for name in self.of}
        return regime.replace(organisation=regime.organisation.replace(units=units))


def _nobody_lent(name: str, lending: list[str]) -> Problem:
    there = ", ".join(lending)
    return Problem(
        key=f"organisation.units.{name}.lent",
        message={
            "zh": f"“{name}”没有借调出去的干部（未写 lent）；可用：{there}",
            "en": f"'{name}' lends no cadres (it has no lent); there are {there}",
        },
    )
