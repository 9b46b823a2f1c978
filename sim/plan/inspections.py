"""Inspections: which visits take place, which come together, which come without notice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.recurrence import SLOT_MONTHS
from sim.engine.contract import DAY
from sim.plan.inspection_rows import Visits, write_visits
from sim.plan.issuing import occurrences, overseer, single_series
from sim.plan.occurrences import reached
from sim.plan.visits import visit_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Inspection
    from sim.domain.relief import Reach
    from sim.plan.draft import Draft
    from sim.plan.timeline import Timeline


def plan_inspections(draft: Draft, inspections: dict[str, Inspection]) -> None:
    """Write the rows of all inspections; those of one joint group are looked at together."""
    alone: list[Visits] = []
    groups: dict[str, list[Visits]] = {}
    for name in sorted(inspections):
        visits = _due_visits(draft, name, inspections[name])
        joint = inspections[name].joint
        if joint is None:
            alone.append(visits)
            continue
        comes_along = _reached(draft, visits, joint.reach, "joint")
        alone.append(visits.where(~comes_along))
        groups.setdefault(joint.group, []).append(visits.where(comes_along))
    for group in sorted(groups):
        alone.extend(_join(groups[group]))
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
    preparation = inspection.preparation.value.quantile(chance.uniform(stream, "preparation", *words))
    visits = Visits(
        name=name,
        inspection=inspection,
        unit=unit,
        programme=programme,
        slot=found.slot,
        month=month,
        start=start,
        noticed=noticed,
        preparation=np.where(noticed, preparation, 0),
        hosting=inspection.length.value.quantile(chance.uniform(stream, "length", *words)) + reading,
        sight=sight,
        office=overseer(draft, stream, inspection.issuer, programme, unit),
        leads=np.ones(len(unit), dtype=np.bool_),
    )
    return visits.where(~_capped(draft, visits, timeline) & ~_cut(draft, visits))


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
    cap = visits.inspection.frequency_cap
    if cap is None or visits.inspection.recurrence.value.every is None:
        return np.zeros(len(visits.unit), dtype=np.bool_)
    return ~_allowed(visits, cap.to, timeline) & _reached(draft, visits, cap.reach, "frequency_cap")


def _allowed(visits: Visits, to: str, timeline: Timeline) -> NDArray[np.bool_]:
    """Tell which slots belong to a frequency: its months, or within them the last slot of the finer calendar."""
    every = visits.inspection.recurrence.value.every
    if every in SLOT_MONTHS:
        return np.isin(visits.month, SLOT_MONTHS.get(to, SLOT_MONTHS["monthly"]))
    if to not in SLOT_MONTHS:
        kept = timeline.slots(to)
        last = timeline.days[kept.first + kept.count - 1]
        return np.isin(visits.start // DAY, last) if every == "daily" else np.ones(len(visits.unit), dtype=np.bool_)
    finer = timeline.slots(every or "daily")
    last_day = timeline.days[finer.first + finer.count - 1]
    month = timeline.month_of(last_day * DAY)
    ends = [finer.ids[np.flatnonzero(month == m)[-1]] for m in SLOT_MONTHS[to] if np.any(month == m)]
    return np.isin(visits.slot, ends)


def _cut(draft: Draft, visits: Visits) -> NDArray[np.bool_]:
    """Tell which visits belong to an abolished programme and are really dropped."""
    cut = visits.inspection.cut
    if cut is None:
        return np.zeros(len(visits.unit), dtype=np.bool_)
    lots = {
        (float(lot), listed, programme)
        for listed, count in cut.pool.items()
        for programme, lot in enumerate(draft.chance.uniform(f"items.{listed}", "cut", np.arange(count)))
    }
    mine = visits.inspection.items or visits.name
    abolished = [programme for _, listed, programme in sorted(lots)[: cut.items] if listed == mine]
    return np.isin(visits.programme, abolished) & _reached(draft, visits, cut.reach, "cut_reach")


def _join(visits: list[Visits]) -> list[Visits]:
    """Bring visits of one unit and month together: they come when the first of them comes.

    Hosting is the longest and a margin for each other one; preparation likewise, less what ledgers share. Rectification
    stays with each item. A joint visit sees a problem unless every item in it would miss it.
    """

    def lay(column: str) -> NDArray[np.int64]:
        return np.concatenate([getattr(one, column) for one in visits])

    sizes = [len(one.unit) for one in visits]
    if sum(sizes) == 0:
        return visits
    joint = next(one.inspection.joint for one in visits if one.inspection.joint is not None)
    unit, month, start = lay("unit"), lay("month"), lay("start")
    order = np.lexsort((start, month, unit))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (unit[order][1:] != unit[order][:-1]) | (month[order][1:] != month[order][:-1])
    first = np.flatnonzero(new)
    group = np.cumsum(new) - 1

    def spread(values: NDArray[np.int64]) -> NDArray[np.int64]:
        out = np.empty(len(order), dtype=values.dtype)
        out[order] = values[group]
        return out

    hosting = _longest_and_margin(lay("hosting")[order], first, joint.marginal_hosting.value)
    preparation = _longest_and_margin(lay("preparation")[order], first, 1 - joint.shared_preparation.value)
    missed = np.multiply.reduceat(1 - lay("sight")[order], first)
    leads = np.zeros(len(order), dtype=np.bool_)
    leads[order[first]] = True
    noticed = np.logical_or.reduceat(lay("noticed")[order], first)
    columns = {
        "start": spread(start[order][first]),
        "hosting": spread(hosting),
        "preparation": spread(preparation),
        "sight": spread(1 - missed),
        "noticed": spread(noticed),
        "leads": leads,
    }
    ends = np.cumsum(sizes)
    return [
        replace(one, **{name: column[end - size : end] for name, column in columns.items()})
        for one, size, end in zip(visits, sizes, ends, strict=True)
    ]


def _longest_and_margin(values: NDArray[np.int64], first: NDArray[np.int64], margin: float) -> NDArray[np.int64]:
    longest = np.maximum.reduceat(values, first)
    total = np.add.reduceat(values, first)
    return longest + np.rint(margin * (total - longest)).astype(np.int64)
