"""Conversion of a plan to the kernel's tables, and of these to the log."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.availability import available_seconds
from sim.contract.log import RunLog, Spans
from sim.contract.plan import DAY, Activities, Plan, Roster, Windows
from sim.domain.category import CATEGORIES
from sim.engine.compiled import kernel_tables as at
from sim.engine.compiled.kernel_groups import lay_out_groups
from sim.engine.compiled.kernel_roster import (
    Lists,
    lay_out_cadres,
    lay_out_rounds,
    lay_out_teams,
    lay_out_units,
    lay_out_windows,
)
from sim.engine.compiled.kernel_tables import Rules, World
from sim.errors import EngineFault

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_BITS = 62
"""Bits that a key may have, so that `no_key` above the largest still fits."""


def set_up(plan: Plan, *, room: int) -> World:
    """Return the tables of a plan before its first second, with room for `room` spans (0: spans are not kept)."""
    rows, roster = plan.activities, plan.roster
    size, cadres = len(rows), len(roster.cadre_unit)
    lists = Lists()
    units = lay_out_units(plan, lists)
    linked = bool(rows.predecessor.max(initial=-1) >= 0)
    bits = int(np.diff(units[:, at.FIRST_ROW], append=size).max()).bit_length()
    order, due_bits = _order(plan, bits)
    rank_bits = due_bits + bits
    last_rank = int(order.max(initial=0)) >> rank_bits
    no_key = (last_rank + 1) << rank_bits
    tables: dict[str, Any] = {
        "rows": _columns(rows, order),
        "links": np.full((at.LINK_COLUMNS, size if linked else 0), -1, dtype=np.int64),
        "log": _log(rows),
        "counts": np.zeros((at.COUNT_COLUMNS, size), dtype=np.int32),
        "heaps": np.empty((at.HEAP_COLUMNS, size), dtype=np.int64),
        "cadres": lay_out_cadres(plan, lists),
        "teams": lay_out_teams(plan, lists, no_key),
        "units": units,
        "windows": lay_out_windows(plan),
        "groups": lay_out_groups(plan, lists),
        "rounds": lay_out_rounds(plan),
        "seconds": np.zeros(cadres * plan.weeks * len(CATEGORIES), dtype=np.int64),
        "weeks": _weeks(plan),
        "unit_usable": np.zeros(len(units) * plan.days, dtype=np.int64),
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
        rank_bits=rank_bits,
        impatient=int(rows.patience.max(initial=-1) >= 0),
        no_key=no_key,
        weakest=last_rank << rank_bits if plan.preemptive else 0,
        keep_spans=int(room > 0),
    )
    return World(**tables, rules=rules)


def _columns(rows: Activities, order: Any) -> Any:
    """Return the columns of the plan; a column that already has the kernel's type is not copied."""
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
    """Return an empty log."""
    log = np.empty((at.LOG_COLUMNS, len(rows)), dtype=np.int64)
    log[: at.BY + 1] = -1
    log[at.OVERTIME : at.WORKED + 1] = 0
    log[at.LEFT] = rows.effort
    return log


def _weeks(plan: Plan) -> Any:
    """Return overtime, idle and usable seconds by cadre and week; idle starts as the time available."""
    roster = plan.roster
    weeks = np.zeros((3, len(roster.cadre_unit) * plan.weeks), dtype=np.int64)
    weeks[at.IDLE] = available_seconds(plan).ravel()
    return weeks


def _column(column: NDArray[Any], dtype: Any) -> Any:
    """Return the column as `dtype`, contiguous and writeable; copy only if it is not so already."""
    return np.require(column, dtype=dtype, requirements=("C", "W"))


