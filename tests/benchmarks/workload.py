"""The canonical workload "cadre-week": offices of five cadres, Monday to Friday from 9 to 17, about 65 % loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.domain.category import CATEGORIES, Category
from sim.engine.contract import DAY, Activities, Plan, Roster, Windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOUR = 3_600
STAFF = 5
OPENS, CLOSES = 9 * HOUR, 17 * HOUR
OFFICE_DAYS = 5


@dataclass(frozen=True)
class Stream:
    """One kind of work, falling due at random in office hours."""

    per_day: float
    """Mean number per unit and working day."""
    minutes: float
    """Mean effort of one cadre; lognormal."""
    rank: int
    category: Category
    due_days: int = -1
    seats: int = 0
    """Cadres wanted at most by an appointment on the hour; 0 for flexible work."""
    ahead_days: int = 0
    """How long before the appointments of the stream above the work is released; 0 where it follows none."""


STREAMS = (
    Stream(15, 45, 3, Category.SERVICE),
    Stream(3, 95, 1, Category.REPORTS, due_days=3),
    Stream(3, 50, 0, Category.REPORTS, due_days=1),
    Stream(5, 30, 2, Category.DOCUMENTS),
    Stream(0.75, 80, 0, Category.MEETINGS, seats=5),
    Stream(0.2, 150, 0, Category.INSPECTIONS, seats=3),
    Stream(0.2, 240, 1, Category.INSPECTIONS, due_days=3, ahead_days=3),
)


def cadre_week(units: int, weeks: int, seed: int = 1) -> Plan:
    """Draw the workload for so many units and weeks."""
    return Plan(
        activities=_activities(units, weeks, np.random.default_rng(seed)),
        roster=_roster(units),
        shifts=(_office_hours(weeks),),
        horizon=weeks * 7 * DAY,
        first_weekday=0,
        discipline="first_come",
        preemptive=True,
        switching_cost=0,
    )


def _roster(units: int) -> Roster:
    """Put everybody of a unit into its one team."""
    return Roster(
        unit_shift=np.zeros(units, dtype=np.int32),
        cadre_unit=np.repeat(np.arange(units, dtype=np.int32), STAFF),
        team_unit=np.arange(units, dtype=np.int32),
        team_offset=np.arange(0, (units + 1) * STAFF, STAFF, dtype=np.int32),
        team_members=np.arange(units * STAFF, dtype=np.int32),
    )


def _office_hours(weeks: int) -> Windows:
    """Open Monday to Friday."""
    days = np.arange(weeks * 7)
    midnights = days[days % 7 < OFFICE_DAYS] * DAY
    return Windows(midnights + OPENS, midnights + CLOSES, np.zeros(len(midnights), dtype=np.bool_))


def _activities(units: int, weeks: int, rng: np.random.Generator) -> Activities:
    """Draw every stream and put the rows into the plan's order."""
    streams: list[dict[str, Any]] = []
    for stream in STREAMS:
        streams.append(_draw(stream, units, weeks, rng, streams))
    columns = {name: np.concatenate([drawn[name] for drawn in streams]) for name in streams[0]}
    size = len(columns["unit"])
    columns["identity"] = np.arange(size, dtype=np.uint64)
    order = np.lexsort((columns["identity"], columns["release"], columns["unit"]))
    sorted_columns = {name: column[order] for name, column in columns.items()}
    none, zero = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int32)

    def narrow(name: str) -> NDArray[np.int32]:
        return sorted_columns[name].astype(np.int32)

    def wide(name: str) -> NDArray[np.int64]:
        return sorted_columns[name].astype(np.int64)

    return Activities(
        identity=sorted_columns["identity"],
        unit=narrow("unit"),
        team=narrow("unit"),
        seats=narrow("seats"),
        release=wide("release"),
        due=wide("due"),
        start=wide("start"),
        effort=wide("effort"),
        travel=np.zeros(size, dtype=np.int64),
        rank=narrow("rank"),
        predecessor=none,
        patience=none,
        interruptible=np.ones(size, dtype=np.bool_),
        category=narrow("category"),
        obligation=zero,
        issuer=zero - 1,
        part=zero,
    )


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
        "seats": rng.integers(1, stream.seats, size, endpoint=True) if stream.seats else np.ones(size),
        "release": release,
        "start": release if stream.seats else np.full(size, -1),
        "due": release + stream.due_days * DAY if stream.due_days >= 0 else np.full(size, -1),
        "effort": effort,
        "rank": np.full(size, stream.rank),
        "category": np.full(size, CATEGORIES.index(stream.category)),
    }
