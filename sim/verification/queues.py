"""Queues of the textbooks: Poisson arrivals at one office that never closes.

One unit of time is one mean service, 3,600 s, so whole seconds are fine enough. Means are those of equilibrium.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from sim.contract.plan import DAY
from sim.verification.plans import NONE, plan_from, whole_seconds
from sim.verification.system import Run, System

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIME = 3_600
"""Seconds of one unit of time."""
WARM_UP, COOL_DOWN = 0.1, 0.05
"""Shares of the run that are not measured: the office starts empty, and there are no arrivals after its end."""
DRAIN_DAYS = 60
"""Days after the last arrival until which the run goes on."""

Service = Callable[[Generator, int], "NDArray[np.float64]"]
"""Draws service times in units of time."""


@dataclass(frozen=True)
class Stream:
    """Poisson arrivals of one rank."""

    rate: float
    """Arrivals per unit of time."""
    service: Service


@dataclass(frozen=True)
class Stays:
    """Arrivals in the measured time, one array entry each; times in units of time."""

    rank: NDArray[np.int32]
    wait: NDArray[np.float64]
    """From arrival to the first second of service; until giving up for those who gave up."""
    stay: NDArray[np.float64]
    gave_up: NDArray[np.bool_]
    present: float
    """Mean number in the system over the measured time."""


def exponential(mean: float) -> Service:
    """Draw exponential times."""
    return lambda rng, size: rng.exponential(mean, size)


def constant(value: float) -> Service:
    """Draw equal times."""
    return lambda _, size: np.full(size, value)


def uniform(low: float, high: float) -> Service:
    """Draw times uniform between two values."""
    return lambda rng, size: rng.uniform(low, high, size)


def lognormal(mean: float, scv: float) -> Service:
    """Draw lognormal times; `scv` is the squared coefficient of variation."""
    sigma = np.sqrt(np.log(1 + scv))
    return lambda rng, size: rng.lognormal(np.log(mean) - sigma**2 / 2, sigma, size)


def run_queue(
    streams: Sequence[Stream],
    servers: int,
    customers: int,
    rng: Generator,
    run: Run,
    *,
    preemptive: bool = False,
    patience: float | None = None,
) -> Stays:
    """Run a queue for about `customers` arrivals, rank k being stream k, and measure it in equilibrium."""
    until = customers / sum(stream.rate for stream in streams)
    sizes = [int(rng.poisson(stream.rate * until)) for stream in streams]
    arrivals = [np.rint(rng.random(size) * until * TIME) for size in sizes]
    plan = plan_from(
        np.concatenate(arrivals),
        whole_seconds(
            np.concatenate([stream.service(rng, size) for stream, size in zip(streams, sizes, strict=True)]), TIME
        ),
        rank=np.repeat(np.arange(len(streams)), sizes),
        cadres=servers,
        days=int(until * TIME // DAY) + DRAIN_DAYS,
        preemptive=preemptive,
        patience=NONE if patience is None else round(patience * TIME),
    )
    log = run(plan)
    begin, end = WARM_UP * until * TIME, (1 - COOL_DOWN) * until * TIME
    inside = (log.released >= begin) & (log.released < end)
    begun = np.where(log.gave_up, log.released + plan.activities.patience, log.start)
    left = np.where(log.gave_up, begun, log.finish)
    area = np.minimum(left, end) - np.maximum(log.released, begin)
    return Stays(
        rank=plan.activities.rank[inside],
        wait=(begun - log.released)[inside] / TIME,
        stay=(left - log.released)[inside] / TIME,
        gave_up=log.gave_up[inside],
        present=float(area.clip(min=0).sum() / (end - begin)),
    )


def by_rank(rank: NDArray[np.int32], values: NDArray[np.float64]) -> list[float]:
    """Return the mean of each rank."""
    return [float(values[rank == k].mean()) for k in range(int(rank.max()) + 1)]


_THREE_RANKS = (Stream(0.2, exponential(0.5)), Stream(0.3, constant(0.8)), Stream(0.25, uniform(0.5, 1.9)))


def _one_server(rng: Generator, run: Run) -> list[float]:
    found = run_queue([Stream(0.8, exponential(1))], 1, 25_000, rng, run)
    return [found.wait.mean(), found.stay.mean(), found.present]


def _three_servers(rng: Generator, run: Run) -> list[float]:
    found = run_queue([Stream(2.4, exponential(1))], 3, 20_000, rng, run)
    return [float((found.wait > 0).mean()), found.wait.mean()]


def _long_tail(rng: Generator, run: Run) -> list[float]:
    return [run_queue([Stream(0.7, lognormal(1, 2))], 1, 20_000, rng, run).wait.mean()]


def _all_alike(rng: Generator, run: Run) -> list[float]:
    return [run_queue([Stream(0.7, constant(1))], 1, 10_000, rng, run).wait.mean()]


def _ranks_without_interruption(rng: Generator, run: Run) -> list[float]:
    found = run_queue(_THREE_RANKS, 1, 15_000, rng, run)
    return by_rank(found.rank, found.wait)


def _ranks_with_interruption(rng: Generator, run: Run) -> list[float]:
    found = run_queue(_THREE_RANKS, 1, 15_000, rng, run, preemptive=True)
    return by_rank(found.rank, found.stay)


def _ranks_at_three_servers(rng: Generator, run: Run) -> list[float]:
    found = run_queue([Stream(1.0, exponential(1)), Stream(1.4, exponential(1))], 3, 40_000, rng, run)
    return by_rank(found.rank, found.wait)


def _impatient(rng: Generator, run: Run) -> list[float]:
    found = run_queue([Stream(0.8, exponential(1))], 1, 10_000, rng, run, patience=2)
    return [float(found.gave_up.mean())]


QUEUES = (
    System("M/M/1", {"zh": "单人窗口", "en": "one cadre"}, "rho / (mu - lambda)",
           {"wait": 4.0, "stay": 5.0, "present": 4.0}, _one_server),
    System("M/M/3", {"zh": "三人窗口", "en": "three cadres"}, "Erlang C",
           {"has to wait": 0.647191, "wait": 1.078652}, _three_servers),
    System("M/G/1 lognormal", {"zh": "办理时间长尾", "en": "a long tail of handling times"}, "Pollaczek-Khinchine",
           {"wait": 3.5}, _long_tail),
    System("M/D/1", {"zh": "办理时间相同", "en": "equal handling times"}, "Pollaczek-Khinchine",
           {"wait": 1.166667}, _all_alike),
    System("M/G/1, three ranks", {"zh": "三级优先，不打断", "en": "three ranks, no interruption"}, "Cobham",
           {"wait 0": 0.384907, "wait 1": 0.583193, "wait 2": 1.457983}, _ranks_without_interruption),
    System("M/G/1, three ranks, interrupting", {"zh": "三级优先，可打断", "en": "three ranks, interrupting"},
           "E[S] / (1 - s_{k-1}) + sum_{i<=k} lambda_i E[S_i^2] / 2 / ((1 - s_{k-1}) (1 - s_k))",
           {"stay 0": 0.555556, "stay 1": 1.134680, "stay 2": 3.276164}, _ranks_with_interruption),
    System("M/M/3, two ranks", {"zh": "三人窗口，两级优先", "en": "three cadres, two ranks"},
           "C / (c mu) / ((1 - s_{k-1}) (1 - s_k))", {"wait 0": 0.323596, "wait 1": 1.617978},
           _ranks_at_three_servers),
    System("M/M/1+D", {"zh": "等不及就走", "en": "residents give up after two mean handling times"},
           "Barrer: (1 - rho) rho e^(-(mu - lambda) t) / (1 - rho^2 e^(-(mu - lambda) t))",
           {"gave up": 0.187832}, _impatient),
)  # fmt: skip
