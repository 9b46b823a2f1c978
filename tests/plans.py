"""Plans for tests: small ones written by hand, and random ones in which every rule occurs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY, Activities, Plan, Roster, Windows
from sim.domain.category import CATEGORIES, Category

if TYPE_CHECKING:
    from numpy.random import Generator

HOUR = 3_600

Row = dict[str, Any]
Hours = Sequence[tuple[float, float]]


def work(effort: float = 1, release: float = 0, **columns: Any) -> Row:
    """Flexible work; `effort`, `release`, `due` and `patience` in hours."""
    return {"effort": effort, "release": release, **columns}


def meeting(start: float, effort: float = 1, seats: int = 1, **columns: Any) -> Row:
    """An appointment; `start`, `effort` and `travel` in hours."""
    return {"start": start, "effort": effort, "seats": seats, "category": Category.MEETINGS, **columns}


def windows(hours: Hours, *, evening: Hours = (), days: Sequence[int] = (0,)) -> Windows:
    """Return windows with the same hours on each of the days."""
    every = sorted(
        [(day * 24 + opens, day * 24 + closes, False) for day in days for opens, closes in hours]
        + [(day * 24 + opens, day * 24 + closes, True) for day in days for opens, closes in evening]
    )
    return Windows(
        opens=_seconds([opens for opens, _, _ in every]),
        closes=_seconds([closes for _, closes, _ in every]),
        evening=np.array([evening for _, _, evening in every], dtype=np.bool_),
    )


def around_the_clock(days: int) -> Windows:
    """Windows of a continuous calendar: daily windows of 24 hours that touch."""
    return windows([(0, 24)], days=range(days))


def plan_of(
    rows: Sequence[Row],
    *,
    staff: Sequence[int] = (1,),
    teams: Sequence[tuple[int, Sequence[int]]] | None = None,
    shifts: Sequence[Windows] = (),
    unit_shift: Sequence[int] | None = None,
    shortest_gap: Sequence[float] = (),
    days: int = 1,
    **rules: Any,
) -> Plan:
    """Write a plan by hand.

    `staff` counts the cadres of each unit. `teams` are pairs of unit and members; by default team k is all of unit k.
    A row's `predecessor` is its number in `rows`, which must be in the plan's order. Without `shifts` every day is
    open around the clock.
    """
    cadre_unit = np.repeat(np.arange(len(staff), dtype=np.int32), staff)
    if teams is None:
        teams = [(unit, np.flatnonzero(cadre_unit == unit).tolist()) for unit in range(len(staff))]
    members = [list(team) for _, team in teams]
    return Plan(
        activities=_activities(rows),
        roster=Roster(
            unit_shift=np.array(unit_shift or [0] * len(staff), dtype=np.int32),
            cadre_unit=cadre_unit,
            team_unit=np.array([unit for unit, _ in teams], dtype=np.int32),
            team_offset=np.cumsum([0] + [len(team) for team in members], dtype=np.int32),
            team_members=np.array([cadre for team in members for cadre in team], dtype=np.int32),
            shortest_gap=_seconds(shortest_gap),
        ),
        shifts=tuple(shifts) or (around_the_clock(days),),
        horizon=days * DAY,
        **{"first_weekday": 0, "discipline": "first_come", "preemptive": False, "switching_cost": 0, **rules},
    )


def _seconds(hours: Sequence[float]) -> Any:
    """Return hours as whole seconds."""
    return np.array([round(hour * HOUR) for hour in hours], dtype=np.int64)


def _activities(rows: Sequence[Row]) -> Activities:
    """Return rows in hours as columns in seconds; -1 stays "none"."""

    def column(name: str, default: Any, dtype: Any) -> Any:
        return np.array([row.get(name, default) for row in rows], dtype=dtype)

    def seconds(name: str, default: float) -> Any:
        return _seconds([hours if (hours := row.get(name, default)) >= 0 else -1 / HOUR for row in rows])

    return Activities(
        identity=np.arange(len(rows), dtype=np.uint64),
        unit=column("unit", 0, np.int32),
        team=np.array([row.get("team", row.get("unit", 0)) for row in rows], dtype=np.int32),
        seats=column("seats", 1, np.int32),
        release=seconds("release", 0),
        due=seconds("due", -1),
        start=seconds("start", -1),
        effort=seconds("effort", 1),
        travel=seconds("travel", 0),
        rank=column("rank", 1, np.int32),
        predecessor=column("predecessor", -1, np.int64),
        patience=seconds("patience", -1),
        interruptible=column("interruptible", True, np.bool_),
        category=np.array([CATEGORIES.index(row.get("category", Category.OTHER)) for row in rows], dtype=np.int32),
        obligation=column("obligation", 0, np.int32),
        issuer=column("issuer", -1, np.int32),
        part=column("part", 0, np.int32),
    )


RANDOM_PLANS = int(os.environ.get("JIANFU_RANDOM_PLANS", "2000"))
"""Random plans on which the engines are compared; `make fast` asks for fewer than `make test`."""


def for_each_seed(seeds: Iterable[int]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make one test of all seeds; the report of a failure names the seed."""

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def every(*own: Any, **others: Any) -> None:
            for seed in seeds:
                try:
                    test(*own, seed=seed, **others)
                except Exception as error:
                    error.add_note(f"seed {seed}")
                    raise

        known = signature(test)
        rest = [parameter for name, parameter in known.parameters.items() if name != "seed"]
        every.__signature__ = known.replace(parameters=rest)  # type: ignore[attr-defined]  # pytest passes no seed
        return every

    return decorated


