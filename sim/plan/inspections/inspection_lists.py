"""Which inspections fall away because their item is off the list, or because another body's finding is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.occurrences import reached
from sim.plan.inspections.recognition import Findings, matter_of, spared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.relief import Reach
    from sim.plan.inspections.inspection_rows import Visits
    from sim.plan.rows.draft import Draft


def off_the_list(draft: Draft, visits: Visits) -> NDArray[np.bool_]:
    """Tell which visits are dropped because the list of items is shortened.

    Items that come in calendar slots go as a whole, those with the smallest lots of their pool; what comes at a rate is
    an item each time it comes.
    """
    filing = visits.inspection.filing
    if filing is None or visits.inspection.planning == "ad_hoc" or not len(visits.unit):
        return np.zeros(len(visits.unit), dtype=np.bool_)
    if visits.inspection.recurrence.value.rate is not None:
        dropped = _draw(draft, visits, "filing") < filing.cut.value
    else:
        listed = visits.inspection.items or visits.name
        dropped = np.isin(visits.programme, _abolished(draft, filing.pool, filing.cut.value).get(listed, []))
    return dropped & _reached(draft, visits, filing.reach, "filing_kept_to")


def _abolished(draft: Draft, pool: dict[str, int], share: float) -> dict[str, list[int]]:
    """Give the items of each list that go: so many of the pool that their mean number is the share."""
    lots = sorted(
        (float(lot), listed, programme)
        for listed, count in pool.items()
        for programme, lot in enumerate(draft.chance.uniform(f"items.{listed}", "filing", np.arange(count)))
    )
    rounding = float(draft.chance.uniform("items", "filing", text_key(*sorted(pool))))
    gone: dict[str, list[int]] = {}
    for _, listed, programme in lots[: int(share * len(lots) + rounding)]:
        gone.setdefault(listed, []).append(programme)
    return gone


def without_recognised(draft: Draft, found: list[Visits]) -> list[Visits]:
    """Leave out the visits of all obligations whose matter another body has checked not long ago."""
    rules = {
        one.inspection.recognition.group: one.inspection.recognition for one in found if one.inspection.recognition
    }
    for group, rule in sorted(rules.items()):
        mine = [one.inspection.recognition is not None and one.inspection.recognition.group == group for one in found]
        members = [one for one, is_member in zip(found, mine, strict=True) if is_member]
        skipped = iter(_skipped(draft, members, group, rule.subjects, int(rule.valid.value)))
        found = [one.where(~next(skipped)) if is_member else one for one, is_member in zip(found, mine, strict=True)]
    return found


def _skipped(draft: Draft, members: list[Visits], group: str, matters: int, valid: int) -> list[NDArray[np.bool_]]:
    """Tell by obligation which visits are spared; an item is about one matter, and is one body's."""
    bodies = [
        combine(text_key(one.inspection.items or one.name, one.inspection.issuer), one.programme) for one in members
    ]
    body = np.concatenate(bodies)
    accepts = [
        _reached(draft, one, one.inspection.recognition.reach, "recognition")
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


def _draw(draft: Draft, visits: Visits, attribute: str) -> NDArray[np.float64]:
    words = (visits.programme, visits.slot, draft.offices.keys[visits.unit])
    return draft.chance.uniform(f"obligations.{visits.name}", attribute, *words)


def _reached(draft: Draft, visits: Visits, reach: Reach, attribute: str) -> NDArray[np.bool_]:
    return reached(reach, visits.month, draft.regime.calendar.year, _draw(draft, visits, attribute))
