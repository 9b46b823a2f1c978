"""Items of checks on enterprises: the entries on the plans of departments, and the time that each takes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sim.contract.setting import CHECKED, REFUSED, UNDONE, WITHDRAWN
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.plan.identity.chance import combine, text_key
from sim.plan.inspections.visits import visit_start
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.bodies import demanding_body, list_of_bodies
from sim.plan.issuing.issuing import overseer, single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.risks import risk_classes
from sim.plan.issuing.turned_away import turned_away

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import EnterpriseCheck
    from sim.domain.obligations.enterprise_check import EntryScan
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Items:
    """Items of several obligations; all arrays have shape (items,), one entry an item and enterprise."""

    entry: NDArray[np.int64]
    """Index of the obligation."""
    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    body: NDArray[np.uint64]
    """Key of the department; equal in all obligations that share a list of departments."""
    risk: NDArray[np.int64]
    month: NDArray[np.int64]
    day: NDArray[np.int64]
    """Index of the working day in the enterprise's calendar."""
    start: NDArray[np.int64]
    papers: NDArray[np.int64]
    """Seconds to prepare the papers."""
    hosting: NDArray[np.int64]
    """Seconds on the spot of the trip in which the item is checked."""
    stay: NDArray[np.int64]
    """Seconds that the inspectors of the item's department stay."""
    hosts: NDArray[np.int64]
    inspectors: NDArray[np.int64]
    department: NDArray[np.int64]
    """Unit of the inspectors, -1 for a department outside the organisation."""
    lot: NDArray[np.float64]
    """Number in [0, 1) that decides the day of a joint trip."""
    fate: NDArray[np.int64]
    """End of the item, index into `FATES`."""
    plan: NDArray[np.uint64]
    """Plan that lists the item."""
    subject: NDArray[np.int64]
    """Subject of the plan, -1 for an item whose plan is compared with no other."""
    gives_way: NDArray[np.bool_]
    """True for an item that is dropped if an item of another department has its subject."""

    def where(self, keep: NDArray[Any]) -> Self:
        """Return the items at `keep`: a mask, or indices in a new order."""
        return type(self)(**{f.name: getattr(self, f.name)[keep] for f in fields(self)})

    def ending(self, which: NDArray[np.bool_], fate: int) -> Self:
        """Return the items with another end for those of the mask."""
        return replace(self, fate=np.where(which, fate, self.fate))

    def keyed(self, draft: Draft, name: str, check: EnterpriseCheck) -> Keyed:
        """Return the items keyed as items of the named obligation; correct only for items of that obligation."""
        identity = (self.programme, self.slot, draft.staff.keys[self.unit])
        body = demanding_body(draft, name, check, self.unit, self.programme, self.slot)
        return Keyed(draft, f"obligations.{name}", identity, self.start, body, check.guards)

    def __len__(self) -> int:
        """Count the items."""
        return len(self.unit)


def gather(parts: list[Items]) -> Items:
    """Concatenate the items of several obligations."""
    return Items(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Items)})


