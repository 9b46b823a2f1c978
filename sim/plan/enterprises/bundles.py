"""Joint trips to enterprises: items whose dates lie within a window are checked on one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.enterprise_check import Bundle
    from sim.plan.enterprises.enterprise_items import Items


@dataclass(frozen=True)
class Trips:
    """Items with the trip in which each is checked; all arrays have shape (items,)."""

    items: Items
    trip: NDArray[np.int64]
    """Index of the item that leads the trip."""
    leads: NDArray[np.bool_]
    """True for the one item of each trip under which its hosting is booked."""
    appears: NDArray[np.bool_]
    """True for the one item of each trip and department under which the department's inspectors are booked."""


def single_trips(items: Items) -> Trips:
    """Return one trip for each item."""
    every = np.ones(len(items), dtype=np.bool_)
    return Trips(items, np.arange(len(items)), every, every)


def bundle_trips(items: Items, bundles: list[Bundle | None], joins: NDArray[np.bool_]) -> Trips:
    """Put the items that join into trips, group by group; `bundles` has one entry an obligation.

    The first item opens a window; later items within it join as long as the number of departments allows. The item with
    the smallest lot leads: all are checked on its day. Time on the spot is that of the longest item and a margin of
    each other; hosts are the most that any item needs. The longest preparation of papers is done in full; of the others
    the part is left that the longest does not cover.
    """
    trips = single_trips(items)
    groups = {bundle.group: bundle for bundle in bundles if bundle is not None}
    for name, bundle in sorted(groups.items()):
        mine = np.array([one is not None and one.group == name for one in bundles], dtype=np.bool_)[items.entry]
        trips = _joined(trips, np.flatnonzero(mine & joins), bundle)
    return trips


def windows_of(
    unit: NDArray[np.int64], day: NDArray[np.int64], body: NDArray[np.uint64], lot: NDArray[np.float64], bundle: Bundle
) -> NDArray[np.int64]:
    """Return the number of the trip of each item, from 0.

    Items are taken by unit, day and lot. A trip ends with its unit, with the window after its first item, or before an
    item of one department too many. `day` counts working days.
    """
    trip = np.empty(len(unit), dtype=np.int64)
    current, opened, at, aboard = -1, 0, -1, set[int]()
    for place in np.lexsort((lot, day, unit)).tolist():
        here, today, who = int(unit[place]), int(day[place]), int(body[place])
        full = who not in aboard and len(aboard) >= bundle.departments.value
        if here != at or today - opened > int(bundle.window.value) or full:
            current, opened, at, aboard = current + 1, today, here, set()
        aboard.add(who)
        trip[place] = current
    return trip


def _joined(trips: Trips, chosen: NDArray[np.int64], bundle: Bundle) -> Trips:
    """Return the trips with the chosen items joined; unchanged if none are chosen."""
    if not len(chosen):
        return trips
    items = trips.items
    mine = items.where(chosen)
    trip = windows_of(mine.unit, mine.day, mine.body, mine.lot, bundle)
    order = np.lexsort((mine.lot, trip))
    first = np.flatnonzero(np.diff(trip[order], prepend=-1))
    leader = chosen[order[first]]
    """Index of the item that leads each trip."""
    hosting, papers = mine.hosting[order], mine.papers[order]
    longest = np.maximum.reduceat(hosting, first)
    rest = np.add.reduceat(hosting, first) - longest
    together = longest + np.rint(bundle.marginal_hosting.value * rest).astype(np.int64)
    left = np.rint((1 - bundle.shared_paperwork.value) * papers).astype(np.int64)
    in_full = np.zeros(len(order), dtype=np.bool_)
    in_full[np.lexsort((-papers, trip[order]))[first]] = True
    columns = {name: getattr(items, name).copy() for name in ("start", "hosting", "hosts", "papers")}
    columns["start"][chosen] = items.start[leader][trip]
    columns["hosting"][chosen] = together[trip]
    columns["hosts"][chosen] = np.maximum.reduceat(mine.hosts[order], first)[trip]
    columns["papers"][chosen[order]] = np.where(in_full, papers, left)
    numbers, leads, appears = trips.trip.copy(), trips.leads.copy(), trips.appears.copy()
    numbers[chosen] = leader[trip]
    leads[chosen] = np.isin(chosen, leader)
    appears[chosen] = _first_of_each_body(trip, mine)
    return Trips(replace(items, **columns), numbers, leads, appears)


def _first_of_each_body(trip: NDArray[np.int64], items: Items) -> NDArray[np.bool_]:
    """Return True for the item with the smallest lot of each department and trip, shape (items,)."""
    order = np.lexsort((items.lot, items.body, trip))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (np.diff(trip[order]) != 0) | (items.body[order][1:] != items.body[order][:-1])
    stands = np.empty(len(order), dtype=np.bool_)
    stands[order] = first
    return stands