def random_plan(seed: int) -> Plan:
    """Draw a small plan in which any rule can apply and ties are frequent."""
    rng = np.random.default_rng([seed, 20_250_101])
    days = int(rng.choice([1, 1, 2, 2, 3, 4, 6, 9]))
    tick = int(rng.choice([600, 1_800, 3_600, 7_200, 1], p=[0.2, 0.35, 0.3, 0.1, 0.05]))
    shifts = tuple(_random_windows(rng, days) for _ in range(rng.integers(1, 4)))
    staff = rng.choice(
        [1, 2, 3, 4, 5], p=[0.25, 0.3, 0.2, 0.15, 0.1], size=rng.choice([1, 2, 3, 4], p=[0.4, 0.3, 0.2, 0.1])
    )
    roster = _random_roster(rng, staff, len(shifts))
    activities = _random_activities(rng, roster, days * DAY, tick)
    return Plan(
        activities=activities,
        roster=replace(
            roster,
            absences=_random_absences(rng, roster, shifts, activities, days),
            shortest_gap=_random_gaps(seed, len(roster.cadre_unit), tick),
        ),
        shifts=shifts,
        horizon=days * DAY,
        first_weekday=int(rng.integers(0, 7)),
        discipline="earliest_due" if rng.random() < 0.5 else "first_come",
        preemptive=bool(rng.random() < 0.6),
        switching_cost=int(rng.choice([0, 0, 1, 300, tick, 2 * tick])),
    )


def _random_gaps(seed: int, cadres: int, tick: int) -> Any:
    """Draw the shortest usable gap of each cadre: every gap, none, or a length on the grid."""
    rng = np.random.default_rng([seed, 20_261_201])
    lengths = _on_grid(rng.exponential(rng.choice([tick, 7_200]), cadres), tick)
    return np.where(rng.random(cadres) < 0.2, -1, lengths)


def _random_absences(rng: Generator, roster: Roster, shifts: Sequence[Windows], rows: Activities, days: int) -> Any:
    """Draw absences, none in half of the plans; they begin and end at midnights at which the unit is closed."""
    if rng.random() < 0.5:
        return np.zeros((0, 3), dtype=np.int64)
    away = []
    for cadre, unit in enumerate(roster.cadre_unit.tolist()):
        windows = shifts[roster.unit_shift[unit]]
        own = (rows.unit == unit) & (rows.start >= 0)
        begins, ends = rows.start[own], rows.start[own] + rows.effort[own]
        quiet = [days * DAY]
        for midnight in range(0, days * DAY, DAY):
            opens = min([second for second in windows.opens.tolist() if second >= midnight], default=days * DAY)
            is_open = bool(np.any((windows.opens <= midnight) & (midnight <= windows.closes)))
            if not is_open and not np.any((begins < midnight) & (ends > opens)):
                quiet.append(midnight)
        chosen = sorted(second for second in quiet if rng.random() < 0.4)
        away += [(cadre, begin, end) for begin, end in zip(chosen[::2], chosen[1::2], strict=False)]
    return np.array(away, dtype=np.int64).reshape(-1, 3)


def _random_windows(rng: Generator, days: int) -> Windows:
    """Draw office hours: around the clock, with or without lunch, evening, touching evening, free days."""
    if rng.random() < 0.1:
        return around_the_clock(days)
    opens, closes = rng.choice([6, 8, 9]), rng.choice([16, 17, 18])
    lunch = [(opens, closes)] if rng.random() < 0.4 else [(opens, 12), (rng.choice([12, 13, 14]), closes)]
    late = [[], [(closes, closes + 3)], [(19, 22)], [(closes, 24)], [(0, 2), (20, 24)]][rng.integers(0, 5)]
    at_work = np.flatnonzero(rng.random(days) < rng.choice([0.6, 1.0, 1.0]))
    return windows(lunch, evening=late, days=at_work.tolist())


