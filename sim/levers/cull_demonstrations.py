"""Culled demonstrations: projects are abolished together with the ledgers, checks and visits they ask for."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Demonstration
from sim.domain.quantity import CountQ
from sim.domain.regime import Regime
from sim.domain.relief_of_checks import Cull
from sim.levers.base import LeverBase, change_obligations


class CullDemonstrations(LeverBase):
    """Only so many projects stay; which ones is decided by chance that belongs to the project."""

    lever: Literal["cull_demonstrations"]
    projects: CountQ
    """Projects that stay, of all obligations named together."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.cull" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        entries = {name: regime.obligations.get(name) for name in sorted(self.of)}
        pool = {name: entry.programmes.value for name, entry in entries.items() if isinstance(entry, Demonstration)}
        cull = Cull(kept=self.projects.value, pool=pool, reach=self.reach)
        return change_obligations(regime, self.of, Demonstration, cull=cull)
