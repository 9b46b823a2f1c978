"""Duties list: three sheets say what a unit does, where it helps, and what departments take back."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import ListedDuties
from sim.domain.quantity import CountQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_duties import ByUse, DutySheets
from sim.errors import Problem, ScenarioError
from sim.levers.base import LeverBase, change_obligations


class DutiesList(LeverBase):
    """Put each kind of duty on one of three sheets. What is taken back does not vanish: a department does it."""

    lever: Literal["duties_list"]
    basic: CountQ
    """Kinds that stay with the unit."""
    assisting: CountQ
    """Kinds in which the unit helps a department."""
    reclaimed: CountQ
    """Kinds that a department takes back; with the others these are all kinds."""
    by_use: ByUse
    """Which kinds come first: the basic ones, then the assisting ones. Kinds are not volume: this decides how much
    work goes."""
    done_above: ShareQ
    """Share of an assisting duty that the department does itself."""
    leakage: ShareQ
    """Share of the cases taken back that are sent down to the unit all the same."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.sheets" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        sheets = DutySheets(
            basic=self.basic.value,
            assisting=self.assisting.value,
            reclaimed=self.reclaimed.value,
            by_use=self.by_use,
            done_above=self.done_above,
            leakage=self.leakage,
            reach=self.reach,
        )
        changed = change_obligations(regime, self.of, ListedDuties, sheets=sheets)
        listed = sheets.basic + sheets.assisting + sheets.reclaimed
        kinds = {
            name: entry.kinds.value for name in self.of if isinstance(entry := changed.obligations[name], ListedDuties)
        }
        problems = [_miscounted(name, count, listed) for name, count in kinds.items() if count != listed]
        if problems:
            raise ScenarioError(problems)
        return changed


def _miscounted(name: str, kinds: int, listed: int) -> Problem:
    return Problem(
        key=f"obligations.{name}.kinds",
        message={
            "zh": f"“{name}”有 {kinds} 种，三张清单共 {listed} 种，须相等",
            "en": f"'{name}' has {kinds} kinds, the three sheets hold {listed}; they must be as many",
        },
    )
