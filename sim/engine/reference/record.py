"""Input and output of the reference engine as plain lists, one entry a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.availability import absence_edges
from sim.contract.log import RunLog, Spans
from sim.engine.reference.accounting import keep_books

if TYPE_CHECKING:
    from sim.contract.plan import Plan


class Rows:
    """The columns of the plan that the engine reads, as lists: reading single items is far faster than from arrays.

    `successors` maps a row to the rows that have it as predecessor.
    """

    def __init__(self, plan: Plan) -> None:
        rows = plan.activities
        self.unit: list[int] = rows.unit.tolist()
        self.team: list[int] = rows.team.tolist()
        self.seats: list[int] = rows.seats.tolist()
        self.release: list[int] = rows.release.tolist()
        self.due: list[int] = rows.due.tolist()
        self.start: list[int] = rows.start.tolist()
        self.effort: list[int] = rows.effort.tolist()
        self.rank: list[int] = rows.rank.tolist()
        self.predecessor: list[int] = rows.predecessor.tolist()
        self.patience: list[int] = rows.patience.tolist()
        self.interruptible: list[bool] = rows.interruptible.tolist()
        self.successors: dict[int, list[int]] = {}
        for row in np.flatnonzero(rows.predecessor >= 0).tolist():
            self.successors.setdefault(self.predecessor[row], []).append(row)


class Record:
    """The events of the run so far, with the meanings of `RunLog`."""

    def __init__(self, size: int) -> None:
        self.start = [-1] * size
        self.finish = [-1] * size
        self.released = [-1] * size
        self.interruptions = [0] * size
        self.missed = [0] * size
        self.gave_up = [False] * size
        self.cadre = [-1] * size
        self.spans: list[tuple[int, int, int, int]] = []
        """Cadre, row, begin, end; not sorted."""

    def close(self, plan: Plan, *, keep_spans: bool) -> RunLog:
        """Return the log of the run."""
        spans = _sorted_spans(self.spans)
        books = keep_books(plan, spans)
        finish, gave_up = np.array(self.finish, dtype=np.int64), np.array(self.gave_up, dtype=np.bool_)
        released = np.array(self.released, dtype=np.int64)
        happened = int(np.sum(released >= 0) + np.sum(finish >= 0) + np.sum(gave_up))
        return RunLog(
            start=np.array(self.start, dtype=np.int64),
            finish=finish,
            released=released,
            interruptions=np.array(self.interruptions, dtype=np.int32),
            missed=np.array(self.missed, dtype=np.int32),
            gave_up=gave_up,
            overtime=books.overtime,
            worked=books.worked,
            cadre=np.array(self.cadre, dtype=np.int64),
            seconds=books.seconds,
            overtime_seconds=books.overtime_seconds,
            idle=books.idle,
            usable=books.usable,
            unit_usable=books.unit_usable,
            events=happened + _window_changes(plan),
            spans=spans if keep_spans else None,
        )


def _sorted_spans(spans: list[tuple[int, int, int, int]]) -> Spans:
    """Return the spans sorted by cadre and begin."""
    cadre, row, begin, end = np.array(spans, dtype=np.int64).reshape(-1, 4).T
    order = np.lexsort((begin, cadre))
    return Spans(cadre[order], row[order], begin[order], end[order])


def _window_changes(plan: Plan) -> int:
    """Count the window changes and absence edges before the horizon, over all units (rules 15 and 16)."""
    changes: list[int] = []
    for windows in plan.shifts:
        instants = np.union1d(windows.opens, windows.closes)
        changes.append(int(np.count_nonzero(instants < plan.horizon)))
    moves: int = sum(len(edges) for edges in absence_edges(plan).values())
    shifts: list[int] = plan.roster.unit_shift.tolist()
    return moves + sum(changes[shift] for shift in shifts)
