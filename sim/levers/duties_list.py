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
    reclaimed: CountQ | None = None
    """Kinds that a department takes back; with the others these are all kinds. The rest where none is given."""
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
        staying = self.basic.value + self.assisting.value
        kinds = {
            name: entry.kinds.value
            for name in self.of
            if isinstance(entry := regime.obligations.get(name), ListedDuties)
        }
        back = {
            name: count - staying if self.reclaimed is None else self.reclaimed.value for name, count in kinds.items()
        }
        problems = [
            _miscounted(name, count, staying + max(0, back[name]))
            for name, count in kinds.items()
            if count != staying + max(0, back[name])
        ]
        if problems:
            raise ScenarioError(problems)
        for name in self.of:
            sheets = self._sheets(back.get(name, 0))
            regime = change_obligations(regime, (name,), ListedDuties, sheets=sheets)
        return regime

    def _sheets(self, reclaimed: int) -> DutySheets:
        return DutySheets(
            basic=self.basic.value,
            assisting=self.assisting.value,
            reclaimed=reclaimed,
            by_use=self.by_use,
            done_above=self.done_above,
            leakage=self.leakage,
            reach=self.reach,
        )


def _miscounted(name: str, kinds: int, listed: int) -> Problem:
    return Problem(
        key=f"obligations.{name}.kinds",
        message={
            "zh": f"“{name}”有 {kinds} 种，三张清单共 {listed} 种，须相等",
            "en": f"'{name}' has {kinds} kinds, the three sheets hold {listed}; they must be as many",
        },
    )
