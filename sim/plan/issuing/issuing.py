"""Issuers and addressees of obligations.

The issuer is a unit above the addressees, or a department or superior elsewhere. A unit above has series of its own,
addressed to the units below it. Departments and superiors have one series a programme, addressed to all units of the
type. If simulated departments stand for more real ones, an occurrence may belong to a department outside the slice: its
addressees have their work, and the issuer's work has no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.obligations import Report
from sim.plan.identity.chance import combine, text_key
from sim.plan.identity.occurrences import Occurrences, fall_due

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sim.domain.obligations import Meeting, ObligationBase, Training
    from sim.plan.rows.draft import Draft


OWN = "own"
"""Issuer of obligations that a unit sets itself."""


@dataclass(frozen=True)
class Series:
    """Parallel series of one obligation; all arrays have shape (series,)."""

    key: NDArray[np.uint64]
    programme: NDArray[np.int64]
    unit: NDArray[np.int64]
    """Calling unit of a broadcast, -1 if it is not above the addressees; or the unit that owes a single series."""


@dataclass(frozen=True)
class Addressed:
    """Pairs of an occurrence (its index) and a unit that it is addressed to."""

    occurrence: NDArray[np.int64]
    unit: NDArray[np.int64]


def merge_groups(entries: Mapping[str, Meeting | Training]) -> list[list[str]]:
    """List the names of entries that may be merged, group by group; an entry without a merge is a group by itself."""
    groups: dict[str, list[str]] = {}
    for name in sorted(entries):
        merge = entries[name].merge
        groups.setdefault(name if merge is None else merge.group, []).append(name)
    return [groups[group] for group in sorted(groups)]


def issuing_type(obligation: ObligationBase) -> str:
    """Return the unit type or superior that issues the obligation."""
    return obligation.on if obligation.issuer == OWN else obligation.issuer


def is_above(draft: Draft, issuer: str, on: str) -> bool:
    """Return whether the issuer is the unit type itself or a type above it."""
    return issuer in draft.regime.organisation.path(on)


def broadcast_series(draft: Draft, obligation: ObligationBase) -> Series:
    """List the series of an obligation that addresses many units at once."""
    programmes = _programmes(draft, obligation)
    issuer = issuing_type(obligation)
    if not is_above(draft, issuer, obligation.on):
        return Series(combine(0, programmes), programmes, np.full(len(programmes), -1, dtype=np.int64))
    units = draft.staff.units(issuer)
    programme, unit = np.repeat(programmes, len(units)), np.tile(units, len(programmes))
    return Series(combine(0, programme, draft.staff.keys[unit]), programme, unit)


def _programmes(draft: Draft, obligation: ObligationBase) -> NDArray[np.int64]:
    """List the numbers of the programmes; where creep may add some, as many spare ones follow."""
    times = 1 if obligation.creep is None or obligation.items is not None else 2
    return np.arange(times * draft.regime.programmes(obligation), dtype=np.int64)


def single_series(draft: Draft, obligation: ObligationBase) -> Series:
    """List the series of an obligation that each unit owes by itself."""
    programmes = _programmes(draft, obligation)
    units = draft.staff.units(obligation.on)
    programme, unit = np.repeat(programmes, len(units)), np.tile(units, len(programmes))
    return Series(combine(0, programme, draft.staff.keys[unit]), programme, unit)


def cadre_series(draft: Draft, obligation: ObligationBase) -> tuple[Series, NDArray[np.int32]]:
    """List the series of an obligation that each cadre owes alone, and the cadre of each, who is also its team."""
    staff = draft.staff
    cadres = staff.holders(obligation.on, obligation.posts)
    programmes = _programmes(draft, obligation)
    programme, cadre = np.repeat(programmes, len(cadres)), np.tile(cadres, len(programmes))
    key = combine(0, staff.cadre_keys[cadre], programme)
    return Series(key, programme, staff.cadre_unit[cadre].astype(np.int64)), cadre.astype(np.int32)


def at_desk(draft: Draft, cadre: NDArray[np.int32], found: Occurrences) -> Occurrences:
    """Return the occurrences on days on which the cadre of the series is at the desk."""
    return found.where(draft.staff.desks.at(cadre[found.series], found.second // DAY))


def occurrences(draft: Draft, stream: str, obligation: ObligationBase, series: Series) -> Occurrences:
    """Draw the occurrences of the series, on the work calendar of the addressed units."""
    seasons = {name: season.value for name, season in draft.regime.calendar.seasons.items()}
    timeline = draft.staff.timeline(obligation.on)
    return fall_due(obligation.recurrence.value, stream, series.key, timeline, draft.chance, seasons)


def assignment_of(
    draft: Draft, stream: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.int64]:
    """Return the number of the assignment that each occurrence of a part belongs to, from 0, shape (occurrences,).

    Programmes are dealt out evenly. An occurrence of a part with a rate and no programmes belongs to one by chance.
    """
    assert obligation.part_of is not None
    many = draft.regime.assignments[obligation.part_of].number.value
    if obligation.programmes is None and obligation.recurrence.value.rate is not None:
        u = draft.chance.uniform(stream, "assignment", series.key[found.series], found.slot)
        spare = series.programme[found.series] * many
        return spare + np.floor(u * many).astype(np.int64)
    return series.programme[found.series] * many // max(draft.regime.items(obligation), 1)


def takes_part(
    draft: Draft, obligation: ObligationBase, number: NDArray[np.int64], unit: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return True where the unit takes part in the assignment of that number, shape as `unit`."""
    assignment = draft.regime.assignments.get(obligation.part_of or "")
    if assignment is None or assignment.participating.value >= 1:
        return np.ones(len(unit), dtype=np.bool_)
    u = draft.chance.uniform(f"assignments.{obligation.part_of}", "participating", number, draft.staff.keys[unit])
    return u < assignment.participating.value


