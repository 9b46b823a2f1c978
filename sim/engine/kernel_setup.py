"""From a plan to the kernel's tables, and from those to the log."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.domain.category import CATEGORIES
from sim.engine import kernel_tables as at
from sim.engine.availability import available_by_day, available_seconds
from sim.engine.contract import DAY, Activities, Plan, Roster, RunLog, Spans, Windows
from sim.engine.kernel_groups import lay_out_groups
from sim.engine.kernel_roster import (
    Lists,
    lay_out_cadres,
    lay_out_rounds,
    lay_out_teams,
    lay_out_units,
    lay_out_windows,
)
from sim.engine.kernel_tables import Rules, World
from sim.errors import EngineFault

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_BITS = 62
"""Bits of a key, so that the largest stays below `NEVER`."""


def set_up(plan: Plan, *, room: int) -> World:
    """Lay a plan out in arrays, before its first second; `room` for so many spans, none where they are not wanted."""
    rows, roster = plan.activities, plan.roster
    size, cadres = len(rows), len(roster.cadre_unit)
    lists = Lists()
    units = lay_out_units(plan, lists)
    linked = bool(rows.predecessor.max(initial=-1) >= 0)
    bits = int(np.diff(units[:, at.FIRST_ROW], append=size).max()).bit_length()
    order, due_bits = _order(plan, bits)
    tables: dict[str, Any] = {
        "rows": _columns(rows, order),
        "links": np.full((at.LINK_COLUMNS, size if linked else 0), -1, dtype=np.int64),
        "log": _log(rows),
        "counts": np.zeros((at.COUNT_COLUMNS, size), dtype=np.int32),
        "heaps": np.empty((at.HEAP_COLUMNS, size), dtype=np.int64),
        "cadres": lay_out_cadres(plan, lists),
        "teams": lay_out_teams(plan, lists),
        "units": units,
        "windows": lay_out_windows(plan),
        "groups": lay_out_groups(plan, lists),
        "rounds": lay_out_rounds(plan),
        "seconds": np.zeros(cadres * plan.weeks * len(CATEGORIES), dtype=np.int64),
        "weeks": _weeks(plan),
        "unit_idle": available_by_day(plan).ravel(),
        "spans": np.empty((at.SPAN_COLUMNS, room), dtype=np.int64),
        "span_count": np.zeros(1, dtype=np.int64),
        "lists": lists.line(),
    }
    rules = Rules(
        horizon=plan.horizon,
        preemptive=int(plan.preemptive),
        switching_cost=plan.switching_cost,
        first_weekday=plan.first_weekday,
        days=plan.days,
        weeks=plan.weeks,
        categories=len(CATEGORIES),
        bits=bits,
        rank_bits=due_bits + bits,
        impatient=int(rows.patience.max(initial=-1) >= 0),
        weakest=(int(order.max(initial=0)) >> due_bits) << (due_bits + bits) if plan.preemptive else 0,
        keep_spans=int(room > 0),
    )
    return World(**tables, rules=rules)


def _columns(rows: Activities, order: Any) -> Any:
    """Give the columns of the plan as they are where they are as the kernel is compiled for."""
    narrow, wide = np.int32, np.int64
    return (
        _column(rows.unit, narrow),
        _column(rows.team, narrow),
        _column(rows.seats, narrow),
        _column(rows.release, wide),
        _column(rows.due, wide),
        _column(rows.start, wide),
        _column(rows.effort, wide),
        _column(rows.travel, wide),
        _column(rows.patience, wide),
        _column(rows.interruptible, np.bool_),
        _column(rows.category, narrow),
        _column(order, wide),
        _column(rows.predecessor, wide),
    )


def _log(rows: Activities) -> Any:
    """Lay out the log; nothing has happened."""
    log = np.empty((at.LOG_COLUMNS, len(rows)), dtype=np.int64)
    log[: at.BY + 1] = -1
    log[at.OVERTIME : at.WORKED + 1] = 0
    log[at.LEFT] = rows.effort
    return log


def _weeks(plan: Plan) -> Any:
    """Idle time begins as the time available; work will be taken off it."""
    roster = plan.roster
    weeks = np.zeros((2, len(roster.cadre_unit) * plan.weeks), dtype=np.int64)
    weeks[at.IDLE] = available_seconds(plan).ravel()
    return weeks


def _column(column: NDArray[Any], dtype: Any) -> Any:
    """Give a column of the plan as it is, if it is as the kernel is compiled for."""
    return np.require(column, dtype=dtype, requirements=("C", "W"))


def _order(plan: Plan, bits: int) -> tuple[Any, int]:
    """Fold rank and due into one number, and tell how many of its bits are the due's."""
    rows = plan.activities
    if not len(rows):
        return rows.release, 0
    rank: Any = np.subtract(rows.rank, rows.rank.min(), dtype=np.int64)
    if plan.discipline == "first_come" and int(rank.max()).bit_length() + bits <= MOST_BITS:
        return rank, 0
    due: Any = np.zeros(1, dtype=np.int64)
    if plan.discipline == "earliest_due":
        due = rows.due.astype(np.int64)
        due[due < 0] = due.max() + 1
    for _ in range(2):
        due_bits = int(due.max()).bit_length()
        if int(rank.max()).bit_length() + due_bits + bits <= MOST_BITS:
            rank <<= due_bits
            rank |= due
            return rank, due_bits
        rank, due = (np.unique(column, return_inverse=True)[1] for column in (rank, due))
    raise EngineFault("plan: too many rows, ranks and due dates for one key")


