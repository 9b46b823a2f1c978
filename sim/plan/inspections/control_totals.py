"""Control totals: of a group's visits to one unit in a year, those with the smallest lots take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.plan.issuing.volume import rank_within

if TYPE_CHECKING:
    from sim.plan.inspections.inspection_rows import Visits
    from sim.plan.rows.draft import Draft


def within_totals(draft: Draft, due: list[Visits]) -> list[Visits]:
    """Return the visits of each obligation without those beyond a control total."""
    groups = sorted({visits.inspection.trips.group for visits in due if visits.inspection.trips is not None})
    left = {visits.name: visits for visits in due}
    for group in groups:
        members = [v for v in due if v.inspection.trips is not None and v.inspection.trips.group == group]
        left |= {visits.name: visits for visits in _within(draft, members)}
    return [left[visits.name] for visits in due]


def _within(draft: Draft, members: list[Visits]) -> list[Visits]:
    lots = [visits.keyed(draft).number("trips") for visits in members]
    rank = rank_within(np.concatenate([visits.unit for visits in members]), np.concatenate(lots))
    ends = np.cumsum([len(visits.unit) for visits in members])
    left = []
    for visits, end in zip(members, ends, strict=True):
        cap = visits.inspection.trips
        if cap is None:
            continue
        beyond = rank[end - len(visits.unit) : end] >= cap.most.value
        left.append(visits.where(~(beyond & visits.keyed(draft).reached(cap))))
    return left