def _random_roster(rng: Generator, staff: Any, shifts: int) -> Roster:
    """Draw overlapping teams, at least one a unit."""
    cadre_unit = np.repeat(np.arange(len(staff), dtype=np.int32), staff)
    teams: list[tuple[int, list[int]]] = []
    for unit in range(len(staff)):
        own = np.flatnonzero(cadre_unit == unit)
        for _ in range(rng.integers(1, 5)):
            some = own[rng.random(len(own)) < rng.choice([0.4, 0.7, 1.0])]
            teams.append((unit, (some if len(some) else own[:1]).tolist()))
    return Roster(
        unit_shift=rng.integers(0, shifts, size=len(staff)).astype(np.int32),
        cadre_unit=cadre_unit,
        team_unit=np.array([unit for unit, _ in teams], dtype=np.int32),
        team_offset=np.cumsum([0] + [len(team) for _, team in teams], dtype=np.int32),
        team_members=np.array([cadre for _, team in teams for cadre in team], dtype=np.int32),
    )


def _random_activities(rng: Generator, roster: Roster, horizon: int, tick: int) -> Activities:
    """Draw rows of every kind, in the plan's order."""
    size = int(rng.integers(1, 30 * len(roster.unit_shift))) + int(rng.integers(0, 20))
    team = rng.integers(0, len(roster.team_unit), size=size)
    is_appointment = rng.random(size) < rng.choice([0.0, 0.1, 0.3])
    when = _on_grid(_random_times(rng, size, horizon), tick)
    when[rng.random(size) < 0.02] = horizon
    effort = np.maximum(_on_grid(rng.exponential(rng.choice([3_000, 10_000, 25_000]), size), tick), tick)
    due = np.minimum(when + _on_grid(rng.exponential(rng.choice([DAY // 4, DAY]), size), tick), horizon + tick)
    at_midnight = rng.random(size) < 0.3
    due[at_midnight] = (due[at_midnight] // DAY + 1) * DAY
    patience = _on_grid(rng.exponential(rng.choice([3_000, 30_000, 200_000]), size), tick)
    ranks = rng.choice([1, 2, 4, 9])

    order = np.lexsort((np.arange(size), when, roster.team_unit[team]))
    unit = roster.team_unit[team].astype(np.int32)[order]
    flexible = ~is_appointment[order]
    return Activities(
        identity=rng.permutation(size).astype(np.uint64),
        unit=unit,
        team=team[order].astype(np.int32),
        seats=np.where(flexible, 1, rng.integers(1, 5, size)).astype(np.int32),
        release=when[order],
        due=np.where(rng.random(size) < rng.choice([0.2, 0.6, 0.9]), due[order], -1),
        start=np.where(flexible, -1, when[order]),
        effort=effort[order],
        travel=np.where(flexible, 0, (effort[order] * rng.choice([0, 0.3, 0.5, 1], size)).astype(np.int64)),
        rank=rng.integers(0, ranks, size).astype(np.int32),
        predecessor=np.where(flexible, _random_predecessors(rng, unit), -1),
        patience=np.where(flexible & (rng.random(size) < rng.choice([0.0, 0.0, 0.3, 0.8])), patience[order], -1),
        interruptible=rng.random(size) < rng.choice([0.4, 0.9, 1.0, 1.0]),
        category=rng.integers(0, len(CATEGORIES), size).astype(np.int32),
        obligation=np.zeros(size, dtype=np.int32),
        issuer=np.full(size, -1, dtype=np.int32),
        part=np.zeros(size, dtype=np.int32),
    )


def _random_times(rng: Generator, size: int, horizon: int) -> Any:
    """Draw seconds, most of them by day, spread over the run or crowded at its beginning."""
    day = (rng.random(size) * rng.choice([0.3, 1.0]) * horizon) // DAY
    hour = np.where(rng.random(size) < 0.8, rng.uniform(7, 19, size), rng.uniform(0, 24, size))
    return day * DAY + hour * HOUR


def _random_predecessors(rng: Generator, unit: Any) -> Any:
    """Draw chains without circles, inside units or across them."""
    size = len(unit)
    predecessor = np.full(size, -1, dtype=np.int64)
    linked = rng.random(size) < rng.choice([0.0, 0.25, 0.7])
    may_cross = rng.random() < 0.6
    sequence = rng.permutation(size)
    for place, row in enumerate(sequence.tolist()):
        earlier = [other for other in sequence[:place].tolist() if may_cross or unit[other] == unit[row]]
        if linked[row] and earlier:
            predecessor[row] = rng.choice(earlier)
    return predecessor


def _on_grid(seconds: Any, tick: int) -> Any:
    """Round down to whole ticks."""
    return (np.asarray(seconds) // tick * tick).astype(np.int64)
