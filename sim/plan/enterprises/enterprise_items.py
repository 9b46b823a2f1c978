"""Check items at enterprises: what departments have on their plans, and what each item takes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sim.contract.plan import DAY
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.plan.identity.chance import combine, text_key
from sim.plan.inspections.visits import visit_start
from sim.plan.issuing.issuing import occurrences, overseer, single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.risks import risk_classes
from sim.units import Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import EnterpriseCheck
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Items:
    """Items of several obligations, one entry an item and enterprise."""

    entry: NDArray[np.int64]
    """Which of the obligations, by place."""
    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    body: NDArray[np.uint64]
    """The department, the same in all obligations that share a list of departments."""
    risk: NDArray[np.int64]
    month: NDArray[np.int64]
    day: NDArray[np.int64]
    """Working day, as a place in the enterprise's calendar."""
    start: NDArray[np.int64]
    papers: NDArray[np.int64]
    """Seconds to get out the papers."""
    hosting: NDArray[np.int64]
    """Seconds on the spot."""
    hosts: NDArray[np.int64]
    inspectors: NDArray[np.int64]
    department: NDArray[np.int64]
    """Unit the inspectors come from, -1 for one outside."""
    lot: NDArray[np.float64]
    """Decides whose day a joint trip falls on."""
    done: NDArray[np.bool_]
    """Really checked, as opposed to planned only."""

    def where(self, keep: NDArray[Any]) -> Self:
        """Keep some of them, or put them into another order."""
        return type(self)(**{f.name: getattr(self, f.name)[keep] for f in fields(self)})

    def keyed(self, draft: Draft, name: str, check: EnterpriseCheck) -> Keyed:
        """Return the items keyed as items of one obligation; right for its own items only."""
        identity = (self.programme, self.slot, draft.staff.keys[self.unit])
        return Keyed(draft, f"obligations.{name}", identity, self.month, check.guards)

    def __len__(self) -> int:
        """Count them."""
        return len(self.unit)


def gather(parts: list[Items]) -> Items:
    """Put the items of several obligations behind one another."""
    return Items(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Items)})


def list_of_bodies(name: str, check: EnterpriseCheck) -> str:
    """Give the stream of chance that belongs to the departments of an obligation."""
    return f"bodies.{check.bodies or name}"


def due_items(draft: Draft, name: str, check: EnterpriseCheck, entry: int) -> Items:
    """Draw the items that departments put on their plans for the year, and which of them are carried out."""
    stream, bodies = f"obligations.{name}", list_of_bodies(name, check)
    staff, chance, timeline = draft.staff, draft.chance, draft.staff.timeline(check.on)
    series = single_series(draft, check)
    found = occurrences(draft, stream, _at_the_busiest(check), series)
    unit, programme = series.unit[found.series], series.programme[found.series]
    keys, risk = staff.keys[unit], risk_classes(draft, check.on)[unit]
    identity = (programme, found.slot, keys)
    start = visit_start(draft, stream, identity, found.second // DAY, timeline)
    items = Items(
        entry=np.full(len(unit), entry, dtype=np.int64),
        unit=unit,
        programme=programme,
        slot=found.slot,
        body=combine(text_key(bodies), programme),
        risk=risk,
        month=timeline.month_of(found.second),
        day=np.searchsorted(timeline.days, found.second // DAY),
        start=start,
        papers=check.paperwork.value.quantile(chance.uniform(stream, "papers", *identity)),
        hosting=check.length.value.quantile(chance.uniform(stream, "length", *identity)),
        hosts=np.full(len(unit), check.hosts.value, dtype=np.int64),
        inspectors=np.full(len(unit), check.inspectors.value, dtype=np.int64),
        department=overseer(draft, bodies, check.issuer, unit, programme),
        lot=chance.uniform(stream, "lead", *identity),
        done=chance.uniform(stream, "executed", *identity) < check.executed.value,
    )
    competent = chance.uniform(bodies, "competent", programme, keys) < check.competent.value
    wanted = chance.uniform(stream, "times", *identity) < _share_by_class(check)[risk]
    items = items.where(competent & wanted)
    return items.where(~_left_alone(draft, name, check, items) & ~_off_the_list(draft, name, check, items))


def _left_alone(draft: Draft, name: str, check: EnterpriseCheck, items: Items) -> NDArray[np.bool_]:
    """Tell which items fall away because the enterprise's risk is low."""
    tiers = check.tiers
    if tiers is None:
        return np.zeros(len(items), dtype=np.bool_)
    keyed = items.keyed(draft, name, check)
    beyond = keyed.number("tiers") >= np.array(tiers.kept.by_class)[items.risk]
    return beyond & keyed.reached(tiers, "tiers_kept_to")


def _off_the_list(draft: Draft, name: str, check: EnterpriseCheck, items: Items) -> NDArray[np.bool_]:
    """Tell which items are no longer on a department's list."""
    filing = check.filing
    if filing is None or check.planning == "ad_hoc":
        return np.zeros(len(items), dtype=np.bool_)
    keyed = items.keyed(draft, name, check)
    return (keyed.number("filing") < filing.cut(check.planning)) & keyed.reached(filing, "filing_kept_to")


def _at_the_busiest(check: EnterpriseCheck) -> EnterpriseCheck:
    """Give the obligation with the recurrence of the class that is checked most; the others are thinned from it."""
    recurrence = check.recurrence.value
    if recurrence.rate is None:
        return check
    rate = Rate(float(recurrence.rate) * max(check.times.by_class))
    return check.replace(recurrence=Quantity[Recurrence](value=Recurrence(rate=rate, season=recurrence.season)))


def _share_by_class(check: EnterpriseCheck) -> NDArray[np.float64]:
    times = np.array(check.times.by_class)
    most = 1.0 if check.recurrence.value.rate is None else times.max()
    share: NDArray[np.float64] = times / (most or 1.0)
    return share
