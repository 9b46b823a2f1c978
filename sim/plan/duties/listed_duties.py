"""Duties of many kinds: cases, the standing work of each kind, and the three sheets of a list.

Cases are as many as the use of their kind; standing work (readiness, training, reports) arises for every kind. A case
that a department takes back keeps its effort. The standing work of a kind taken back arises once, at the department,
instead of once in every township.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.domain.recurrence import Recurrence
from sim.plan.identity.chance import combine
from sim.plan.identity.kinds import in_order, kinds_of
from sim.plan.identity.occurrences import fall_due
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import issuing_type, overseer, single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import ListedDuties
    from sim.domain.quantity import DurationQ
    from sim.domain.recurrence import Frequency
    from sim.plan.rows.draft import Draft

_BASIC, _ASSISTING, _RECLAIMED = 0, 1, 2


@dataclass(frozen=True)
class _Standing:
    """Standing work of each kind, in calendar slots."""

    name: str
    part: Part
    category: Category
    every: Frequency
    time: DurationQ
    """Time for one kind and slot."""


def plan_listed_duties(draft: Draft, name: str, duties: ListedDuties) -> None:
    """Write the cases and the standing work of all kinds."""
    source = Source(f"obligations.{name}", duties.issuer)
    sheet = _sheets(draft, source, duties)
    _cases(draft, source, duties, sheet)
    for standing in (
        _Standing("standby", Part.ROUTINE, duties.category, "monthly", duties.standby),
        _Standing("reporting", Part.FILL, Category.REPORTS, "quarterly", duties.reporting),
        _Standing("training", Part.ATTEND, Category.MEETINGS, "yearly", duties.training),
    ):
        _at_units(draft, source, duties, sheet, standing)
        if duties.sheets is not None:
            _at_departments(draft, source, duties, sheet, standing)


def _sheets(draft: Draft, source: Source, duties: ListedDuties) -> NDArray[np.int64]:
    """Return the sheet of each kind, shape (kinds,); without a list every kind is on the basic sheet."""
    sheet = np.full(duties.kinds.value, _BASIC)
    if duties.sheets is not None:
        order = in_order(draft.chance, source.name, "sheet", duties.kinds.value, duties.sheets.by_use)
        basic, assisting = duties.sheets.basic.value, duties.sheets.assisting.value
        sheet[order[basic : basic + assisting]] = _ASSISTING
        sheet[order[basic + assisting :]] = _RECLAIMED
    return sheet


def _line_of(duties: ListedDuties, kind: NDArray[np.int64]) -> NDArray[np.int64]:
    return kind * duties.lines.value // duties.kinds.value


def _applies(
    draft: Draft,
    source: Source,
    duties: ListedDuties,
    unit: NDArray[np.int64],
    line: NDArray[np.int64],
    second: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Return True where the list is in force: the department of the line keeps to it, shape as `line`."""
    if duties.sheets is None:
        return np.zeros(len(line), dtype=np.bool_)
    name = source.name.partition(".")[2]
    body = demanding_body(draft, name, duties, unit, line, line)
    identity = (line, draft.staff.keys[unit])
    return Keyed(draft, source.name, identity, second, body, duties.guards).reached(duties.sheets)


