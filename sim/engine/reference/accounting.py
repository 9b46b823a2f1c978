"""The books: sums of the spans of a run by cadre, week, category, unit, day and row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.availability import available_seconds
from sim.contract.plan import DAY, TRAVEL_CATEGORY
from sim.domain.category import CATEGORIES
from sim.engine.reference.gaps import usable_gaps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.log import Spans
    from sim.contract.plan import Plan, Windows

    Seconds = NDArray[np.int64]


@dataclass(frozen=True)
class Books:
    """Sums of a run in seconds; the fields have the meanings and shapes of those in `RunLog`."""

    worked: Seconds
    overtime: Seconds
    seconds: Seconds
    overtime_seconds: Seconds
    idle: Seconds
    usable: Seconds
    unit_usable: Seconds


@dataclass(frozen=True)
class _Pieces:
    """Pieces of spans, each within one category and one day."""

    cadre: Seconds
    row: Seconds
    begin: Seconds
    end: Seconds
    category: Seconds


def keep_books(plan: Plan, spans: Spans) -> Books:
    """Return the sums of all spans of a run (rules 12 and 13)."""
    roster = plan.roster
    pieces = _cut_at_midnight(_cut_off_travel(plan, spans))
    day = pieces.begin // DAY
    week = (day + plan.first_weekday) // 7
    shift = roster.unit_shift[roster.cadre_unit[pieces.cadre]]
    worked = pieces.end - pieces.begin
    regular = np.zeros_like(worked)
    for index, windows in enumerate(plan.shifts):
        here = shift == index
        regular[here] = _regular_before(windows, pieces.end[here]) - _regular_before(windows, pieces.begin[here])

    rows, cadres, units = len(plan.activities), len(roster.cadre_unit), len(roster.unit_shift)
    overtime, gaps = worked - regular, usable_gaps(plan, spans)
    gap_day = gaps.begin // DAY
    return Books(
        worked=_total((rows,), (pieces.row,), worked),
        overtime=_total((rows,), (pieces.row,), overtime),
        seconds=_total(
            (cadres, plan.weeks, len(CATEGORIES)),
            (pieces.cadre, week, pieces.category),
            worked,
        ),
        overtime_seconds=_total((cadres, plan.weeks), (pieces.cadre, week), overtime),
        idle=available_seconds(plan) - _total((cadres, plan.weeks), (pieces.cadre, week), regular),
        usable=_total((cadres, plan.weeks), (gaps.cadre, (gap_day + plan.first_weekday) // 7), gaps.length),
        unit_usable=_total((units, plan.days), (roster.cadre_unit[gaps.cadre], gap_day), gaps.length),
    )


def _total(shape: tuple[int, ...], place: tuple[NDArray[np.integer], ...], amount: Seconds) -> Seconds:
    """Return an array of `shape` in which each amount is added at its place."""
    total = np.zeros(shape, dtype=np.int64)
    np.add.at(total, place, amount)
    return total


def _cut_off_travel(plan: Plan, spans: Spans) -> _Pieces:
    """Cut each appointment into travel there, the appointment itself, and travel back; drop empty pieces."""
    rows = plan.activities
    travel = rows.travel[spans.row]
    arrival = spans.begin + (travel - travel // 2)
    departure = np.where(travel > 0, spans.begin + rows.effort[spans.row] - travel // 2, spans.end)
    cuts = np.stack((spans.begin, arrival, departure, spans.end)).clip(max=spans.end)
    own = rows.category[spans.row].astype(np.int64)
    road = TRAVEL_CATEGORY[own]
    begin, end, category = cuts[:-1].ravel(), cuts[1:].ravel(), np.concatenate((road, own, road))
    some = end > begin
    return _Pieces(np.tile(spans.cadre, 3)[some], np.tile(spans.row, 3)[some], begin[some], end[some], category[some])


def _cut_at_midnight(pieces: _Pieces) -> _Pieces:
    """Cut each piece that crosses midnight, so that every piece lies in one day."""
    first = pieces.begin // DAY
    days = (pieces.end - 1) // DAY - first + 1
    source = np.repeat(np.arange(len(days)), days)
    ordinal = np.arange(len(source)) - np.repeat(np.cumsum(days) - days, days)
    midnight = (first[source] + ordinal) * DAY
    return _Pieces(
        pieces.cadre[source],
        pieces.row[source],
        np.maximum(pieces.begin[source], midnight),
        np.minimum(pieces.end[source], midnight + DAY),
        pieces.category[source],
    )


def _regular_before(windows: Windows, instants: Seconds) -> Seconds:
    """Return, for each instant, the seconds of regular windows before it."""
    opens, closes = windows.opens[~windows.evening], windows.closes[~windows.evening]
    if not len(opens):
        return np.zeros_like(instants)
    length = closes - opens
    before = np.cumsum(length) - length
    window = np.searchsorted(opens, instants, side="right") - 1
    inside = np.minimum(instants - opens[window], length[window])
    return np.where(window < 0, 0, before[window] + inside)
