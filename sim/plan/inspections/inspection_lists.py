"""Inspections that do not take place: their item is off the list, or the finding of another body is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.obligations import Inspection
from sim.plan.identity.chance import combine, text_key
from sim.plan.inspections.pools import Item, by_lot, list_of, lists_of_items
from sim.plan.inspections.recognition import Findings, matter_of, spared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.inspected import Filing
    from sim.domain.obligations.inspection import ItemCut
    from sim.plan.inspections.inspection_rows import Visits
    from sim.plan.rows.draft import Draft


def off_the_list(draft: Draft, visits: Visits) -> NDArray[np.bool_]:
    """Return True for visits that are dropped because the list of items is shortened, shape (visits,).

    Items in calendar slots are dropped whole, in the order of their lots within the pool. For an inspection with a
    rate, each occurrence is an item.
    """
    inspection, filing = visits.inspection, visits.inspection.filing
    if filing is None or inspection.planning == "ad_hoc" or not len(visits.unit):
        return np.zeros(len(visits.unit), dtype=np.bool_)
    keyed, share = visits.keyed(draft), filing.cut(inspection.planning)
    if inspection.recurrence.value.rate is not None:
        dropped = keyed.number("filing") < share
    else:
        gone = _shortened(draft, filing, inspection.planning, share)
        listed = list_of(visits.name, inspection)
        dropped = np.isin(visits.programme, [item.programme for item in gone if item.listed == listed])
    return dropped & keyed.reached(filing)


def _shortened(draft: Draft, filing: Filing, planning: str, share: float) -> list[Item]:
    """List the items that a shorter list drops; on average their number is `share` of the pool."""
    obligations = draft.regime.obligations
    slotted = [
        name
        for name in filing.of
        if isinstance(entry := obligations[name], Inspection)
        and entry.planning == planning
        and entry.recurrence.value.rate is None
    ]
    pool = lists_of_items(obligations, slotted)
    items = by_lot(draft.chance, "filing", pool)
    rounding = float(draft.chance.uniform("items", "filing", text_key(*sorted(pool))))
    return items[: int(share * len(items) + rounding)]


def cut_off(draft: Draft, visits: Visits) -> NDArray[np.bool_]:
    """Return True for visits of an abolished item that the cut reaches, shape (visits,).

    A later cut of an ordered list takes items that the earlier ones left.
    """
    listed, dropped = list_of(visits.name, visits.inspection), np.zeros(len(visits.unit), dtype=np.bool_)
    gone: set[Item] = set()
    for cut in _cuts_in_order(draft, visits.inspection):
        items = by_lot(draft.chance, "cut", lists_of_items(draft.regime.obligations, cut.of))
        taken = [item for item in items if item not in gone][: cut.items.value]
        gone |= set(taken)
        abolished = [item.programme for item in taken if item.listed == listed]
        dropped |= np.isin(visits.programme, abolished) & visits.keyed(draft).reached(cut)
    return dropped


def _cuts_in_order(draft: Draft, inspection: Inspection) -> list[ItemCut]:
    """List the cuts on an inspection, each after the earlier cuts on any inspection that it is written on."""
    found: list[ItemCut] = []
    for cut in inspection.cuts:
        for name in cut.of:
            entry = draft.regime.obligations[name]
            cuts = entry.cuts if isinstance(entry, Inspection) else ()
            found += [one for one in cuts[: cuts.index(cut)] if one not in found]
        found.append(cut)
    return found


def without_recognised(draft: Draft, found: list[Visits]) -> list[Visits]:
    """Leave out visits of all obligations whose matter another body has checked within the validity of its finding."""
    rules = {
        one.inspection.recognition.group: one.inspection.recognition for one in found if one.inspection.recognition
    }
    for group, rule in sorted(rules.items()):
        mine = [one.inspection.recognition is not None and one.inspection.recognition.group == group for one in found]
        members = [one for one, is_member in zip(found, mine, strict=True) if is_member]
        skipped = iter(_skipped(draft, members, group, rule.subjects.value, int(rule.valid.value)))
        found = [one.where(~next(skipped)) if is_member else one for one, is_member in zip(found, mine, strict=True)]
    return found


def _skipped(draft: Draft, members: list[Visits], group: str, matters: int, valid: int) -> list[NDArray[np.bool_]]:
    """Return True for visits that are spared, one array an obligation; an item has one matter and one body."""
    bodies = [
        combine(text_key(one.inspection.items or one.name, one.inspection.issuer), one.programme) for one in members
    ]
    body = np.concatenate(bodies)
    accepts = [
        one.keyed(draft).reached(one.inspection.recognition)
        for one in members
        if one.inspection.recognition is not None
    ]
    findings = Findings(
        unit=np.concatenate([one.unit for one in members]),
        matter=matter_of(draft.chance, group, matters, body),
        body=body,
        second=np.concatenate([one.start for one in members]),
        lot=np.concatenate([one.lot for one in members]),
        accepts=np.concatenate(accepts),
    )
    ends = np.cumsum([len(one.unit) for one in members])
    return np.split(spared(findings, valid), ends[:-1])
