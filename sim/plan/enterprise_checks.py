"""Checks on enterprises: items on the plans of departments become trips, and trips become dated work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.engine.contract import DAY
from sim.engine.setting import Checks
from sim.plan.draft import Source
from sim.plan.enterprise_items import Items, due_items, gather
from sim.plan.issuing import issuing_type

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import EnterpriseCheck
    from sim.plan.draft import Draft


@dataclass(frozen=True)
class Trips:
    """Items with the trip in which each is checked."""

    items: Items
    trip: NDArray[np.int64]
    """Number of the trip, by item."""
    leads: NDArray[np.bool_]
    """The item under which the trip's hosting is booked, one in each trip."""
    appears: NDArray[np.bool_]
    """The item under which the department's inspectors are booked, one a department and trip."""


def plan_enterprise_checks(draft: Draft, checks: dict[str, EnterpriseCheck]) -> None:
    """Write the rows of all checks on enterprises; items of different departments may come in one trip."""
    if not checks:
        return
    names = sorted(checks)
    listed = gather([due_items(draft, name, checks[name], place) for place, name in enumerate(names)])
    trips = single_trips(listed.where(listed.done))
    hosted = np.full(len(trips.items), -1, dtype=np.int64)
    for place, name in enumerate(names):
        mine = trips.items.entry == place
        led = mine & trips.leads
        hosted[led] = _write(draft, name, checks[name], trips, mine)
    handle = np.full(len(listed), -1, dtype=np.int64)
    handle[listed.done] = hosted[_leader_of(trips)]
    planned = np.array([checks[name].planning != "ad_hoc" for name in names], dtype=np.bool_)
    draft.checks = Checks(
        unit=listed.unit,
        body=listed.body,
        risk=listed.risk,
        planned=planned[listed.entry],
        row=handle,
        enterprises=np.unique(np.concatenate([draft.offices.units(check.on) for check in checks.values()])),
    )


def single_trips(items: Items) -> Trips:
    """Give a trip to each item."""
    every = np.ones(len(items), dtype=np.bool_)
    return Trips(items, np.arange(len(items)), every, every)


def _leader_of(trips: Trips) -> NDArray[np.int64]:
    """Give for each item the place of the item that leads its trip."""
    leader = np.zeros(len(trips.items), dtype=np.int64)
    leader[trips.trip[trips.leads]] = np.flatnonzero(trips.leads)
    return leader[trips.trip]


def _write(draft: Draft, name: str, check: EnterpriseCheck, trips: Trips, mine: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Write the rows of one obligation and give the handles of the visits that its items lead."""
    source = Source(f"obligations.{name}", check.issuer)
    if int(check.notice.value) > 0:
        _get_out_papers(draft, source, check, trips.items.where(mine))
    _inspect(draft, source, check, trips.items.where(mine & trips.appears))
    led = trips.items.where(mine & trips.leads)
    return draft.add(
        source, Part.HOST, Category.INSPECTIONS, (led.programme, led.slot),
        unit=led.unit, team=draft.offices.team(led.unit, check.posts), start=led.start, effort=led.hosting,
        seats=led.hosts,
    )  # fmt: skip


def _get_out_papers(draft: Draft, source: Source, check: EnterpriseCheck, items: Items) -> None:
    offices, timeline = draft.offices, draft.offices.timeline(check.on)
    notice = timeline.shift_days(items.start // DAY, -int(check.notice.value)) * DAY + timeline.opens[0]
    draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, (items.programme, items.slot),
        unit=items.unit, team=offices.team(items.unit, check.posts), effort=np.maximum(1, items.papers),
        release=np.minimum(notice, items.start), due=items.start,
    )  # fmt: skip


def _inspect(draft: Draft, source: Source, check: EnterpriseCheck, items: Items) -> None:
    """Each department that appears sends its inspectors for the whole trip."""
    offices = draft.offices
    mine = items.where(items.office >= 0)
    road = offices.road(mine.unit, issuing_type(check))
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (mine.programme, mine.slot, offices.keys[mine.unit]),
        unit=mine.office, team=offices.team(mine.office, None), start=np.maximum(mine.start - road, 0),
        effort=mine.hosting + 2 * road, seats=mine.inspectors, travel=2 * road,
    )  # fmt: skip
