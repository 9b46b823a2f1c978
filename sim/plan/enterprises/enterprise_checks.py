"""Checks on enterprises: items on the plans of departments become trips, and trips become dated work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.contract.setting import Checks
from sim.domain.category import Category, Part
from sim.plan.enterprises.bundles import bundle_trips
from sim.plan.enterprises.enterprise_items import Items, due_items, gather
from sim.plan.identity.chance import text_keys
from sim.plan.inspections.recognition import Findings, matter_of, spared
from sim.plan.issuing.issuing import issuing_type
from sim.plan.rows.draft import Source
from sim.plan.rows.looks import Looks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import EnterpriseCheck
    from sim.plan.enterprises.bundles import Trips
    from sim.plan.rows.draft import Draft


def plan_enterprise_checks(draft: Draft, checks: dict[str, EnterpriseCheck]) -> None:
    """Write the rows of all checks on enterprises; items of different departments may share a trip."""
    if not checks:
        return
    names = sorted(checks)
    kinds = [checks[name] for name in names]
    listed = gather([due_items(draft, name, checks[name], place) for place, name in enumerate(names)])
    listed = replace(listed, done=listed.done & ~_spared(draft, names, kinds, listed))
    coming = listed.where(listed.done)
    trips = bundle_trips(coming, [check.bundle for check in kinds], _joins(draft, names, kinds, coming))
    hosted = np.full(len(trips.items), -1, dtype=np.int64)
    for place, name in enumerate(names):
        mine = trips.items.entry == place
        led = mine & trips.leads
        hosted[led] = _write(draft, name, checks[name], trips, mine)
    _note_looks(draft, kinds, trips, hosted)
    handle = np.full(len(listed), -1, dtype=np.int64)
    handle[listed.done] = hosted[trips.trip]
    planned = np.array([checks[name].planning != "ad_hoc" for name in names], dtype=np.bool_)
    draft.checks = Checks(
        unit=listed.unit,
        body=listed.body,
        risk=listed.risk,
        planned=planned[listed.entry],
        row=handle,
        enterprises=np.unique(np.concatenate([draft.staff.units(check.on) for check in checks.values()])),
    )


def _joins(draft: Draft, names: list[str], checks: list[EnterpriseCheck], items: Items) -> NDArray[np.bool_]:
    """Return True for items that take part in joint trips, shape (items,)."""
    joins = np.zeros(len(items), dtype=np.bool_)
    for place, (name, check) in enumerate(zip(names, checks, strict=True)):
        if check.bundle is not None:
            joins |= (items.entry == place) & items.keyed(draft, name, check).reached(check.bundle, "bundle")
    return joins


def _spared(draft: Draft, names: list[str], checks: list[EnterpriseCheck], items: Items) -> NDArray[np.bool_]:
    """Return True for items not checked because a finding of another department is accepted, shape (items,)."""
    skipped, streams = np.zeros(len(items), dtype=np.bool_), text_keys(tuple(names))
    accepted = {check.recognition.group: check.recognition for check in checks if check.recognition is not None}
    for group, rule in sorted(accepted.items()):
        accepts = np.zeros(len(items), dtype=np.bool_)
        member = np.zeros(len(items), dtype=np.bool_)
        for place, (name, check) in enumerate(zip(names, checks, strict=True)):
            if check.recognition is not None and check.recognition.group == group:
                mine = items.entry == place
                member |= mine
                accepts |= mine & items.keyed(draft, name, check).reached(check.recognition, "recognition")
        matter = matter_of(
            draft.chance,
            group,
            rule.subjects.value,
            items.body,
            items.slot,
            streams[items.entry],
            draft.staff.keys[items.unit],
        )
        found = Findings(items.unit, matter, items.body, items.start, items.lot, accepts)
        chosen = np.flatnonzero(member & items.done)
        skipped[chosen] = spared(found.at(chosen), int(rule.valid.value))
    return skipped


def _note_looks(draft: Draft, checks: list[EnterpriseCheck], trips: Trips, hosted: NDArray[np.int64]) -> None:
    """Note the look that each item takes on its trip."""
    for place, check in enumerate(checks):
        handle = hosted[trips.trip[trips.items.entry == place]]
        announced = np.full(len(handle), int(check.notice.value) > 0)
        draft.looks.append(Looks(handle, np.full(len(handle), check.sight.value), announced, check.looks_for))


def _write(draft: Draft, name: str, check: EnterpriseCheck, trips: Trips, mine: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Write the rows of one obligation; return the handles of the visits that its items lead."""
    source = Source(f"obligations.{name}", check.issuer)
    if int(check.notice.value) > 0:
        _get_out_papers(draft, source, check, trips.items.where(mine))
    _inspect(draft, source, check, trips.items.where(mine & trips.appears))
    led = trips.items.where(mine & trips.leads)
    return draft.add(
        source, Part.HOST, Category.INSPECTIONS, (led.programme, led.slot),
        unit=led.unit, team=draft.staff.team(led.unit, check.posts), start=led.start, effort=led.hosting,
        seats=led.hosts,
    )  # fmt: skip


def _get_out_papers(draft: Draft, source: Source, check: EnterpriseCheck, items: Items) -> None:
    staff, timeline = draft.staff, draft.staff.timeline(check.on)
    notice = timeline.shift_days(items.start // DAY, -int(check.notice.value)) * DAY + timeline.opens[0]
    draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, (items.programme, items.slot),
        unit=items.unit, team=staff.team(items.unit, check.posts), effort=np.maximum(1, items.papers),
        release=np.minimum(notice, items.start), due=items.start,
    )  # fmt: skip


def _inspect(draft: Draft, source: Source, check: EnterpriseCheck, items: Items) -> None:
    """Write the inspectors of each department on a trip: one journey, and the time for their own items."""
    staff = draft.staff
    mine = items.where(items.department >= 0)
    road = staff.road(mine.unit, issuing_type(check))
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (mine.programme, mine.slot, staff.keys[mine.unit]),
        unit=mine.department, team=staff.team(mine.department, None), start=np.maximum(mine.start - road, 0),
        effort=mine.stay + 2 * road, seats=mine.inspectors, travel=2 * road,
    )  # fmt: skip
