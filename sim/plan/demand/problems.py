"""Real problems: their onsets, and the patrol time, report and visits that would find each of them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.setting import Problems
from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.occurrences import arrivals
from sim.plan.issuing.risks import risk_classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.plan import Activities
    from sim.domain.demand import RealProblem
    from sim.plan.rows.draft import Draft


def plan_problems(
    draft: Draft, streams: dict[str, RealProblem], activities: Activities, row_of: NDArray[np.int64]
) -> Problems:
    """Draw the problems of all streams and list the visits that would see them; no streams give empty arrays."""
    if not streams:
        return Problems(*(np.zeros(0, dtype=np.int64) for _ in fields(Problems)))
    parts = [_arise(draft, name, streams[name]) for name in sorted(streams)]
    unit, onset, patrol, report, key = (np.concatenate(column) for column in zip(*parts, strict=True))
    hit_problem, hit_row = _visits_that_see(draft, unit, onset, key, activities, row_of)
    return Problems(unit, onset, patrol, report, hit_problem, hit_row)


def _arise(draft: Draft, name: str, problem: RealProblem) -> tuple[NDArray[Any], ...]:
    """Return unit, onset, patrol threshold, report and key of each problem of a stream; -1: no patrol, no report."""
    stream = f"demand.{name}"
    staff, chance = draft.staff, draft.chance
    units = staff.units(problem.on)
    seasons = draft.regime.calendar.seasons
    weights = seasons[problem.season].value if problem.season is not None else None
    rate = np.full(len(units), float(problem.rate.value))
    if problem.times is not None:
        rate *= np.array(problem.times.by_class)[risk_classes(draft, problem.on)[units]]
    found = arrivals(rate, stream, staff.keys[units], staff.timeline(problem.on), chance, weights)
    unit = units[found.series]
    identity = (found.slot, staff.keys[unit])
    patrol = np.full(len(unit), -1.0)
    if problem.patrol is not None:
        patrol = -float(problem.patrol.value) * np.log1p(-chance.uniform(stream, "patrol", *identity))
    after = problem.report_after.value.quantile(chance.uniform(stream, "report_after", *identity))
    told = chance.uniform(stream, "reported", *identity) < problem.reported.value
    report = np.where(told, found.second + after, -1)
    key = combine(text_key(stream), *identity)
    return unit, found.second, np.ceil(patrol).astype(np.int64), report, key


def _visits_that_see(
    draft: Draft,
    unit: NDArray[np.int64],
    onset: NDArray[np.int64],
    key: NDArray[np.uint64],
    activities: Activities,
    row_of: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if not draft.visits or not len(unit):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    row = row_of[np.concatenate([handles for handles, _ in draft.visits])]
    sight = np.concatenate([chance for _, chance in draft.visits])[row >= 0]
    row = row[row >= 0]
    order = np.argsort(activities.unit[row], kind="stable")
    row, sight = row[order], sight[order]
    here = activities.unit[row]
    first, last = np.searchsorted(here, unit, side="left"), np.searchsorted(here, unit, side="right")
    problem = np.repeat(np.arange(len(unit)), last - first)
    visit = np.arange(len(problem)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    visit += np.repeat(first, last - first)
    u = draft.chance.uniform("problems", "seen", key[problem], activities.identity[row[visit]])
    seen = (activities.start[row[visit]] >= onset[problem]) & (u < sight[visit])
    return problem[seen], row[visit[seen]]
