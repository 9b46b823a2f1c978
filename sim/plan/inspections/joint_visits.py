"""Joint visits: items due at one unit in one month are checked together, on the day of one of the items.

A lot that belongs to the item decides whose day it is, so joint visits are spread over the month as evenly as single
ones. If the earliest day were chosen, they would crowd at the beginning of the month.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.joinable import JointVisit
    from sim.plan.inspections.inspection_rows import Visits


@dataclass(frozen=True)
class Groups:
    """Visits sorted by unit, month and lot; the visits of one unit and month form a group."""

    order: NDArray[np.int64]
    first: NDArray[np.int64]
    group: NDArray[np.int64]
    """Group of each sorted visit, shape (visits,)."""

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the group's value for each visit, in the original order."""
        return self.unsort(values[self.group])

    def unsort(self, values: NDArray[Any]) -> NDArray[Any]:
        """Put values of sorted visits back into the original order."""
        given = np.empty_like(values)
        given[self.order] = values
        return given

    @property
    def place(self) -> NDArray[np.int64]:
        """Return the index of each sorted visit in its group; visit 0 leads."""
        place: NDArray[np.int64] = np.arange(len(self.order)) - self.first[self.group]
        return place

    def longest(self, seconds: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return True for the longest sorted visit of each group; for the first of equal ones."""
        chosen = np.zeros(len(self.order), dtype=np.bool_)
        chosen[np.lexsort((-seconds, self.group))[self.first]] = True
        return chosen


def join(visits: list[Visits]) -> list[Visits]:
    """Join visits of one unit and month.

    The visit with the smallest lot leads: all come on its day, and its department sends its full team. Each further
    item sends one inspector, as long as the team has room. Hosting takes the longest time and a margin of each other
    one; hosts are the most that any item needs. The longest preparation is done in full; of the others the part is left
    that its ledgers do not cover. Rectification stays with each item.
    """
    rule = next((one.inspection.joint for one in visits if one.inspection.joint is not None), None)
    if rule is None or not any(len(one.unit) for one in visits):
        return visits
    groups = grouped(*(np.concatenate([getattr(one, name) for one in visits]) for name in ("unit", "month", "lot")))
    columns = _together(visits, groups, rule)
    ends = np.cumsum([len(one.unit) for one in visits])
    return [
        replace(one, **{name: column[end - len(one.unit) : end] for name, column in columns.items()})
        for one, end in zip(visits, ends, strict=True)
    ]


def grouped(unit: NDArray[np.int64], month: NDArray[np.int64], lot: NDArray[np.float64]) -> Groups:
    """Group visits by unit and month (or another number of the round), in the order of their lots."""
    order = np.lexsort((lot, month, unit))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (np.diff(unit[order]) != 0) | (np.diff(month[order]) != 0)
    return Groups(order, np.flatnonzero(new), np.cumsum(new) - 1)


def _together(visits: list[Visits], groups: Groups, rule: JointVisit) -> dict[str, Any]:
    def lay(column: str) -> NDArray[Any]:
        return np.concatenate([getattr(one, column) for one in visits])[groups.order]

    hosting, preparation, first = lay("hosting"), lay("preparation"), groups.first
    longest = np.maximum.reduceat(hosting, first)
    rest = np.add.reduceat(hosting, first) - longest
    ledgers = np.where(lay("noticed"), preparation * _preparers(visits, groups), 0)
    left = np.rint((1 - rule.shared_preparation.value) * preparation).astype(np.int64)
    leads = groups.place == 0
    coming = lay("inspectors")[first][groups.group]
    further = (coming + groups.place <= rule.team.value) & (lay("inspectors") > 0)
    return {
        "start": groups.spread(lay("start")[first]),
        "hosting": groups.spread(longest + np.rint(rule.marginal_hosting.value * rest).astype(np.int64)),
        "hosts": groups.spread(np.maximum.reduceat(lay("hosts"), first)),
        "inspectors": groups.unsort(np.where(leads, coming, further)),
        "preparation": groups.unsort(np.where(groups.longest(ledgers), preparation, left)),
        "party": groups.spread(lay("party")[first]),
        "leads": groups.unsort(leads),
    }


def _preparers(visits: list[Visits], groups: Groups) -> NDArray[np.int64]:
    """Return the number of preparers of each sorted visit."""
    counts = [np.full(len(one.unit), one.inspection.preparers.value, dtype=np.int64) for one in visits]
    return np.concatenate(counts)[groups.order]
