"""Item cut: some inspection programmes are abolished."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.quantity import CountQ
from sim.domain.regime import Regime
from sim.domain.relief import ItemCut
from sim.levers.base import LeverBase, change_obligations


class CutItems(LeverBase):
    """Abolish a number of the items; which ones is decided by chance that belongs to the item."""

    lever: Literal["cut_items"]
    items: CountQ
    """Items abolished, of all lists named together."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.cut" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        pool: dict[str, int] = {}
        for name in sorted(self.of):
            entry = regime.obligations.get(name)
            if isinstance(entry, Inspection):
                listed = entry.items or name
                pool[listed] = max(entry.programmes.value, pool.get(listed, 0))
        cut = ItemCut(items=self.items.value, pool=pool, reach=self.reach, earlier=_earlier(regime, self.of))
        return change_obligations(regime, self.of, Inspection, cut=cut)


def _earlier(regime: Regime, names: tuple[str, ...]) -> tuple[ItemCut, ...]:
    """Give the cuts that earlier levers of an ordered list made in any of the named lists, which leave less to cut."""
    cuts = (entry.cut for name in names if isinstance(entry := regime.obligations.get(name), Inspection) and entry.cut)
    earlier: list[ItemCut] = []
    for cut in cuts:
        earlier += [one for one in (*cut.earlier, cut.replace(earlier=())) if one not in earlier]
    return tuple(earlier)