def due_items(draft: Draft, name: str, check: EnterpriseCheck, entry: int) -> Items:
    """Draw the items that departments want to check in the year; they are checked, undone, withdrawn or refused."""
    stream, bodies = f"obligations.{name}", list_of_bodies(name, check)
    staff, chance, timeline = draft.staff, draft.chance, draft.staff.timeline(check.on)
    series = single_series(draft, check)
    found = demanded(draft, name, _at_the_busiest(check), series)
    unit, programme = series.unit[found.series], series.programme[found.series]
    keys, risk = staff.keys[unit], risk_classes(draft, check.on)[unit]
    identity, body, month = (
        (programme, found.slot, keys),
        combine(text_key(bodies), programme),
        timeline.month_of(found.second),
    )
    length = check.length.value.quantile(chance.uniform(stream, "length", *identity))
    done = chance.uniform(stream, "executed", *identity) < check.executed.value
    away = turned_away(draft, name, check, series, found)
    items = Items(
        entry=np.full(len(unit), entry, dtype=np.int64),
        unit=unit,
        programme=programme,
        slot=found.slot,
        body=body,
        risk=risk,
        month=month,
        day=np.searchsorted(timeline.days, timeline.day_of(found.second)),
        start=visit_start(draft, stream, identity, timeline.day_of(found.second), timeline),
        papers=check.paperwork.value.quantile(chance.uniform(stream, "papers", *identity)),
        hosting=length,
        stay=length,
        hosts=np.full(len(unit), check.hosts.value, dtype=np.int64),
        inspectors=np.full(len(unit), check.inspectors.value, dtype=np.int64),
        department=overseer(draft, bodies, check.issuer, unit, programme),
        lot=chance.uniform(stream, "lead", *identity),
        fate=np.select([done & away, done], [REFUSED, CHECKED], UNDONE),
        plan=combine(0, body, month),
        subject=np.full(len(unit), -1, dtype=np.int64),
        gives_way=np.zeros(len(unit), dtype=np.bool_),
    )
    competent = chance.uniform(bodies, "competent", programme, keys) < check.competent.value
    often = chance.uniform(stream, "times", *identity) < _share_by_class(check)[risk]
    items = items.where(competent & often)
    keyed = items.keyed(draft, name, check)
    return items.ending(_withdrawn(check, items, keyed), WITHDRAWN).ending(_scanned(check, items, keyed), REFUSED)


def _withdrawn(check: EnterpriseCheck, items: Items, keyed: Keyed) -> NDArray[np.bool_]:
    """Return True for items taken off the plan: by risk, by a shorter list, or not drawn. Shape (items,)."""
    off = np.zeros(len(items), dtype=np.bool_)
    if check.tiers is not None:
        beyond = keyed.number("tiers") >= np.array(check.tiers.kept.by_class)[items.risk]
        off |= beyond & keyed.reached(check.tiers)
    if check.filing is not None and check.planning != "ad_hoc":
        cut = keyed.number("filing") < check.filing.cut(check.planning)
        off |= cut & keyed.reached(check.filing)
    if check.sampled is not None:
        share = np.array(check.sampled.kept.by_class)[items.risk]
        drawn = replace(keyed, identity=(items.programme, keyed.identity[-1])).number("sampled") < share
        off |= ~drawn & keyed.reached(check.sampled)
    return off


def _scanned(check: EnterpriseCheck, items: Items, keyed: Keyed) -> NDArray[np.bool_]:
    """Return True for items on no plan that are refused at the gate, shape (items,)."""
    if check.scan is None or check.planning != "ad_hoc":
        return np.zeros(len(items), dtype=np.bool_)
    comes: NDArray[np.bool_] = items.fate == CHECKED
    return comes & refused_at_the_gate(check.scan, keyed)


def refused_at_the_gate(scan: EntryScan, keyed: Keyed) -> NDArray[np.bool_]:
    """Return True for entries that are refused if they have no right to enter, shape (items,)."""
    return (keyed.number("scan") < scan.refused.value) & keyed.reached(scan)


def _at_the_busiest(check: EnterpriseCheck) -> EnterpriseCheck:
    """Return the obligation with the recurrence of the class checked most; other classes are thinned from it."""
    recurrence = check.recurrence.value
    if recurrence.rate is None:
        return check
    rate = recurrence.rate.times(max(check.times.by_class))
    return check.replace(recurrence=Quantity[Recurrence](value=Recurrence(rate=rate, season=recurrence.season)))


def _share_by_class(check: EnterpriseCheck) -> NDArray[np.float64]:
    times = np.array(check.times.by_class)
    most = 1.0 if check.recurrence.value.rate is None else times.max()
    share: NDArray[np.float64] = times / (most or 1.0)
    return share
