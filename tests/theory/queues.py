"""Textbook queues: drawing their arrivals, building them as plans, measuring them.

One unit of time is one mean service, 3,600 s, so whole seconds are fine enough; the calendar is continuous.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY, Activities, Plan, Roster, Windows
from sim.engine.simulate import simulate
from tests.plans import around_the_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    Draw = Callable[[Generator, int], NDArray[np.float64]]

TIME = 3_600
"""Seconds of one unit of time."""
WARM_UP, COOL_DOWN = 0.1, 0.05
"""Shares of the run that are not measured: the office starts empty, and there are no arrivals after its end."""


@dataclass(frozen=True)
class Stream:
    """Poisson arrivals of one rank."""

    rate: float
    """Arrivals per unit of time."""
    service: Draw
    """Draws service times, in units of time."""


def seconds(times: Any, unit: int = TIME) -> NDArray[np.int64]:
    """Round times to whole seconds, at least one."""
    return np.asarray(np.maximum(np.rint(np.asarray(times) * unit), 1), dtype=np.int64)


def flexible_plan(
    release: Any,
    effort: Any,
    *,
    days: int,
    cadres: int = 1,
    rank: Any = 0,
    unit: Any = None,
    shift: Windows | None = None,
    preemptive: bool = False,
) -> Plan:
    """Return a plan of flexible work only; columns in seconds, sorted by unit, `cadres` in each unit."""
    size = len(release)
    unit = np.zeros(size, dtype=np.int32) if unit is None else np.asarray(unit, dtype=np.int32)
    units = int(unit.max(initial=0)) + 1
    none, zero = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int32)
    order = np.lexsort((release, unit))
    return Plan(
        activities=Activities(
            identity=np.arange(size, dtype=np.uint64),
            unit=unit[order],
            team=unit[order],
            seats=np.ones(size, dtype=np.int32),
            release=np.asarray(release, dtype=np.int64)[order],
            due=none,
            start=none,
            effort=np.asarray(effort, dtype=np.int64)[order],
            travel=np.zeros(size, dtype=np.int64),
            rank=np.broadcast_to(np.asarray(rank, dtype=np.int32), size)[order],
            predecessor=none,
            patience=none,
            interruptible=np.ones(size, dtype=np.bool_),
            category=zero,
            obligation=zero,
            issuer=zero - 1,
            part=zero,
        ),
        roster=Roster(
            unit_shift=np.zeros(units, dtype=np.int32),
            cadre_unit=np.repeat(np.arange(units, dtype=np.int32), cadres),
            team_unit=np.arange(units, dtype=np.int32),
            team_offset=np.arange(0, (units + 1) * cadres, cadres, dtype=np.int32),
            team_members=np.arange(units * cadres, dtype=np.int32),
        ),
        shifts=(shift or around_the_clock(days),),
        horizon=days * DAY,
        first_weekday=0,
        discipline="first_come",
        preemptive=preemptive,
        switching_cost=0,
    )


@dataclass(frozen=True)
class Visits:
    """Arrivals during the measured time, one array entry each; times in units of time."""

    rank: NDArray[np.int32]
    wait: NDArray[np.float64]
    """From arrival to the first second of service."""
    stay: NDArray[np.float64]
    """From arrival to the end of service."""
    length: float
    """Mean number in the system over the measured time."""


def visit_queue(
    streams: Sequence[Stream], servers: int, customers: int, rng: Generator, *, preemptive: bool = False
) -> Visits:
    """Run a queue for about `customers` arrivals, rank k being stream k, and measure it in equilibrium."""
    until = customers / sum(stream.rate for stream in streams)
    arrivals, services, ranks = [], [], []
    for rank, stream in enumerate(streams):
        size = int(rng.poisson(stream.rate * until))
        arrivals.append(rng.random(size) * until)
        services.append(stream.service(rng, size))
        ranks.append(np.full(size, rank))
    plan = flexible_plan(
        np.rint(np.concatenate(arrivals) * TIME),
        seconds(np.concatenate(services)),
        rank=np.concatenate(ranks),
        cadres=servers,
        days=int(until * TIME // DAY) + 60,
        preemptive=preemptive,
    )
    log = simulate(plan)

    begin, end = WARM_UP * until * TIME, (1 - COOL_DOWN) * until * TIME
    inside = (log.released >= begin) & (log.released < end)
    present = np.minimum(log.finish, end) - np.maximum(log.released, begin)
    assert (log.finish[inside] >= 0).all()
    return Visits(
        rank=plan.activities.rank[inside],
        wait=(log.start - log.released)[inside] / TIME,
        stay=(log.finish - log.released)[inside] / TIME,
        length=float(present.clip(min=0).sum() / (end - begin)),
    )


def by_rank(rank: NDArray[np.int32], values: NDArray[np.float64]) -> list[float]:
    """Return the mean of each rank."""
    return [float(values[rank == k].mean()) for k in range(int(rank.max()) + 1)]