def empty_plan() -> Plan:
    """Give a plan of one cadre without work."""
    none, one = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int32)
    columns: dict[str, Any] = {f.name: none for f in fields(Activities)}
    return Plan(
        activities=Activities(**columns),
        roster=Roster(one, one, one, np.arange(2, dtype=np.int32), one),
        shifts=(Windows(none, none, none.astype(np.bool_)),),
        horizon=DAY,
        first_weekday=0,
        discipline="first_come",
        preemptive=False,
        switching_cost=0,
    )


def as_lists(world: World) -> World:
    """Give plain Python lists, which it reads one by one far faster than arrays."""
    arrays: dict[str, Any] = world._asdict()
    rules = arrays.pop("rules")
    lists: dict[str, Any] = {
        name: [column.tolist() for column in table] if isinstance(table, tuple) else table.tolist()
        for name, table in arrays.items()
    }
    return World(**lists, rules=rules)


def write_log(plan: Plan, world: World) -> RunLog:
    """Read the log off the tables after the last second."""
    roster = plan.roster
    cadres, units = len(roster.cadre_unit), len(roster.unit_shift)
    weeks = np.asarray(world.weeks, dtype=np.int64).reshape(2, cadres, plan.weeks)

    log, counts = np.asarray(world.log, dtype=np.int64), np.asarray(world.counts, dtype=np.int32)
    return RunLog(
        start=log[at.BEGUN],
        finish=log[at.FINISHED],
        released=log[at.RELEASED],
        interruptions=counts[at.INTERRUPTIONS],
        missed=counts[at.MISSED],
        gave_up=counts[at.GAVE_UP] > 0,
        overtime=log[at.OVERTIME],
        worked=log[at.WORKED],
        cadre=log[at.BY],
        seconds=np.asarray(world.seconds, dtype=np.int64).reshape(cadres, plan.weeks, len(CATEGORIES)),
        overtime_seconds=weeks[at.OVERTIME_SECONDS],
        idle=weeks[at.IDLE],
        unit_idle=np.asarray(world.unit_idle, dtype=np.int64).reshape(units, plan.days),
        events=int(np.asarray(world.units)[:, [at.EVENTS, at.ARRIVALS]].sum()),
        spans=_sorted(world) if world.rules.keep_spans else None,
    )


def _sorted(world: World) -> Spans:
    columns = np.asarray(world.spans, dtype=np.int64)[:, : world.span_count[0]]
    # One number is sorted far sooner than two columns, and no two spans of a cadre begin at once.
    order = np.argsort(columns[at.SPAN_CADRE] * world.rules.horizon + columns[at.SPAN_BEGIN])
    return Spans(*(column[order] for column in columns))
