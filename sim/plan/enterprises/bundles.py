"""Joint trips to enterprises: items whose dates lie within a window are checked on one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.plan.identity.chance import combine

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
    merged: NDArray[np.bool_]
    """True for an item that is looked at together with an item of the trip that has its subject."""
    dropped: NDArray[np.bool_]
    """True for an item left to an item of the trip that has its subject; it is not in the trip."""


def single_trips(items: Items) -> Trips:
    """Return one trip for each item."""
    every = np.ones(len(items), dtype=np.bool_)
    return Trips(items, np.arange(len(items)), every, every, ~every, ~every)


def bundle_trips(items: Items, bundles: list[Bundle | None], joins: NDArray[np.bool_]) -> Trips:
    """Put the items that join into trips, group by group; `bundles` has one entry an obligation.

    The item with the smallest lot leads: all are checked on its day. Time on the spot is that of the longest item and a
    margin of each other; hosts are the most that any item needs. Each department stays for its own items only, with the
    margin among these. The longest preparation of papers is done in full; of the others the part is left that the
    longest does not cover. Items of one subject are one task, looked at once.
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

    Items are taken by unit, day and lot. Each joins the first trip to its unit that has room and whose first item lies
    within the window, or opens one. Items of one department do not join each other, unless the bundle says so. `day`
    counts working days.
    """
    trip = np.empty(len(unit), dtype=np.int64)
    window, room, same = int(bundle.window.value), bundle.departments.value, bundle.same_department
    count, here, at_unit = 0, -1, list[_Open]()
    for place in np.lexsort((lot, day, unit)).tolist():
        today, who = int(day[place]), int(body[place])
        if int(unit[place]) != here:
            here, at_unit = int(unit[place]), []
        at_unit = [one for one in at_unit if today - one.opened <= window]
        joined = next((one for one in at_unit if (same if who in one.aboard else len(one.aboard) < room)), None)
        if joined is None:
            joined = _Open(count, today, set())
            at_unit.append(joined)
            count += 1
        joined.aboard.add(who)
        trip[place] = joined.number
    return trip


class _Open(NamedTuple):
    """A trip that further items may join."""

    number: int
    opened: int
    """Working day of its first item."""
    aboard: set[int]
    """Departments with an item in it."""


def _joined(trips: Trips, chosen: NDArray[np.int64], bundle: Bundle) -> Trips:
    """Return the trips with the chosen items joined; unchanged if none are chosen."""
    if not len(chosen):
        return trips
    items = trips.items
    mine = items.where(chosen)
    trip = windows_of(mine.unit, mine.day, mine.body, mine.lot, bundle)
    task = _groups(trip, np.where(mine.subject >= 0, mine.subject, -1 - np.arange(len(mine))))
    """Group of the items that are one task: they have one trip and one subject."""
    first_of_task = _first_of_each(task, mine.lot)
    author = np.empty(task.max() + 1, dtype=np.uint64)
    author[task[first_of_task]] = mine.body[first_of_task]
    stands = first_of_task | (author[task] == mine.body)
    dropped, leads, appears = trips.dropped.copy(), trips.leads.copy(), trips.appears.copy()
    dropped[chosen] = out = ~stands & mine.gives_way
    leads[chosen[out]] = appears[chosen[out]] = False
    chosen, trip, task, stands, mine = chosen[~out], trip[~out], task[~out], stands[~out], mine.where(~out)
    own = _groups(trip, mine.body)
    """Group of the items of one department in one trip."""
    first = _first_of_each(trip, mine.lot)
    leader = np.empty(trip.max() + 1, dtype=np.int64)
    leader[trip[first]] = chosen[first]
    columns = {name: getattr(items, name).copy() for name in ("start", "hosting", "stay", "hosts", "papers")}
    columns["start"][chosen] = items.start[leader[trip]]
    columns["hosting"][chosen] = _together(np.where(stands, mine.hosting, 0), trip, bundle)
    columns["stay"][chosen] = _together(mine.hosting, own, bundle)
    columns["hosts"][chosen] = _longest(mine.hosts, trip)
    columns["papers"][chosen] = _papers(np.where(stands, mine.papers, 0), trip, bundle)
    numbers, merged = trips.trip.copy(), trips.merged.copy()
    numbers[chosen], merged[chosen] = leader[trip], ~stands
    leads[chosen], appears[chosen] = first, _first_of_each(own, mine.lot)
    return Trips(replace(items, **columns), numbers, leads, appears, merged, dropped)


def _groups(trip: NDArray[np.int64], *columns: NDArray[Any]) -> NDArray[np.int64]:
    """Number the items so that equal trips and columns have equal numbers, from 0."""
    return np.unique(combine(0, trip, *columns), return_inverse=True)[1]


def _longest(values: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each item the largest value of its group."""
    largest = np.zeros(group.max() + 1, dtype=np.int64)
    np.maximum.at(largest, group, values)
    return largest[group]


def _papers(seconds: NDArray[np.int64], trip: NDArray[np.int64], bundle: Bundle) -> NDArray[np.int64]:
    """Return the seconds for papers: the longest of each trip in full, of the others the part that is not shared."""
    left = np.rint((1 - bundle.shared_paperwork.value) * seconds).astype(np.int64)
    whole: NDArray[np.int64] = np.where(_first_of_each(trip, -seconds.astype(np.float64)), seconds, left)
    return whole


def _together(seconds: NDArray[np.int64], group: NDArray[np.int64], bundle: Bundle) -> NDArray[np.int64]:
    """Return for each item the seconds of its group: the longest item's and a margin of each other's."""
    longest, whole = _longest(seconds, group), np.bincount(group, seconds)[group]
    rest: NDArray[np.int64] = np.rint(bundle.marginal_hosting.value * (whole - longest)).astype(np.int64)
    return longest + rest


def _first_of_each(group: NDArray[np.int64], lot: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return True for the item with the smallest lot of each group, shape (items,)."""
    order = np.lexsort((lot, group))
    stands = np.zeros(len(order), dtype=np.bool_)
    stands[order[np.flatnonzero(np.diff(group[order], prepend=-1))]] = True
    return stands
