"""Real problems: their onsets, and the patrol time, report and visits that would find each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.setting import Problems
from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.occurrences import arrivals
from sim.plan.issuing.risks import risk_classes
from sim.plan.rows.looks import chance_of_seeing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.plan import Activities
    from sim.domain.demand import RealProblem
    from sim.plan.rows.draft import Draft

    Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class _Arisen:
    """The problems of one stream; arrays have shape (problems,), -1 for no patrol, no report, not mended."""

    unit: Numbers
    onset: Numbers
    patrol: Numbers
    report: Numbers
    mended: Numbers
    key: NDArray[np.uint64]
    hidden: NDArray[np.bool_]
    """True for a problem that no announced visit sees."""


@dataclass(frozen=True)
class _Visits:
    """Visits that look for a topic, sorted by unit; all arrays have shape (visits,)."""

    row: Numbers
    chance: NDArray[np.float64]
    announced: NDArray[np.bool_]
    """True if the unit has notice of any item of the visit."""


def plan_problems(draft: Draft, streams: dict[str, RealProblem], activities: Activities, row_of: Numbers) -> Problems:
    """Draw the problems of all streams and list the visits that would see them; no streams give empty arrays."""
    names = tuple(sorted(streams))
    parts = [_arise(draft, name, streams[name]) for name in names]
    visits = {topic: _visits_for(draft, topic, row_of) for topic in {streams[name].topic for name in names}}
    hits = [
        _seen(draft, arisen, visits[streams[name].topic], activities) for name, arisen in zip(names, parts, strict=True)
    ]
    sizes = np.array([len(part.unit) for part in parts], dtype=np.int64)
    before = np.cumsum(sizes) - sizes
    return Problems(
        unit=_chained([part.unit for part in parts]),
        onset=_chained([part.onset for part in parts]),
        patrol=_chained([part.patrol for part in parts]),
        report=_chained([part.report for part in parts]),
        mended=_chained([part.mended for part in parts]),
        hit_problem=_chained([problem + first for (problem, _), first in zip(hits, before, strict=True)]),
        hit_row=_chained([row for _, row in hits]),
        stream=np.repeat(np.arange(len(names)), sizes),
        streams=names,
    )


def _chained(columns: list[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *columns])


def _arise(draft: Draft, name: str, problem: RealProblem) -> _Arisen:
    """Draw the problems of one stream.

    A stream whose problems are mended begins the year with those that are open if nobody else ends them: their number
    is a Poisson number of mean rate x duration, and exponential times have no memory.
    """
    stream = f"demand.{name}"
    staff, chance = draft.staff, draft.chance
    units = staff.units(problem.on)
    seasons = draft.regime.calendar.seasons
    weights = seasons[problem.season].value if problem.season is not None else None
    rate = np.full(len(units), problem.rate.value.in_year(staff.timeline(problem.on).in_year))
    if problem.times is not None:
        rate *= np.array(problem.times.by_class)[risk_classes(draft, problem.on)[units]]
    keys, timeline = staff.keys[units], staff.timeline(problem.on)
    found = arrivals(rate, stream, keys, timeline, chance, weights)
    unit, ordinal, onset = units[found.series], found.slot, found.second
    lasts = None if problem.mended_after is None else float(problem.mended_after.value)
    if lasts is not None:
        years = lasts / draft.horizon
        left = arrivals(rate * years, f"{stream}.left_over", keys, timeline, chance)
        unit, ordinal = np.append(unit, units[left.series]), np.append(ordinal, -1 - left.slot)
        onset = np.append(onset, np.zeros(len(left), dtype=np.int64))
    identity = (ordinal, staff.keys[unit])
    patrol = np.full(len(unit), -1.0)
    if problem.patrol is not None:
        patrol = -float(problem.patrol.value) * np.log1p(-chance.uniform(stream, "patrol", *identity))
    after = problem.report_after.value.quantile(chance.uniform(stream, "report_after", *identity))
    told = chance.uniform(stream, "reported", *identity) < problem.reported.value
    mended = np.full(len(unit), -1, dtype=np.int64)
    if lasts is not None:
        mended = onset + np.ceil(-lasts * np.log1p(-chance.uniform(stream, "mended", *identity))).astype(np.int64)
    return _Arisen(
        unit=unit,
        onset=onset,
        patrol=np.ceil(patrol).astype(np.int64),
        report=np.where(told, onset + after, -1),
        mended=mended,
        key=combine(text_key(stream), *identity),
        hidden=chance.uniform(stream, "hidden", *identity) < problem.hidden.value,
    )


def _visits_for(draft: Draft, topic: str | None, row_of: Numbers) -> _Visits:
    """Return the visits of the year with an item that looks for the topic."""
    parts = [one for one in draft.looks if one.covers(topic)]
    row = row_of[_chained([one.handle for one in parts])]
    sight = np.concatenate([np.zeros(0), *(one.sight * draft.present(one.handle) for one in parts)])
    rows, visit = np.unique(row[row >= 0], return_inverse=True)
    known = _chained([one.handle[one.announced] for one in draft.looks])
    chance = chance_of_seeing(sight[row >= 0], visit, len(rows), draft.regime.policy.blind.value)
    return _Visits(rows, chance, np.isin(rows, row_of[known]))


def _seen(draft: Draft, arisen: _Arisen, visits: _Visits, activities: Activities) -> tuple[Numbers, Numbers]:
    """List the problems that visits would see, and the rows of these visits."""
    here, unit = activities.unit[visits.row], arisen.unit
    first, last = np.searchsorted(here, unit, side="left"), np.searchsorted(here, unit, side="right")
    problem = np.repeat(np.arange(len(unit)), last - first)
    visit = np.arange(len(problem)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    visit += np.repeat(first, last - first)
    row = visits.row[visit]
    u = draft.chance.uniform("problems", "seen", arisen.key[problem], activities.identity[row])
    seen = (activities.start[row] >= arisen.onset[problem]) & (u < visits.chance[visit])
    seen &= (arisen.mended[problem] < 0) | (activities.start[row] < arisen.mended[problem])
    seen &= ~(arisen.hidden[problem] & visits.announced[visit])
    return problem[seen], row[seen]
