"""Usable gaps: stretches of a regular window in which a cadre has no work (rule 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.availability import days_away, shortest_gaps
from sim.contract.plan import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.log import Spans
    from sim.contract.plan import Plan

    Seconds = NDArray[np.int64]


@dataclass(frozen=True)
class Gaps:
    """Gaps, sorted by cadre; all arrays have shape (gaps,)."""

    cadre: Seconds
    begin: Seconds
    length: Seconds


def usable_gaps(plan: Plan, spans: Spans) -> Gaps:
    """Return the gaps that last at least the shortest usable gap of their cadre."""
    roster, shortest, away = plan.roster, shortest_gaps(plan), days_away(plan)
    of_cadre = np.searchsorted(spans.cadre, np.arange(len(shortest) + 1))
    found: list[tuple[Seconds, Seconds, Seconds]] = []
    for cadre in np.flatnonzero(shortest <= DAY).tolist():
        windows = plan.shifts[roster.unit_shift[roster.cadre_unit[cadre]]]
        present = ~windows.evening & ~away[cadre, windows.opens // DAY]
        mine = slice(of_cadre[cadre], of_cadre[cadre + 1])
        begin, length = _gaps(windows.opens[present], windows.closes[present], spans.begin[mine], spans.end[mine])
        usable = length >= shortest[cadre]
        found.append((np.full(int(usable.sum()), cadre), begin[usable], length[usable]))
    none = np.zeros(0, dtype=np.int64)
    return Gaps(*(np.concatenate(column) for column in zip((none, none, none), *found, strict=True)))


def _gaps(opens: Seconds, closes: Seconds, begins: Seconds, ends: Seconds) -> tuple[Seconds, Seconds]:
    """Return begin and length of the stretches of windows that no span covers.

    A gap begins where a window opens or a span ends, and lasts until the next span begins or the window closes.
    """
    start = np.union1d(opens, ends)
    window = np.searchsorted(opens, start, side="right") - 1
    inside = (window >= 0) & (start < np.append(closes, -1)[window])
    start, window = start[inside], window[inside]
    following = np.searchsorted(begins, start, side="right")
    covered = np.append(ends, -1)[following - 1] > start
    until = np.minimum(np.append(begins, np.iinfo(np.int64).max)[following], closes[window])
    return start[~covered], (until - start)[~covered]
