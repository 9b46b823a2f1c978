"""Checks on enterprises: items on the plans of departments become trips, and trips become dated work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.setting import CHECKED, DROPPED, MERGED, UNDONE, Checks
from sim.domain.category import Category, Part
from sim.plan.enterprises.bundles import bundle_trips
from sim.plan.enterprises.enterprise_items import Items, due_items, gather
from sim.plan.enterprises.rules_on_items import Listed, compared, over_the_cap
from sim.plan.identity.chance import text_keys
from sim.plan.inspections.recognition import Findings, matter_of, spared
from sim.plan.issuing.issuing import issuing_type
from sim.plan.rows.appointments import At, End, Follow, Terms
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
    listed = Listed(draft, dict(sorted(checks.items())))
    items = gather([due_items(draft, name, check, place) for place, (name, check) in enumerate(listed.checks.items())])
    items = compared(listed, items.ending(_spared(listed, items), UNDONE))
    coming = np.flatnonzero(items.fate == CHECKED)
    planned = items.where(coming)
    bundles = [check.bundle for check in listed.checks.values()]
    trips = bundle_trips(planned, bundles, listed.reached(planned, "bundle"))
    ends = over_the_cap(listed, trips)
    going = ~trips.dropped & (ends == CHECKED)
    hosted = np.full(len(coming), -1, dtype=np.int64)
    appointment = _appoint(listed, trips, going)
    for check, mine, keyed in listed.parts(trips.items):
        hosted[mine & trips.leads & going] = _write(draft, keyed.stream, check, trips, mine & going, appointment)
    _note_looks(listed, trips, going, hosted)
    row = np.full(len(items), -1, dtype=np.int64)
    row[coming[going]] = hosted[trips.trip[going]]
    items.fate[coming] = np.select([trips.dropped, (ends == CHECKED) & trips.merged], [DROPPED, MERGED], ends)
    draft.checks = _counted(listed, items, row)


def _counted(listed: Listed, items: Items, row: NDArray[np.int64]) -> Checks:
    """Return the items with the handles of their visits, and the enterprises that can be checked."""
    staff, units = listed.draft.staff, listed.draft.regime.organisation.units
    enterprises = np.unique(np.concatenate([staff.units(check.on) for check in listed.checks.values()]))
    planned = np.array([check.planning != "ad_hoc" for check in listed.checks.values()], dtype=np.bool_)
    return Checks(
        unit=items.unit,
        body=items.body,
        risk=items.risk,
        planned=planned[items.entry],
        plan=items.plan,
        fate=items.fate,
        row=row,
        enterprises=enterprises,
        represents=np.array([units[staff.types[unit]].represents.value for unit in enterprises], dtype=np.int64),
    )


def _spared(listed: Listed, items: Items) -> NDArray[np.bool_]:
    """Return True for items not checked because a finding of another department is accepted, shape (items,)."""
    draft, skipped = listed.draft, np.zeros(len(items), dtype=np.bool_)
    streams = text_keys(tuple(listed.checks))
    rules = [check.recognition for check in listed.checks.values()]
    for group, rule in sorted({rule.group: rule for rule in rules if rule is not None}.items()):
        matter = matter_of(
            draft.chance,
            group,
            rule.subjects.value,
            items.body,
            items.slot,
            streams[items.entry],
            draft.staff.keys[items.unit],
        )
        accepts = listed.reached(items, "recognition", group)
        found = Findings(items.unit, matter, items.body, items.start, items.lot, accepts)
        chosen = np.flatnonzero(listed.under(items, "recognition", group) & (items.fate == CHECKED))
        skipped[chosen] = spared(found.at(chosen), int(rule.valid.value))
    return skipped


def _note_looks(listed: Listed, trips: Trips, going: NDArray[np.bool_], hosted: NDArray[np.int64]) -> None:
    """Note the look that each item takes on its trip."""
    for check, mine, _ in listed.parts(trips.items):
        handle = hosted[trips.trip[mine & going]]
        announced = np.full(len(handle), int(check.notice.value) > 0)
        sight = np.full(len(handle), check.sight.value)
        listed.draft.looks.append(Looks(handle, sight, announced, check.looks_for))


def _appoint(listed: Listed, trips: Trips, going: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the appointment of each item's trip, shape (items,); -1 for items without a trip."""
    items = trips.items
    absent = np.where(going & trips.appears & (items.department < 0), items.inspectors, 0)
    outside = np.bincount(trips.trip, absent, minlength=len(items))
    appointment = np.full(len(items), -1, dtype=np.int64)
    for check, mine, keyed in listed.parts(items):
        chosen = mine & trips.leads & going
        led = items.where(chosen)
        terms = Terms(
            source=keyed.stream,
            category=Category.INSPECTIONS,
            between=(issuing_type(check), check.on),
            booking=check.booking,
            is_visit=True,
        )
        appointment[chosen] = listed.draft.appoint(
            terms, (led.programme, led.slot, listed.draft.staff.keys[led.unit]), unit=led.unit, wanted=led.start,
            length=led.hosting, outside=outside[chosen], surprise=int(check.notice.value) == 0,
        )  # fmt: skip
    return appointment[trips.trip]


def _write(
    draft: Draft,
    stream: str,
    check: EnterpriseCheck,
    trips: Trips,
    mine: NDArray[np.bool_],
    appointment: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Write the rows of the items of one obligation; return the handles of the visits that they lead."""
    source = Source(stream, check.issuer)
    prepared, appears, leads = mine & ~trips.merged, mine & trips.appears, mine & trips.leads
    if int(check.notice.value) > 0:
        _get_out_papers(draft, source, check, trips.items.where(prepared), appointment[prepared])
    _inspect(draft, source, check, trips.items.where(appears), appointment[appears])
    led = trips.items.where(leads)
    return draft.add(
        source, Part.HOST, Category.INSPECTIONS, (led.programme, led.slot),
        unit=led.unit, team=draft.staff.team(led.unit, check.posts), start=led.start,
        at=At(appointment[leads], End.CALLED), effort=led.hosting, seats=led.hosts,
    )  # fmt: skip


def _get_out_papers(
    draft: Draft, source: Source, check: EnterpriseCheck, items: Items, appointment: NDArray[np.int64]
) -> None:
    staff, days = draft.staff, -int(check.notice.value)
    opens = staff.timeline(check.on).opens[0]
    draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, (items.programme, items.slot),
        unit=items.unit, team=staff.team(items.unit, check.posts), effort=np.maximum(1, items.papers),
        follows=Follow(appointment, items.start, check.on, days, opens),
    )  # fmt: skip


def _inspect(
    draft: Draft, source: Source, check: EnterpriseCheck, items: Items, appointment: NDArray[np.int64]
) -> None:
    """Write the inspectors of each department on a trip: one journey, and the time for their own items."""
    staff, inside = draft.staff, items.department >= 0
    mine = items.where(inside)
    road = staff.road(mine.unit, issuing_type(check))
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (mine.programme, mine.slot, staff.keys[mine.unit]),
        unit=mine.department, team=staff.team(mine.department, None), start=mine.start - road,
        at=At(appointment[inside], End.CALLERS), effort=mine.stay + 2 * road, seats=mine.inspectors, travel=2 * road,
    )  # fmt: skip
