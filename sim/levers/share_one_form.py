"""One form on shared records: what the store holds is not asked again, what it lacks is asked once."""

from __future__ import annotations

from typing import Literal

from sim.domain.distribution import Distribution
from sim.domain.frozen import Frozen
from sim.domain.obligations import Report
from sim.domain.quantity import CountQ, DurationQ, EffortQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief import SharedForm, StoreUpkeep
from sim.levers.base import LeverBase, change_obligations
from sim.units import Duration


class Store(Frozen):
    """The shared records and the work that keeps them fresh."""

    records: CountQ
    """Records in the store."""
    changed: ShareQ
    """Share of the records that has to be renewed each month."""
    renewal: DurationQ
    """Time to renew one record from a line of business."""
    kept_by: str
    """Unit type whose units renew the records between them."""
    grassroots: EffortQ
    """Time a unit that fills forms spends each month on its own records."""

    def renewal_by_unit(self, regime: Regime) -> Duration:
        """Give the monthly time of each unit that keeps the store; all real ones share the records between them."""
        keepers = regime.organisation.real_count(self.kept_by)
        return Duration(round(self.records.value * self.changed.value * self.renewal.value / max(keepers, 1)))


class ShareOneForm(LeverBase):
    """Departments take covered fields from the store; the unit only looks them over."""

    lever: Literal["share_one_form"]
    coverage: ShareQ
    """Share of the fields that the store holds and keeps fresh."""
    glance: DurationQ
    """Time of the unit to look over one covered field."""
    fresh: DurationQ
    """How long the answer to a missing field stays fresh: it is asked once in this time."""
    store: Store

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.{field}" for name in self.of for field in ("shared_form", "upkeep"))

    def apply(self, regime: Regime) -> Regime:
        """See the base class; the upkeep is booked on the first of the named reports, in the order of the alphabet."""
        shared = SharedForm(coverage=self.coverage, glance=self.glance, fresh=self.fresh, reach=self.reach)
        regime = change_obligations(regime, self.of, Report, shared_form=shared)
        filling = sorted({regime.obligations[name].on for name in self.of})
        upkeep = [StoreUpkeep(unit=unit, effort=self.store.grassroots, reach=self.reach) for unit in filling]
        renewal = self.store.renewal_by_unit(regime)
        if renewal > 0:
            effort = EffortQ(value=Distribution.parse(str(renewal)), source="assumed")
            upkeep.append(StoreUpkeep(unit=self.store.kept_by, effort=effort, reach=self.reach))
        return change_obligations(regime, (min(self.of),), Report, upkeep=tuple(upkeep))
