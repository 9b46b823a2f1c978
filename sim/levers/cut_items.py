"""Item cut: some inspection programmes are abolished."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.quantity import CountQ
from sim.domain.regime import Regime
from sim.domain.relief import ItemCut
from sim.levers.base import LeverBase, change_obligations


class CutItems(LeverBase):
    """Abolish a number of the programmes; which ones is decided by chance that belongs to the programme."""

    lever: Literal["cut_items"]
    items: CountQ
    """Programmes abolished, of each obligation named."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.cut" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        return change_obligations(regime, self.of, Inspection, cut=ItemCut(items=self.items.value, reach=self.reach))