def addressed(
    draft: Draft, obligation: ObligationBase, series: Series, found: Occurrences, share: float, stream: str
) -> Addressed:
    """Pair each occurrence with the units it is addressed to; a random `share` of these is called each time."""
    units = draft.staff.units(obligation.on)
    pair = np.repeat(np.arange(len(found)), len(units))
    unit = np.tile(units, len(found))
    caller = series.unit[found.series[pair]]
    if np.any(caller >= 0):
        below = draft.staff.ancestor(units, issuing_type(obligation))
        keep = np.tile(below, len(found)) == caller
        pair, unit = pair[keep], unit[keep]
    if obligation.part_of is not None:
        number = assignment_of(draft, stream, obligation, series, found)
        entered = takes_part(draft, obligation, number[pair], unit)
        pair, unit = pair[entered], unit[entered]
    if share < 1:
        key = series.key[found.series[pair]]
        called = draft.chance.uniform(stream, "called", key, found.slot[pair], draft.staff.keys[unit]) < share
        pair, unit = pair[called], unit[called]
    return Addressed(pair, unit)


def audience_of(draft: Draft, obligation: ObligationBase, series: Series, found: Occurrences) -> NDArray[np.int64]:
    """Return the audience of each occurrence: the unit that calls it, or -1 for all units of the type."""
    caller, callers = series.unit[found.series], draft.staff.units(issuing_type(obligation))
    above = draft.staff.ancestor(draft.staff.units(obligation.on), issuing_type(obligation))
    of_all = [unit for unit in callers if np.all(above == unit)]
    return np.where(np.isin(caller, of_all), -1, caller)


def broadcaster(
    draft: Draft, stream: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.int64]:
    """Return the simulated unit that issues each occurrence, -1 for one outside the slice."""
    caller, issuer = series.unit[found.series], issuing_type(obligation)
    units = draft.staff.units(issuer)
    if is_above(draft, issuer, obligation.on) or not len(units):
        return caller
    place = real_issuer(draft, stream, obligation, series, found)
    return np.where(place < len(units), units[np.minimum(place, len(units) - 1)], -1)


def real_issuer(
    draft: Draft, stream: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.int64]:
    """Return the number of the real unit that issues each occurrence; simulated units have the first numbers."""
    u = draft.chance.uniform(stream, "issuer", series.key[found.series], found.slot)
    number: NDArray[np.int64] = np.floor(u * draft.regime.organisation.real_count(issuing_type(obligation))).astype(
        np.int64
    )
    return number


def overseer(
    draft: Draft, stream: str, issuer: str, unit: NDArray[np.int64], *identity: NDArray[np.int64] | NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return the simulated unit that oversees each unit's own obligation, -1 for one outside the organisation.

    It is the unit above, or one of the departments chosen by `identity` (see `department_key`). Simulated departments
    share the work of the simulated units only. Each stands for several real ones and serves so many fewer units that
    the work per cadre is that of a real department.
    """
    if issuer == OWN:
        return unit
    units = draft.staff.units(issuer)
    if not len(unit) or not len(units):
        return np.full(len(unit), -1, dtype=np.int64)
    if is_above(draft, issuer, draft.staff.types[unit[0]]):
        return draft.staff.ancestor(unit, issuer)
    return units[(combine(text_key(stream), *identity) % np.uint64(len(units))).astype(np.int64)]


def department_key(
    draft: Draft,
    obligation: ObligationBase,
    programme: NDArray[np.int64],
    slot: NDArray[np.int64],
    unit: NDArray[np.int64],
) -> tuple[NDArray[np.int64] | NDArray[np.uint64], ...]:
    """Return the identity columns that decide the department of an occurrence.

    A programme belongs to the same department in every year. Occurrences at a rate are each assigned by themselves; a
    form is one occurrence for all units.
    """
    if obligation.recurrence.value.rate is None:
        return (programme,)
    return (programme, slot) if isinstance(obligation, Report) else (programme, slot, draft.staff.keys[unit])
