"""The canonical workload "cadre-week": offices of five cadres, Monday to Friday from 9 to 17, about 65 % loaded."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY, Activities, Plan, Roster, Windows
from sim.contract.setting import Problems, Setting
from sim.domain.category import CATEGORIES, Category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

HOUR = 3_600
STAFF = 5
OPENS, CLOSES = 9 * HOUR, 17 * HOUR
OFFICE_DAYS = 5
BLOCK = 20
"""Units drawn together: their rows fit into the processor's cache."""


@dataclass(frozen=True)
class Stream:
    """One kind of work, falling due at random in office hours."""

    per_day: float
    """Mean number per unit and working day."""
    minutes: float
    """Mean effort of one cadre, lognormal."""
    rank: int
    category: Category
    due_days: int = -1
    seats: int = 0
    """Seats of an appointment on the hour; 0 for flexible work."""
    ahead_days: int = 0
    """Days before the appointments of the previous stream at which the work is released; 0 if it does not depend on
    it."""


STREAMS = (
    Stream(15, 45, 3, Category.SERVICE),
    Stream(3, 95, 1, Category.REPORTS, due_days=3),
    Stream(3, 50, 0, Category.REPORTS, due_days=1),
    Stream(5, 30, 2, Category.DOCUMENTS),
    Stream(0.75, 80, 0, Category.MEETINGS, seats=5),
    Stream(0.2, 150, 0, Category.INSPECTIONS, seats=3),
    Stream(0.2, 240, 1, Category.INSPECTIONS, due_days=3, ahead_days=3),
)
NARROW = ("unit", "team", "seats", "rank", "category", "obligation", "issuer", "part")
"""Columns of 32 bits."""


def cadre_week(units: int, weeks: int, seed: int = 1) -> Plan:
    """Draw the workload for these units and weeks, block by block."""
    blocks = [_activities(first, min(BLOCK, units - first), weeks, seed) for first in range(0, units, BLOCK)]
    return _plan(_joined(blocks), units, weeks)


def cadre_weeks(units: int, weeks: int, seed: int = 1) -> Iterator[Plan]:
    """Draw the same workload as plans of one block each, so that memory does not grow with the units."""
    for first in range(0, units, BLOCK):
        yield cadre_block(first, min(BLOCK, units - first), weeks, seed)


def cadre_block(first: int, units: int, weeks: int, seed: int = 1) -> Plan:
    """Draw one block as a plan of its own; `first` is a multiple of `BLOCK`."""
    return _plan(_activities(first, units, weeks, seed, base=first), units, weeks)


def _plan(activities: Activities, units: int, weeks: int) -> Plan:
    return Plan(
        activities=activities,
        roster=_roster(units),
        shifts=(_office_hours(weeks),),
        horizon=weeks * 7 * DAY,
        first_weekday=0,
        discipline="first_come",
        preemptive=True,
        switching_cost=0,
        setting=_setting(units, len(activities)),
    )


def _roster(units: int) -> Roster:
    """Return a roster with one team a unit, of all its cadres."""
    return Roster(
        unit_shift=np.zeros(units, dtype=np.int32),
        cadre_unit=np.repeat(np.arange(units, dtype=np.int32), STAFF),
        team_unit=np.arange(units, dtype=np.int32),
        team_offset=np.arange(0, (units + 1) * STAFF, STAFF, dtype=np.int32),
        team_members=np.arange(units * STAFF, dtype=np.int32),
    )


def _office_hours(weeks: int) -> Windows:
    """Return windows from Monday to Friday."""
    days = np.arange(weeks * 7)
    midnights = days[days % 7 < OFFICE_DAYS] * DAY
    return Windows(midnights + OPENS, midnights + CLOSES, np.zeros(len(midnights), dtype=np.bool_))