def _cases(draft: Draft, source: Source, duties: ListedDuties, sheet: NDArray[np.int64]) -> None:
    """Write each case at the unit that handles it; an assisting duty is divided between unit and department."""
    staff, chance = draft.staff, draft.chance
    series = single_series(draft, duties)
    found = demanded(draft, source.name.partition(".")[2], duties, series)
    unit, programme = series.unit[found.series], series.programme[found.series]
    keys, timeline = staff.keys[unit], staff.timeline(duties.on)
    identity = (programme, found.slot, keys)
    kind = kinds_of(chance.uniform(source.name, "kind", *identity), duties.kinds.value, duties.concentration.value)
    effort = duties.effort.value.quantile(chance.uniform(source.name, "effort", *identity))
    above = np.zeros(len(unit), dtype=np.int64)
    if duties.sheets is not None:
        listed = _applies(draft, source, duties, unit, _line_of(duties, kind), found.second)
        sent_down = chance.uniform(source.name, "leaks", *identity) < duties.sheets.leakage.value
        part = np.rint(effort * duties.sheets.done_above.value).astype(np.int64)
        above = np.where(listed & (sheet[kind] == _ASSISTING), part, above)
        above = np.where(listed & (sheet[kind] == _RECLAIMED) & ~sent_down, effort, above)
    due = timeline.due_after(found.second, duties.due)
    here = above < effort
    draft.add(
        source, Part.HANDLE, duties.category, (programme[here], found.slot[here]),
        unit=unit[here], team=staff.team(unit[here], duties.posts), effort=(effort - above)[here],
        release=found.second[here], due=due[here],
    )  # fmt: skip
    department = overseer(draft, source.name, issuing_type(duties), unit, _line_of(duties, kind))
    there = (above > 0) & (department >= 0)
    draft.add(
        source, Part.HANDLE, duties.category, (programme[there], found.slot[there], keys[there]),
        unit=department[there], team=staff.team(department[there], None), effort=above[there],
        release=found.second[there], due=due[there],
    )  # fmt: skip


def _at_units(
    draft: Draft, source: Source, duties: ListedDuties, sheet: NDArray[np.int64], standing: _Standing
) -> None:
    """Write the standing work at the units, one row a line of business and slot."""
    units, lines = draft.staff.units(duties.on), duties.lines.value
    left = np.ones(len(sheet))
    if duties.sheets is not None:
        left = np.select([sheet == _ASSISTING, sheet == _RECLAIMED], [1 - duties.sheets.done_above.value, 0.0], 1.0)
    line, unit = np.repeat(np.arange(lines), len(units)), np.tile(units, lines)
    _write(draft, source, duties, duties.on, standing, line, unit, (np.ones(len(sheet)), left), duties.posts)


def _at_departments(
    draft: Draft, source: Source, duties: ListedDuties, sheet: NDArray[np.int64], standing: _Standing
) -> None:
    """Write the standing work of kinds taken back, once at a department for all units."""
    sheets, issuer = duties.sheets, issuing_type(duties)
    units = draft.staff.units(issuer)
    if sheets is None or not len(units):
        return
    taken = np.select([sheet == _ASSISTING, sheet == _RECLAIMED], [sheets.done_above.value, 1.0], 0.0)
    lot = draft.chance.uniform(source.name, "department", np.arange(duties.lines.value))
    place = np.floor(lot * draft.regime.organisation.real_count(issuer)).astype(np.int64)
    line = np.flatnonzero(place < len(units))
    _write(draft, source, duties, issuer, standing, line, units[place[line]], (np.zeros(len(sheet)), taken), None)


def _write(
    draft: Draft,
    source: Source,
    duties: ListedDuties,
    unit_type: str,
    standing: _Standing,
    line: NDArray[np.int64],
    unit: NDArray[np.int64],
    parts: tuple[NDArray[np.float64], NDArray[np.float64]],
    posts: tuple[str, ...] | None,
) -> None:
    """Write a row for each line, unit and slot; `parts` are the parts of each kind without and with the list in force.

    Each array of `parts` has shape (kinds,).
    """
    staff, timeline = draft.staff, draft.staff.timeline(unit_type)
    stream = f"{source.name}.{standing.name}"
    found = fall_due(
        Recurrence(every=standing.every), stream, combine(0, line, staff.keys[unit]), timeline, draft.chance, {}
    )
    mine, second = found.series, found.second
    of_kind = _line_of(duties, np.arange(duties.kinds.value))
    before, after = (np.bincount(of_kind, part, minlength=duties.lines.value) for part in parts)
    listed = _applies(draft, source, duties, unit[mine], line[mine], second)
    count = np.where(listed, after[line[mine]], before[line[mine]])
    effort = np.rint(count * int(standing.time.value)).astype(np.int64)
    kept = effort > 0
    mine, second = mine[kept], second[kept]
    draft.add(
        source, standing.part, standing.category, (line[mine], found.slot[kept]),
        unit=unit[mine], team=staff.team(unit[mine], posts), effort=effort[kept], release=second,
        due=timeline.due_after(second, draft.lags.standing_done.value),
    )  # fmt: skip
