"""Plans built from columns, without a regime: the systems of theory in the terms of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY, Activities, Plan, Roster, Windows
from sim.units import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    from sim.contract.plan import Discipline

NONE = -1


def plan_from(
    release: ArrayLike,
    effort: ArrayLike,
    *,
    days: int,
    cadres: int = 1,
    unit: ArrayLike = 0,
    units: int = 1,
    member: ArrayLike = NONE,
    rank: ArrayLike = 0,
    appointed: bool = False,
    predecessor: ArrayLike = NONE,
    patience: ArrayLike = NONE,
    shift: Windows | None = None,
    discipline: Discipline = "first_come",
    preemptive: bool = False,
) -> Plan:
    """Return a plan whose rows are given as columns in seconds; the rows are sorted by unit and release.

    Every unit has `cadres` cadres. A row is done by any of them, or by `member` (0 to cadres - 1) alone. With
    `appointed` all rows are appointments of one seat that begin at their `release`. `predecessor` names rows in the
    order of the arguments. Without a shift every day is open around the clock.
    """
    release = np.asarray(release, dtype=np.int64)
    size = len(release)
    columns = {
        name: np.broadcast_to(np.asarray(values, dtype=np.int64), size)
        for name, values in (("effort", effort), ("unit", unit), ("member", member), ("rank", rank),
                             ("predecessor", predecessor), ("patience", patience))
    }  # fmt: skip
    order = np.lexsort((release, columns["unit"]))
    row_of = np.append(np.argsort(order), NONE)
    columns = {name: values[order] for name, values in columns.items()}
    release, none, zero = release[order], np.full(size, NONE, dtype=np.int64), np.zeros(size, dtype=np.int32)
    alone = units + columns["unit"] * cadres + columns["member"]
    return Plan(
        activities=Activities(
            identity=np.arange(size, dtype=np.uint64),
            unit=columns["unit"].astype(np.int32),
            team=np.where(columns["member"] < 0, columns["unit"], alone).astype(np.int32),
            seats=zero + 1,
            release=release,
            due=none,
            start=release if appointed else none,
            effort=columns["effort"],
            travel=np.zeros(size, dtype=np.int64),
            rank=columns["rank"].astype(np.int32),
            predecessor=row_of[columns["predecessor"]],
            patience=columns["patience"],
            interruptible=np.full(size, not appointed),
            category=zero,
            obligation=zero,
            issuer=zero - 1,
            part=zero,
        ),
        roster=_roster(units, cadres),
        shifts=(around_the_clock(days) if shift is None else shift,),
        horizon=days * DAY,
        first_weekday=0,
        discipline=discipline,
        preemptive=preemptive,
        switching_cost=0,
    )


def _roster(units: int, cadres: int) -> Roster:
    """Return units of equally many cadres; the team of each unit, then the team of each cadre alone."""
    unit_of, everybody = np.repeat(np.arange(units, dtype=np.int32), cadres), np.arange(units * cadres, dtype=np.int32)
    sizes = np.concatenate((np.full(units, cadres), np.ones(units * cadres, dtype=np.int64)))
    return Roster(
        unit_shift=np.zeros(units, dtype=np.int32),
        cadre_unit=unit_of,
        team_unit=np.concatenate((np.arange(units, dtype=np.int32), unit_of)),
        team_offset=np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        team_members=np.concatenate((everybody, everybody)),
    )


def windows(hours: Iterable[tuple[float, float]], days: Iterable[int]) -> Windows:
    """Return regular windows with the same hours (from, until) on each of the days."""
    edges = np.array([(day * DAY + opens * HOUR, day * DAY + closes * HOUR) for day in days for opens, closes in hours])
    opens, closes = np.rint(edges).astype(np.int64).T
    return Windows(opens=opens, closes=closes, evening=np.zeros(len(opens), dtype=np.bool_))


def around_the_clock(days: int) -> Windows:
    """Return windows of 24 hours that touch."""
    return windows([(0, 24)], range(days))


def whole_seconds(times: ArrayLike, unit: int) -> NDArray[np.int64]:
    """Round times in units of `unit` seconds to whole seconds, at least one."""
    rounded: Any = np.maximum(np.rint(np.asarray(times) * unit), 1)
    return np.asarray(rounded, dtype=np.int64)
