"""Plan and filing: visits must be in the annual plan or filed beside it, and both lists are shortened."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.obligations.inspected import Inspected
from sim.domain.quantity import ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_checks import Filing
from sim.levers.base import LeverBase, change_obligations
from sim.units import Share

NOTHING = ShareQ(value=Share(0.0), source="assumed")


class FilePlans(LeverBase):
    """What is neither planned nor filed is turned away; the planned and the filed list are cut, each by its share."""

    lever: Literal["file_plans"]
    turned_away: ShareQ
    """Share of visits that are neither planned nor filed and are turned away."""
    planned_cut: ShareQ = NOTHING
    """Share of the items in the annual plan that are dropped."""
    filed_cut: ShareQ = NOTHING
    """Share of the items filed beside the plan that are dropped."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.filing" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        cuts = {"planned": self.planned_cut, "filed": self.filed_cut, "ad_hoc": NOTHING}
        regime = change_obligations(regime, self.of, Inspected)  # refuses what is no visit
        planned_as = {name: e.planning for name, e in regime.obligations.items() if isinstance(e, Inspected)}
        for planning, cut in cuts.items():
            names = tuple(name for name in self.of if planned_as[name] == planning)
            filing = Filing(turned_away=self.turned_away, cut=cut, pool=_pool(regime, names), reach=self.reach)
            regime = change_obligations(regime, names, Inspected, filing=filing)
        return regime


def _pool(regime: Regime, names: tuple[str, ...]) -> dict[str, int]:
    """Give the lists of items that come in calendar slots, with their lengths."""
    pool: dict[str, int] = {}
    for name in sorted(names):
        entry = regime.obligations[name]
        if isinstance(entry, Inspection) and entry.recurrence.value.rate is None:
            listed = entry.items or name
            pool[listed] = max(entry.programmes.value, pool.get(listed, 0))
    return pool
