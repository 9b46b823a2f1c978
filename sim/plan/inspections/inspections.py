"""Inspections: which visits take place, which come together, which come without notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.recurrence import PER_YEAR, SLOT_MONTHS
from sim.plan.identity.occurrences import reached
from sim.plan.inspections.control_totals import within_totals
from sim.plan.inspections.inspection_lists import off_the_list, without_recognised
from sim.plan.inspections.inspection_rows import Visits, write_visits
from sim.plan.inspections.joint_visits import join
from sim.plan.inspections.visits import visit_start
from sim.plan.issuing.issuing import occurrences, office_words, overseer, single_series
from sim.plan.issuing.risks import risk_classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Inspection
    from sim.domain.relief import Reach
    from sim.plan.identity.timeline import Timeline
    from sim.plan.rows.draft import Draft


def plan_inspections(draft: Draft, inspections: dict[str, Inspection]) -> None:
    """Write the rows of all inspections; those of one joint group are looked at together."""
    alone: list[Visits] = []
    groups: dict[str, list[Visits]] = {}
    due = [_due_visits(draft, name, inspections[name]) for name in sorted(inspections)]
    for visits in without_recognised(draft, within_totals(draft, due)):
        joint = visits.inspection.joint
        if joint is None:
            alone.append(visits)
            continue
        comes_along = _reached(draft, visits, joint.reach, "joint")
        alone.append(visits.where(~comes_along))
        groups.setdefault(joint.group, []).append(visits.where(comes_along))
    for group in sorted(groups):
        alone.extend(join(groups[group]))
    for visits in alone:
        write_visits(draft, visits)


def _due_visits(draft: Draft, name: str, inspection: Inspection) -> Visits:
    """Draw the visits of one obligation, less those that a cap or a cut drops, with what each takes alone."""
    stream = f"obligations.{name}"
    offices, chance = draft.offices, draft.chance
    series = single_series(draft, inspection)
    found = occurrences(draft, stream, inspection, series)
    unit, programme = series.unit[found.series], series.programme[found.series]
    timeline = offices.timeline(inspection.on)
    words = (programme, found.slot, offices.keys[unit])
    month = timeline.month_of(found.second)
    start = visit_start(draft, stream, words, found.second // DAY, timeline)
    sight, reading, noticed = _notice(draft, stream, inspection, words, month)
    shared = office_words(draft, inspection, programme, found.slot, unit)
    visits = Visits(
        name=name,
        inspection=inspection,
        unit=unit,
        programme=programme,
        slot=found.slot,
        month=month,
        start=start,
        noticed=noticed,
        preparation=inspection.preparation.value.quantile(chance.uniform(stream, "preparation", *words)),
        hosting=inspection.length.value.quantile(chance.uniform(stream, "length", *words)) + reading,
        lot=chance.uniform(stream, "lead", *words),
        inspectors=np.full(len(unit), inspection.inspectors.value, dtype=np.int64),
        hosts=np.full(len(unit), inspection.hosts.value, dtype=np.int64),
        sight=sight,
        office=overseer(draft, stream, inspection.issuer, unit, *shared),
        leads=np.ones(len(unit), dtype=np.bool_),
    )
    left_out = _capped(draft, visits, timeline) | _cut(draft, visits) | _not_drawn(draft, visits)
    return visits.where(~left_out & ~off_the_list(draft, visits))


def _notice(
    draft: Draft,
    stream: str,
    inspection: Inspection,
    words: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]],
    month: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Tell what each visit sees, how long records are read, and whether it is announced."""
    unannounced = np.full(len(month), int(inspection.notice.value) == 0)
    reading = np.zeros(len(month), dtype=np.int64)
    if inspection.unannounced is not None:
        u = draft.chance.uniform(stream, "unannounced", *words)
        surprise = ~unannounced & reached(inspection.unannounced.reach, month, draft.regime.calendar.year, u)
        drawn = inspection.unannounced.reading.value.quantile(draft.chance.uniform(stream, "reading", *words))
        reading = np.where(surprise, drawn, 0)
        unannounced |= surprise
    sight = np.where(unannounced, inspection.sight_unannounced.value, inspection.sight_announced.value)
    return sight, reading, ~unannounced


def _reached(draft: Draft, visits: Visits, reach: Reach, attribute: str) -> NDArray[np.bool_]:
    words = (visits.programme, visits.slot, draft.offices.keys[visits.unit])
    u = draft.chance.uniform(f"obligations.{visits.name}", attribute, *words)
    return reached(reach, visits.month, draft.regime.calendar.year, u)


def _capped(draft: Draft, visits: Visits, timeline: Timeline) -> NDArray[np.bool_]:
    """Tell which visits fall outside the slots of the highest frequency allowed."""
    cap, every = visits.inspection.frequency_cap, visits.inspection.recurrence.value.every
    capped = np.zeros(len(visits.unit), dtype=np.bool_)
    if cap is None or every is None:
        return capped
    for one in (*cap.earlier, cap):
        if PER_YEAR[one.to] < PER_YEAR[every]:
            capped |= ~_allowed(visits, every, one.to, timeline) & _reached(draft, visits, one.reach, "frequency_cap")
    return capped


def _allowed(visits: Visits, every: str, to: str, timeline: Timeline) -> NDArray[np.bool_]:
    """Tell which slots belong to a lower frequency: its months, or the last of the weeks or days in its slot."""
    if every in SLOT_MONTHS:
        return np.isin(visits.slot, SLOT_MONTHS[to])
    finer, coarser = timeline.slots(every), timeline.slots(to)
    last_days = timeline.days[finer.first + finer.count - 1]
    ends = timeline.days[coarser.first + coarser.count - 1]
    last = np.searchsorted(last_days, ends, side="right") - 1
    return np.isin(visits.slot, finer.ids[last])


def _not_drawn(draft: Draft, visits: Visits) -> NDArray[np.bool_]:
    """Tell which units are not in the sample of their round."""
    sampled = visits.inspection.sampled
    if sampled is None:
        return np.zeros(len(visits.unit), dtype=np.bool_)
    words = (visits.programme, visits.slot, draft.offices.keys[visits.unit])
    lot = draft.chance.uniform(f"obligations.{visits.name}", "sampled", *words)
    drawn = lot < np.array(sampled.kept.by_class)[risk_classes(draft, visits.inspection.on)[visits.unit]]
    return ~drawn & _reached(draft, visits, sampled.reach, "sampled_kept_to")


def _cut(draft: Draft, visits: Visits) -> NDArray[np.bool_]:
    """Tell which visits belong to an abolished programme and are really dropped."""
    cut, dropped = visits.inspection.cut, np.zeros(len(visits.unit), dtype=np.bool_)
    mine = visits.inspection.items or visits.name
    gone: set[tuple[float, str, int]] = set()
    for one in (*cut.earlier, cut) if cut is not None else ():
        lots = {
            (float(lot), listed, programme)
            for listed, count in one.pool.items()
            for programme, lot in enumerate(draft.chance.uniform(f"items.{listed}", "cut", np.arange(count)))
        }
        taken = sorted(lots - gone)[: one.items]
        gone |= set(taken)
        abolished = [programme for _, listed, programme in taken if listed == mine]
        dropped |= np.isin(visits.programme, abolished) & _reached(draft, visits, one.reach, "cut_reach")
    return dropped
