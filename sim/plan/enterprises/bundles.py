"""Joint trips to enterprises: items whose dates lie near one another are checked on the same day."""

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
    """Items with the trip in which each is checked."""

    items: Items
    trip: NDArray[np.int64]
    """Place of the item that leads the trip, by item."""
    leads: NDArray[np.bool_]
    """The item under which the trip's hosting is booked, one in each trip."""
    appears: NDArray[np.bool_]
    """The item under which the department's inspectors are booked, one a department and trip."""


def single_trips(items: Items) -> Trips:
    """Give a trip to each item."""
    every = np.ones(len(items), dtype=np.bool_)
    return Trips(items, np.arange(len(items)), every, every)


def bundle_trips(items: Items, bundles: list[Bundle | None], joins: NDArray[np.bool_]) -> Trips:
    """Bring the items that join into trips, group by group; `bundles` is by obligation.

    The first item opens a window; what falls due inside it comes along as long as there is room for its department. The
    item with the smallest lot leads: its day counts. Time on the spot is the longest and a margin of each other, by as
    many hosts as any of them needs. The longest papers are got out in full, and of the others what these do not cover.
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
    """Number the trips of items: items of one unit, not further from the first than the window, of few departments."""
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
    """Give the trips with the chosen items joined."""
    if not len(chosen):
        return trips
    items = trips.items
    mine = items.where(chosen)
    trip = windows_of(mine.unit, mine.day, mine.body, mine.lot, bundle)
    order = np.lexsort((mine.lot, trip))
    first = np.flatnonzero(np.diff(trip[order], prepend=-1))
    leader = chosen[order[first]]
    """Item that leads each trip."""
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
    """Tell which item stands for its department in its trip: the one with the smallest lot."""
    order = np.lexsort((items.lot, items.body, trip))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (np.diff(trip[order]) != 0) | (items.body[order][1:] != items.body[order][:-1])
    stands = np.empty(len(order), dtype=np.bool_)
    stands[order] = first
    return stands
