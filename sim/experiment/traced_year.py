"""A simulated year in which one cadre can be followed: the spans of a week, travel, overtime and free time."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sim.compiling.functions import LARGE
from sim.contract.availability import shortest_gaps
from sim.contract.plan import DAY, TRAVEL_CATEGORY, Activities, Plan
from sim.domain.category import CATEGORIES
from sim.engine.simulate import simulate
from sim.errors import EngineFault, UsageError
from sim.experiment.comparison import WeekSpan
from sim.metrics.hours import FORMAL, OUTREACH, UNASSIGNED
from sim.plan.year import plan_year

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.plan import Windows
    from sim.contract.setting import Setting
    from sim.domain.regime import Regime
    from sim.engine.simulate import Engine

WEEK = 7 * DAY


@dataclass(frozen=True)
class TracedYear:
    """A simulated year, reduced to the arrays that choose a cadre and trace the cadre's time."""

    plan: Plan
    released: NDArray[np.int64]
    """Second at which each activity was released, as in the log."""
    formality: NDArray[np.int64]
    """Seconds of each cadre in each week, shape (cadres, weeks)."""

    @property
    def setting(self) -> Setting:
        """Names of the plan."""
        if self.plan.setting is None:
            raise UsageError(zh="该计划没有人员名称", en="this plan has no names")
        return self.plan.setting

    def spans_of(self, cadre: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return row, begin and end of each span of a cadre, in order.

        Only the cadre's unit is simulated again, with its spans. Work from other units is released at the second at
        which the whole year released it; units depend on each other in no other way. The spans of all units would take
        half the memory.
        """
        unit, rows = int(self.plan.roster.cadre_unit[cadre]), self.plan.activities
        first, last = np.searchsorted(rows.unit, (unit, unit + 1)).tolist()
        own = Activities(**{f.name: getattr(rows, f.name)[first:last] for f in fields(rows)})
        inside = own.predecessor >= first
        inside &= own.predecessor < last
        released = np.where(self.released[first:last] >= 0, self.released[first:last], self.plan.horizon)
        own = replace(
            own,
            release=np.where((own.predecessor >= 0) & ~inside, released, own.release),
            predecessor=np.where(inside, own.predecessor - first, -1),
        )
        # A large year has loaded numba already, so numba is used for one unit as well.
        engine: Engine = "compiled" if len(rows) >= LARGE else "auto"
        spans = simulate(replace(self.plan, activities=own), engine=engine, keep_spans=True).spans
        if spans is None:
            raise EngineFault("a run kept no spans although it was asked to")
        his = spans.cadre == cadre
        return spans.row[his] + first, spans.begin[his], spans.end[his]


def trace_year(regime: Regime, root: int, replication: int, engine: Engine) -> TracedYear:
    """Simulate one year to follow one of its cadres."""
    plan = plan_year(regime, root, replication)
    log = simulate(plan, engine=engine)
    return TracedYear(plan, log.released.copy(), log.seconds[:, :, FORMAL].sum(axis=2))


def _bounds(plan: Plan, week: int) -> tuple[int, int]:
    begin = (7 * week - plan.first_weekday) * DAY
    return begin, begin + WEEK


def _windows(plan: Plan, cadre: int) -> Windows:
    return plan.shifts[int(plan.roster.unit_shift[plan.roster.cadre_unit[cadre]])]


def regular_windows(plan: Plan, cadre: int, week: int) -> tuple[tuple[int, int], ...]:
    """Return the regular windows of a cadre's week, in seconds since its Monday."""
    begin, end = _bounds(plan, week)
    windows = _windows(plan, cadre)
    inside = (windows.opens >= begin) & (windows.opens < end) & ~windows.evening
    pairs = zip(windows.opens[inside].tolist(), windows.closes[inside].tolist(), strict=True)
    return tuple((opens - begin, closes - begin) for opens, closes in pairs)


def week_spans(year: TracedYear, cadre: int, week: int) -> tuple[WeekSpan, ...]:
    """Return a cadre's spans of one week, free regular time included, in order."""
    begin, end = _bounds(year.plan, week)
    regular = regular_windows(year.plan, cadre, week)
    spans = zip(*(column.tolist() for column in year.spans_of(cadre)), strict=True)
    worked = [
        piece for row, first, last in spans if last > begin and first < end for piece in _pieces(year, row, first, last)
    ]
    cut = [
        WeekSpan(max(first, begin) - begin, min(last, end) - begin, category, name, overtime=False)
        for first, last, category, name in worked
        if last > begin and first < end
    ]
    booked = [part for span in cut for part in _split_overtime(span, regular)]
    shortest = int(shortest_gaps(year.plan)[cadre])
    gaps = _gaps(regular, [(span.begin, span.end) for span in cut])
    free = [part for gap in gaps for part in _used(gap, shortest, year.setting.outreach)]
    return tuple(sorted(booked + free, key=lambda span: (span.begin, span.end)))


def _pieces(year: TracedYear, row: int, begin: int, end: int) -> list[tuple[int, int, str, str]]:
    """Split a span of an appointment into travel there, the appointment, and travel back."""
    rows = year.plan.activities
    name = year.setting.obligations[rows.obligation[row]].partition(".")[2]
    category = CATEGORIES[rows.category[row]].value
    travel = int(rows.travel[row])
    there, back = travel - travel // 2, travel // 2
    road = CATEGORIES[TRAVEL_CATEGORY[rows.category[row]]].value
    pieces = [
        (begin, begin + there, road, name),
        (begin + there, end - back, category, name),
        (end - back, end, road, name),
    ]
    return [piece for piece in pieces if piece[1] > piece[0]]


def _split_overtime(span: WeekSpan, regular: tuple[tuple[int, int], ...]) -> list[WeekSpan]:
    """Cut a span at the beginning and end of regular hours."""
    edges = sorted({span.begin, span.end, *(e for w in regular for e in w if span.begin < e < span.end)})
    return [
        WeekSpan(
            first,
            last,
            span.category,
            span.obligation,
            overtime=not any(opens <= first and last <= closes for opens, closes in regular),
        )
        for first, last in pairwise(edges)
    ]


def _gaps(regular: tuple[tuple[int, int], ...], busy: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches of regular windows without work."""
    gaps = []
    for opens, closes in regular:
        at = opens
        for first, last in sorted(busy):
            if last <= at or first >= closes:
                continue
            if first > at:
                gaps.append((at, first))
            at = max(at, last)
        if at < closes:
            gaps.append((at, closes))
    return gaps


def _used(gap: tuple[int, int], shortest: int, share: float) -> list[WeekSpan]:
    """Cut a usable gap into outreach, the first `share` of it, and unassigned time; a shorter gap is all unassigned."""
    begin, end = gap
    turn = begin + int(share * (end - begin)) if end - begin >= shortest else begin
    parts = ((begin, turn, OUTREACH), (turn, end, UNASSIGNED))
    return [WeekSpan(first, last, name, "", overtime=False) for first, last, name in parts if last > first]