def _setting(units: int, rows: int) -> Setting:
    """Return the names that the metrics need; the year 2024 begins on a Monday."""
    none, zero = np.zeros(0, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    return Setting(
        year=2024,
        unit_names=tuple(f"office.{unit}" for unit in range(units)),
        unit_types=("office",) * units,
        roles=("cadre",),
        cadre_role=np.zeros(units * STAFF, dtype=np.int64),
        cadre_names=tuple(f"office.{unit}/cadre.{cadre}" for unit in range(units) for cadre in range(STAFF)),
        represents=np.ones(units * STAFF, dtype=np.int64),
        week_seconds=np.array([OFFICE_DAYS * (CLOSES - OPENS)]),
        obligations=("demand.work",),
        kinds=("service_request",),
        issuers=("office",),
        service_level=np.array([-1]),
        fields=zero,
        reentered=zero,
        home_visit=HOUR,
        outreach=0.5,
        hourly_cost=0.0,
        problems=Problems(none, none, none, none, none, none, none, none, ()),
    )


def _joined(blocks: list[Activities]) -> Activities:
    """Join blocks, one after the other."""
    return Activities(**{f.name: np.concatenate([getattr(b, f.name) for b in blocks]) for f in fields(Activities)})


def _activities(first: int, units: int, weeks: int, seed: int, base: int = 0) -> Activities:
    """Draw every stream of a block, sorted into the plan's order; units are numbered from `first` - `base`."""
    rng = np.random.Generator(np.random.SFC64([seed, first]))
    streams: list[dict[str, Any]] = []
    for stream in STREAMS:
        streams.append(_draw(stream, units, weeks, rng, streams))
    columns = {name: np.concatenate([drawn[name] for drawn in streams]) for name in streams[0]}
    size = len(columns["unit"])
    # Rows of one unit and second stay in the order of the streams: the row's number is the last part of the key.
    order = np.sort((columns["unit"] * (weeks * 7 * DAY) + columns["release"] << 20) | np.arange(size)) & (1 << 20) - 1
    columns = {name: column[order] for name, column in columns.items()}
    columns["unit"] += first - base
    columns["team"] = columns["unit"]
    columns["identity"] = np.arange(size, dtype=np.uint64) + np.uint64(first << 20)
    columns |= {name: np.full(size, -1, dtype=np.int64) for name in ("predecessor", "patience", "issuer")}
    columns |= {name: np.zeros(size, dtype=np.int64) for name in ("travel", "obligation", "part")}
    columns["interruptible"] = np.ones(size, dtype=np.bool_)
    return Activities(**{name: _narrow(column) if name in NARROW else column for name, column in columns.items()})


def _narrow(column: NDArray[np.int64]) -> NDArray[np.int32]:
    return column.astype(np.int32)


def _draw(
    stream: Stream, units: int, weeks: int, rng: np.random.Generator, drawn: list[dict[str, Any]]
) -> dict[str, Any]:
    """Draw one stream as columns."""
    days = weeks * OFFICE_DAYS
    size = int(rng.poisson(stream.per_day * units * days))
    unit, day = rng.integers(0, units, size), rng.integers(0, days, size)
    second = rng.integers(OPENS, CLOSES, size)
    if stream.seats:
        second = second // HOUR * HOUR
    release = (day + day // OFFICE_DAYS * 2) * DAY + second
    if stream.ahead_days:
        unit, release = drawn[-1]["unit"], np.maximum(drawn[-1]["start"] - stream.ahead_days * DAY, 0)
        size = len(unit)
    effort = np.maximum(rng.lognormal(np.log(stream.minutes * 60) - 0.125, 0.5, size), 1)
    return {
        "unit": unit,
        "seats": rng.integers(1, stream.seats, size, endpoint=True) if stream.seats else _same(1, size),
        "release": release,
        "start": release if stream.seats else _same(-1, size),
        "due": release + stream.due_days * DAY if stream.due_days >= 0 else _same(-1, size),
        "effort": effort.astype(np.int64),
        "rank": _same(stream.rank, size),
        "category": _same(CATEGORIES.index(stream.category), size),
    }


def _same(value: int, size: int) -> NDArray[np.int64]:
    return np.full(size, value, dtype=np.int64)
