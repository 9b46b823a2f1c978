"""Bundled checks: items that departments have at one enterprise at about the same time come in one trip."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.domain.obligations import EnterpriseCheck
from sim.domain.quantity import CountQ, Quantity, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_checks import Bundle
from sim.levers.base import LeverBase, change_obligations
from sim.units import Workdays


class BundleChecks(LeverBase):
    """Plans are compared by target and date, and what can be joined goes on the same day with the same trip."""

    lever: Literal["bundle_checks"]
    window: Quantity[Workdays]
    """Items that fall due within this time of the first one come along; `same day` joins only what meets anyway."""
    departments: CountQ
    """Departments in one trip at most."""
    marginal_hosting: ShareQ
    """Time on the spot that each further item still adds, as a share of what it took alone."""
    shared_paperwork: ShareQ
    """Share of each further item's papers that is saved because the same papers serve several items."""

    @model_validator(mode="after")
    def _somebody_comes(self) -> Self:
        if self.departments.value < 1:
            raise ValueError("departments must be at least 1 / 部门数至少为 1")
        return self

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.bundle" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        bundle = Bundle(
            group="+".join(sorted(self.of)),
            window=int(self.window.value),
            departments=self.departments.value,
            marginal_hosting=self.marginal_hosting,
            shared_paperwork=self.shared_paperwork,
            reach=self.reach,
        )
        return change_obligations(regime, self.of, EnterpriseCheck, bundle=bundle)
