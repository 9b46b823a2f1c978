"""Inspections that do not take place: their item is off the list, or the finding of another body is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.obligations import Inspection
from sim.plan.identity.chance import combine, text_key
from sim.plan.inspections.recognition import Findings, matter_of, spared
from sim.plan.issuing.lots import by_lot, pool_of, share_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.inspected import Filing
    from sim.plan.inspections.inspection_rows import Visits
    from sim.plan.issuing.lots import Item
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
        stream = f"{'assignments' if inspection.part_of else 'obligations'}.{list_of(visits.name, inspection)}"
        dropped = np.isin(visits.programme, [item.number for item in gone if item.stream == stream])
    return dropped & keyed.reached(filing)


def _shortened(draft: Draft, filing: Filing, planning: str, share: float) -> list[Item]:
    """List the items that a shorter list drops; on average their number is `share` of the pool."""
    regime = draft.regime
    slotted = [
        list_of(name, entry)
        for name in filing.of
        if isinstance(entry := regime.obligations[name], Inspection)
        and entry.planning == planning
        and entry.recurrence.value.rate is None
    ]
    pool = pool_of(regime, slotted)
    return share_of(draft.chance, "filing", pool, by_lot(draft.chance, "filing", pool), share)


def list_of(name: str, inspection: Inspection) -> str:
    """Return the name of the list of items: the assignments whose part the inspection is, or its own name."""
    return inspection.part_of or name


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
        combine(text_key(list_of(one.name, one.inspection), one.inspection.issuer), one.programme) for one in members
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
