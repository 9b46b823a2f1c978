"""Approvals: each case is a chain of rows from tier to tier, including the stops at which it is sent back.

Returns are drawn when the year is planned: the n-th examination of a case at a stop has a number of its own. So the
returns left by a measure that catches some of them are a subset of all returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.cases import Cases
from sim.domain.category import Category, Part
from sim.plan import limits
from sim.plan.identity.kinds import in_order, kinds_of
from sim.plan.identity.occurrences import arrivals
from sim.plan.issuing.issuing import overseer
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.approval import Approval, Hop
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class _Filed:
    """Cases as they are handed in; all arrays have shape (cases,)."""

    unit: NDArray[np.int64]
    slot: NDArray[np.int64]
    second: NDArray[np.int64]
    kind: NDArray[np.int64]
    joined: NDArray[np.bool_]
    """True for a case that is handled on the network (one matter, one process)."""


@dataclass
class _Journey:
    """State of each case; changed in place while the chains are written."""

    at: NDArray[np.int64]
    """Index of the stop that comes next, or the number of stops for a decided case; shape (cases,)."""
    seen: NDArray[np.int64]
    """How often a case has been at a stop, shape (cases, stops)."""
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    """Handle of the row written last, -1 before the first one; shape (cases,)."""
    steps: NDArray[np.int64]
    returns: NDArray[np.int64]


def plan_approval(draft: Draft, name: str, approval: Approval) -> None:
    """Write a row for each stop of each case; each row follows the one before."""
    source = Source(f"demand.{name}", None)
    filed = _hand_in(draft, source, approval)
    count, stops = len(filed.unit), len(approval.hops)
    none, zero = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    journey = _Journey(
        zero.copy(), np.zeros((count, stops), dtype=np.int64), none.copy(), none.copy(), zero.copy(), zero.copy()
    )
    staff = [overseer(draft, source.name, hop.unit, filed.unit, filed.kind) for hop in approval.hops]
    for step in range(limits.CASE_STEPS):
        if not np.any(journey.at < stops):
            break
        for stop, cases in [(stop, np.flatnonzero(journey.at == stop)) for stop in range(stops)]:
            if len(cases):
                _write(draft, source, approval, filed, journey, stop, cases, staff[stop][cases])
                _go_on(draft, source, approval, filed, journey, stop, cases, final=step >= limits.CASE_STEPS - stops)
    draft.cases.append(
        Cases(name, int(approval.promised.value), journey.first, journey.last, journey.steps - 1, journey.returns)
    )


def _hand_in(draft: Draft, source: Source, approval: Approval) -> _Filed:
    staff, chance = draft.staff, draft.chance
    units, timeline = staff.units(approval.on), staff.timeline(approval.on)
    seasons = draft.regime.calendar.seasons
    weights = seasons[approval.season].value if approval.season is not None else None
    rate = approval.rate.value.in_year(timeline.in_year)
    found = arrivals(rate, source.name, staff.keys[units], timeline, chance, weights)
    unit = units[found.series]
    identity = (found.slot, staff.keys[unit])
    kind = kinds_of(chance.uniform(source.name, "kind", *identity), approval.kinds.value, approval.concentration.value)
    joined = np.zeros(len(unit), dtype=np.bool_)
    if approval.one_matter is not None:
        rule = approval.one_matter
        order = in_order(chance, source.name, "joined", approval.kinds.value, rule.joined)
        filed = Keyed(draft, source.name, identity, found.second, staff.keys[unit])
        joined = np.isin(kind, order[: rule.kinds.value]) & filed.reached(rule)
    return _Filed(unit, found.slot, found.second, kind, joined)


def _write(
    draft: Draft,
    source: Source,
    approval: Approval,
    filed: _Filed,
    journey: _Journey,
    stop: int,
    cases: NDArray[np.int64],
    department: NDArray[np.int64],
) -> None:
    """Write one stop of some cases: the time to enter the case and to examine it."""
    hop, seen = approval.hops[stop], journey.seen[cases, stop]
    identity = (filed.slot[cases], draft.staff.keys[filed.unit[cases]], stop, seen)
    effort = hop.effort.value.quantile(draft.chance.uniform(source.name, "effort", *identity))
    effort = effort + _entering(draft, source, approval, hop, filed.joined[cases] & ((stop > 0) | (seen > 0)), identity)
    first = journey.last[cases] < 0
    handles = draft.add(
        source, Part.HANDLE, Category.SERVICE, identity,
        unit=department, team=draft.staff.team(department, None), effort=effort, release=filed.second[cases],
        predecessor=journey.last[cases], patience=np.where(first, int(approval.patience.value), -1),
    )  # fmt: skip
    journey.first[cases] = np.where(first, handles, journey.first[cases])
    journey.last[cases] = handles
    journey.steps[cases] += 1
    journey.seen[cases, stop] += 1


def _entering(
    draft: Draft,
    source: Source,
    approval: Approval,
    hop: Hop,
    known: NDArray[np.bool_],
    identity: tuple[NDArray[np.int64] | NDArray[np.uint64] | int, ...],
) -> NDArray[np.int64]:
    """Return the seconds to enter each case; a case whose data are on the network takes a glance at most."""
    entering = np.zeros(len(known), dtype=np.int64)
    if hop.entry is not None:
        entering = hop.entry.value.quantile(draft.chance.uniform(source.name, "entry", *identity))
    if approval.one_matter is not None:
        u = draft.chance.uniform(source.name, "glance", *identity)
        entering = np.where(known, np.minimum(entering, approval.one_matter.glance.value.quantile(u)), entering)
    return entering


def _go_on(
    draft: Draft,
    source: Source,
    approval: Approval,
    filed: _Filed,
    journey: _Journey,
    stop: int,
    cases: NDArray[np.int64],
    *,
    final: bool,
) -> None:
    """Move cases to the next stop of their way, or back to the stop before; with `final` no case goes back."""
    rule = approval.one_matter
    skipped = rule.skips if rule is not None else ()
    identity = (filed.slot[cases], draft.staff.keys[filed.unit[cases]], stop, journey.seen[cases, stop])
    u = draft.chance.uniform(source.name, "sent_back", *identity)
    joined, share = filed.joined[cases], approval.hops[stop].sent_back.value
    kept = 1.0 - rule.caught.value if rule is not None else 1.0
    back = (u < np.where(joined, share * kept, share)) & (not final)
    journey.returns[cases] += back
    numbers = range(len(approval.hops))
    for on_network in (False, True):
        way = [n for n in numbers if not (on_network and approval.hops[n].unit in skipped)]
        ahead = next((n for n in way if n > stop), len(approval.hops))
        before = max((n for n in way if n < stop), default=0)
        mine = joined == on_network
        journey.at[cases[mine]] = np.where(back[mine], before, ahead)