def _order(plan: Plan, bits: int) -> tuple[Any, int]:
    """Return the part of each row's key above the arrival number, made of rank and due, and the number of due bits.

    Raises:
        EngineFault: rank, due and arrival number need more than `MOST_BITS` bits.
    """
    rows = plan.activities
    if not len(rows):
        return rows.release, 0
    rank: Any = np.subtract(rows.rank, rows.rank.min(), dtype=np.int64)
    if plan.discipline == "first_come" and int(rank.max()).bit_length() + bits <= MOST_BITS:
        rank <<= bits
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
            rank <<= bits
            return rank, due_bits
        rank, due = (np.unique(column, return_inverse=True)[1] for column in (rank, due))
    raise EngineFault("plan: too many rows, ranks and due dates for one key")


def empty_plan() -> Plan:
    """Return a plan of one day and one cadre without work."""
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
    """Return the tables as Python lists, because plain Python reads single items of a list far faster.

    Constant columns are repeated, not converted: converting them would take a tenth of the run.
    """
    arrays: dict[str, Any] = world._asdict()
    rules, log = arrays.pop("rules"), arrays.pop("log")
    counts, heaps, spans = (arrays.pop(name) for name in ("counts", "heaps", "spans"))
    lists: dict[str, Any] = {name: table.tolist() for name, table in arrays.items() if name != "rows"}
    lists["rows"] = [_list(column) for column in world.rows]
    size = log.shape[1]
    lists["log"] = [[-1] * size if place <= at.BY else [0] * size for place in range(at.LEFT)]
    lists["log"].append(lists["rows"][at.EFFORT].copy())
    lists |= {name: _zeros(table) for name, table in (("counts", counts), ("heaps", heaps), ("spans", spans))}
    return World(**lists, rules=rules)


def _list(column: Any) -> Any:
    same = len(column) > 0 and column.min() == column.max()
    return column[:1].tolist() * len(column) if same else column.tolist()


def _zeros(table: NDArray[Any]) -> list[list[int]]:
    return [[0] * table.shape[1] for _ in range(len(table))]


def write_log(plan: Plan, world: World) -> RunLog:
    """Return the log that the tables hold after the last second."""
    roster = plan.roster
    cadres, units = len(roster.cadre_unit), len(roster.unit_shift)
    weeks = np.asarray(world.weeks, dtype=np.int64).reshape(3, cadres, plan.weeks)
    finish = _read(world.log[at.FINISHED])
    return RunLog(
        start=_read(world.log[at.BEGUN]),
        finish=finish,
        released=_read(world.log[at.RELEASED]),
        interruptions=_read(world.counts[at.INTERRUPTIONS], np.int32),
        missed=_read(world.counts[at.MISSED], np.int32),
        gave_up=_read(world.counts[at.GAVE_UP], np.int32) > 0,
        overtime=_read(world.log[at.OVERTIME]),
        worked=_read(world.log[at.WORKED]),
        cadre=_read(world.log[at.BY]),
        seconds=_read(world.seconds).reshape(cadres, plan.weeks, len(CATEGORIES)),
        overtime_seconds=weeks[at.OVERTIME_SECONDS],
        idle=weeks[at.IDLE],
        usable=weeks[at.USABLE],
        unit_usable=_read(world.unit_usable).reshape(units, plan.days),
        events=int(np.asarray(world.units)[:, [at.EVENTS, at.ARRIVALS]].sum()) + int(np.count_nonzero(finish >= 0)),
        spans=_sorted(world) if world.rules.keep_spans else None,
    )


def _read(column: Any, dtype: Any = np.int64) -> Any:
    """Return a column as an array. Lists: use `fromiter`; skip all-zero lists."""
    if not isinstance(column, list):
        return column
    return np.fromiter(column, dtype, len(column)) if any(column) else np.zeros(len(column), dtype)


def _sorted(world: World) -> Spans:
    columns = np.asarray(world.spans, dtype=np.int64)[:, : world.span_count[0]]
    # One sort key is far faster than two columns; no two spans of a cadre begin at the same second.
    order = np.argsort(columns[at.SPAN_CADRE] * world.rules.horizon + columns[at.SPAN_BEGIN])
    return Spans(*(column[order] for column in columns))
