"""Inspections: the visits that take place, joint visits, and visits without notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.recurrence import PER_YEAR, PERIOD_MONTHS
from sim.plan.identity.chance import combine
from sim.plan.identity.occurrences import kept_months
from sim.plan.inspections.control_totals import within_totals
from sim.plan.inspections.from_afar import without_those_from_afar
from sim.plan.inspections.inspection_lists import off_the_list, without_recognised
from sim.plan.inspections.inspection_rows import Visits, appoint, write_visits
from sim.plan.inspections.joint_visits import join
from sim.plan.inspections.visits import visit_start
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import department_key, overseer, single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.risks import risk_classes
from sim.plan.issuing.turned_away import let_in
from sim.plan.rows.looks import Looks
from sim.plan.rows.rows import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Inspection
    from sim.plan.identity.timeline import Timeline
    from sim.plan.rows.draft import Draft


def plan_inspections(draft: Draft, inspections: dict[str, Inspection]) -> None:
    """Write the rows of all inspections; inspections of one joint group are planned together."""
    alone: list[Visits] = []
    groups: dict[str, list[Visits]] = {}
    due = [_due_visits(draft, name, inspections[name]) for name in sorted(inspections)]
    going = without_those_from_afar(draft, without_recognised(draft, within_totals(draft, due)))
    for visits in _numbered(going):
        joint = visits.inspection.joint
        if joint is None:
            alone.append(visits)
            continue
        comes_along = visits.keyed(draft).reached(joint)
        alone.append(visits.where(~comes_along))
        groups.setdefault(joint.group, []).append(visits.where(comes_along))
    for group in sorted(groups):
        alone.extend(join(groups[group]))
    _write(draft, alone)


def _numbered(parts: list[Visits]) -> list[Visits]:
    """Number the visits through all obligations, from 0."""
    ends = np.cumsum([len(one.unit) for one in parts])
    return [replace(one, party=np.arange(end - len(one.unit), end)) for one, end in zip(parts, ends, strict=True)]


def _write(draft: Draft, parts: list[Visits]) -> None:
    """Write the rows of all visits, and note the look that each item takes."""
    size = sum(len(one.unit) for one in parts)
    handle, appointment = np.full(size, NONE, dtype=np.int64), np.full(size, NONE, dtype=np.int64)
    outside = np.zeros(size, dtype=np.int64)
    for visits in parts:
        np.add.at(outside, visits.party, np.where(visits.department < 0, visits.inspectors, 0))
    for visits in parts:
        appointment[visits.party[visits.leads]] = appoint(draft, visits, outside)
    for visits in parts:
        handle[visits.party[visits.leads]] = write_visits(draft, visits, appointment[visits.party])
    for visits in parts:
        sight = np.full(len(visits.unit), visits.inspection.sight.value)
        draft.looks.append(Looks(handle[visits.party], sight, visits.noticed, visits.inspection.looks_for))


def _due_visits(draft: Draft, name: str, inspection: Inspection) -> Visits:
    """Draw the visits of one obligation as single visits; leave out those that a cap, a cut or a list drops."""
    stream = f"obligations.{name}"
    staff, chance = draft.staff, draft.chance
    series = single_series(draft, inspection)
    found = let_in(draft, name, inspection, series)
    unit, programme = series.unit[found.series], series.programme[found.series]
    timeline = staff.timeline(inspection.on)
    identity = (programme, found.slot, staff.keys[unit])
    start = visit_start(draft, stream, identity, timeline.day_of(found.second), timeline)
    body = demanding_body(draft, name, inspection, unit, programme, found.slot)
    reading, noticed = _notice(inspection, Keyed(draft, stream, identity, start, body, inspection.guards))
    shared = department_key(draft, inspection, programme, found.slot, unit)
    visits = Visits(
        name=name,
        inspection=inspection,
        unit=unit,
        programme=programme,
        slot=found.slot,
        month=timeline.month_of(start),
        start=start,
        noticed=noticed,
        preparation=inspection.preparation.value.quantile(chance.uniform(stream, "preparation", *identity)),
        hosting=inspection.length.value.quantile(chance.uniform(stream, "length", *identity)) + reading,
        lot=chance.uniform(stream, "lead", *identity),
        inspectors=np.full(len(unit), inspection.inspectors.value, dtype=np.int64),
        hosts=np.full(len(unit), inspection.hosts.value, dtype=np.int64),
        party=np.zeros(len(unit), dtype=np.int64),
        department=overseer(draft, stream, inspection.issuer, unit, *shared),
        leads=np.ones(len(unit), dtype=np.bool_),
    )
    left_out = _capped(draft, visits, timeline) | _not_drawn(draft, visits)
    return visits.where(~left_out & ~off_the_list(draft, visits))


def _notice(inspection: Inspection, keyed: Keyed) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return each visit's seconds for reading records, and whether it is announced."""
    unannounced = np.full(len(keyed.body), int(inspection.notice.value) == 0)
    reading = np.zeros(len(keyed.body), dtype=np.int64)
    if inspection.unannounced is not None:
        surprise = ~unannounced & keyed.reached(inspection.unannounced)
        drawn = inspection.unannounced.reading.value.quantile(keyed.number("reading"))
        reading = np.where(surprise, drawn, 0)
        unannounced |= surprise
    return reading, ~unannounced


def _capped(draft: Draft, visits: Visits, timeline: Timeline) -> NDArray[np.bool_]:
    """Return True for visits outside the slots of the highest frequency allowed, shape (visits,)."""
    every = visits.inspection.recurrence.value.every
    capped = np.zeros(len(visits.unit), dtype=np.bool_)
    if every is None:
        return capped
    for cap in visits.inspection.frequency_caps:
        if PER_YEAR[cap.to] < PER_YEAR[every]:
            outside = ~_allowed(draft, visits, every, cap.to, timeline)
            capped |= outside & visits.keyed(draft).reached(cap)
    return capped


def _allowed(draft: Draft, visits: Visits, every: str, to: str, timeline: Timeline) -> NDArray[np.bool_]:
    """Return True for slots of a lower frequency: the months that it keeps, or the last week or day in each slot."""
    month, kept = visits.slot, np.ones(len(visits.slot), dtype=np.bool_)
    if every not in PERIOD_MONTHS:
        weeks, months = timeline.slots("weekly"), timeline.slots("monthly")
        ends, of_months = (timeline.days[slots.first + slots.count - 1] for slots in (weeks, months))
        ids = weeks.ids if every == "weekly" else ends
        if to == "weekly":
            return np.isin(visits.slot, ids)
        ids = ids[np.searchsorted(ends, of_months, side="right") - 1]
        kept = np.isin(visits.slot, ids)
        month = months.ids[np.minimum(np.searchsorted(ids, visits.slot), len(ids) - 1)]
    at_end = visits.inspection.recurrence.value.months == "period_end"
    series = combine(0, visits.programme, draft.staff.keys[visits.unit])
    of_series = kept_months(every, to, f"obligations.{visits.name}", series, draft.chance, at_end=at_end)
    return kept & of_series[np.arange(len(month)), month - 1]


def _not_drawn(draft: Draft, visits: Visits) -> NDArray[np.bool_]:
    """Return True for visits to units that are not in the sample of their round, shape (visits,)."""
    sampled = visits.inspection.sampled
    if sampled is None:
        return np.zeros(len(visits.unit), dtype=np.bool_)
    keyed = visits.keyed(draft)
    share = np.array(sampled.kept.by_class)[risk_classes(draft, visits.inspection.on)[visits.unit]]
    return (keyed.number("sampled") >= share) & keyed.reached(sampled)
