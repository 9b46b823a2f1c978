"""Systems with known answers: each is a function of the replication with an expected mean.

The expected values follow from published formulas, named with each case, not from this program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.engine.simulate import simulate
from tests.plans import HOUR, meeting, plan_of, windows
from tests.theory.queues import Stream, by_rank, flexible_plan, seconds, visit_queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    from sim.contract.plan import Windows

REPLICATIONS = 20


@dataclass(frozen=True)
class Case:
    """One system."""

    name: str
    formula: str
    expected: dict[str, float]
    """Measured values by name, with their exact means."""
    measure: Callable[[Generator], list[float]]
    """Runs one replication and returns the measured values in the order of `expected`."""
    exact: bool = False
    """Whether every replication must return the expected value itself."""
    long: bool = False
    """Whether the replications together take seconds: near capacity a queue is correlated for long."""

    def value(self, replication: int) -> list[float]:
        """Run one replication with its own random numbers."""
        return self.measure(np.random.default_rng([replication, *self.name.encode()]))


def exponential(mean: float) -> Callable[[Generator, int], NDArray[np.float64]]:
    """Exponential service times."""
    return lambda rng, size: rng.exponential(mean, size)


def constant(value: float) -> Callable[[Generator, int], NDArray[np.float64]]:
    """Constant service times."""
    return lambda _, size: np.full(size, value)


def uniform(low: float, high: float) -> Callable[[Generator, int], NDArray[np.float64]]:
    """Service times uniform between two values."""
    return lambda rng, size: rng.uniform(low, high, size)


def lognormal(mean: float, scv: float) -> Callable[[Generator, int], NDArray[np.float64]]:
    """Lognormal service times; `scv` is the squared coefficient of variation."""
    sigma = np.sqrt(np.log(1 + scv))
    return lambda rng, size: rng.lognormal(np.log(mean) - sigma**2 / 2, sigma, size)


THREE_RANKS = (Stream(0.2, exponential(0.5)), Stream(0.3, constant(0.8)), Stream(0.25, uniform(0.5, 1.9)))


def one_server(rng: Generator) -> list[float]:
    """M/M/1."""
    visits = visit_queue([Stream(0.8, exponential(1))], 1, 25_000, rng)
    return [visits.wait.mean(), visits.stay.mean(), visits.length]


def three_servers(rng: Generator) -> list[float]:
    """M/M/3."""
    visits = visit_queue([Stream(2.4, exponential(1))], 3, 20_000, rng)
    return [float((visits.wait > 0).mean()), visits.wait.mean()]


def long_tail(rng: Generator) -> list[float]:
    """M/G/1 with lognormal services."""
    return [visit_queue([Stream(0.7, lognormal(1, 2))], 1, 20_000, rng).wait.mean()]


def all_alike(rng: Generator) -> list[float]:
    """M/D/1."""
    return [visit_queue([Stream(0.7, constant(1))], 1, 10_000, rng).wait.mean()]


def ranks_without_interruption(rng: Generator) -> list[float]:
    """M/G/1 with three ranks, waits."""
    visits = visit_queue(THREE_RANKS, 1, 15_000, rng)
    return by_rank(visits.rank, visits.wait)


def ranks_with_interruption(rng: Generator) -> list[float]:
    """M/G/1 with three ranks, preemptive-resume, stays."""
    visits = visit_queue(THREE_RANKS, 1, 15_000, rng, preemptive=True)
    return by_rank(visits.rank, visits.stay)


def ranks_at_three_servers(rng: Generator) -> list[float]:
    """M/M/3 with two ranks, waits."""
    visits = visit_queue([Stream(1.0, exponential(1)), Stream(1.4, exponential(1))], 3, 40_000, rng)
    return by_rank(visits.rank, visits.wait)


def wait_for_opening(period_days: int, shift: Callable[[int], Windows]) -> Callable[[Generator], list[float]]:
    """Arrivals at any second of many periods to an otherwise idle office; mean wait in hours."""

    def measure(rng: Generator) -> list[float]:
        periods, cadres = 100, 60
        release = rng.integers(0, periods * period_days * DAY, 2_000)
        days = (periods + 1) * period_days
        plan = flexible_plan(release, np.ones(len(release)), days=days, cadres=cadres, shift=shift(days))
        log = simulate(plan)
        assert (log.start >= 0).all()
        return [float((log.start - log.released).mean() / HOUR)]

    return measure


def weekdays(days: int) -> list[int]:
    """Monday to Friday, day 0 being a Monday."""
    return [day for day in range(days) if day % 7 < 5]


def periodic_duties(rng: Generator) -> list[float]:
    """Duties of (effort, period) hours from one common instant, the most frequent first; worst response of each."""
    duties = [(2, 10), (3, 15), (5, 40), (6, 60)]
    first = int(rng.integers(0, 24)) * HOUR
    columns = [
        (first + begin * HOUR, effort * HOUR, rank)
        for rank, (effort, period) in enumerate(duties)
        for begin in range(0, 120, period)
    ]
    release, effort, rank = np.array(sorted(columns)).T
    plan = flexible_plan(release, effort, rank=rank, days=8, preemptive=True)
    log = simulate(plan)
    response = (log.finish - log.released) / HOUR
    return [float(response[plan.activities.rank == k].max()) for k in range(len(duties))]


def filling_up(rng: Generator) -> list[float]:
    """M/M/1 from empty, in 1,000 offices: mean number present over the first 40 mean services (four days)."""
    offices, until, unit = 1_000, 40, 4 * DAY // 40
    arrivals = rng.poisson(0.9 * until, offices)
    office = np.repeat(np.arange(offices), arrivals)
    release = np.floor(rng.random(len(office)) * until * unit)
    effort = seconds(rng.exponential(1, len(office)), unit)
    log = simulate(flexible_plan(release, effort, unit=office, days=4))
    left = np.where(log.finish >= 0, log.finish, 4 * DAY)
    return [float((left - log.released).sum() / (offices * 4 * DAY))]


def waiting_for_the_last(rng: Generator) -> list[float]:
    """Five people come when their work of 30 min on average is done: start, and minutes lost by those who wait."""
    offices, people = 400, 5
    effort = seconds(rng.exponential(30, offices * people), 60)
    office = np.repeat(np.arange(offices), people)
    log = simulate(flexible_plan(np.zeros(len(office)), effort, unit=office, cadres=people, days=2))
    ready = log.finish.reshape(offices, people) / 60
    start = ready.max(axis=1, keepdims=True)
    return [float(start.mean()), float((start - ready).sum(axis=1).mean())]


def checks_on_slots(rng: Generator) -> list[float]:
    """Six checks in random months of a year in each of 400 villages with one cadre: number of visits received.

    Checks that fall in one slot are one visit: the cadre attends the first, nobody attends the others.
    """
    villages, checks, slots = 400, 6, 12
    rows = [
        meeting(float(slot) * 2, unit=village)
        for village in range(villages)
        for slot in np.sort(rng.integers(0, slots, checks))
    ]
    log = simulate(plan_of(rows, staff=[1] * villages))
    return [float((log.finish >= 0).sum() / villages)]


CASES = (
    Case("M/M/1", "rho / (mu - lambda)", {"wait": 4.0, "stay": 5.0, "present": 4.0}, one_server, long=True),
    Case("M/M/3", "Erlang C", {"has to wait": 0.647191, "wait": 1.078652}, three_servers, long=True),
    Case("M/G/1 lognormal", "Pollaczek-Khinchine", {"wait": 3.5}, long_tail, long=True),
    Case("M/D/1", "Pollaczek-Khinchine", {"wait": 1.166667}, all_alike),
    Case(
        "M/G/1, three ranks",
        "Cobham",
        {"wait 0": 0.384907, "wait 1": 0.583193, "wait 2": 1.457983},
        ranks_without_interruption,
        long=True,
    ),
    Case(
        "M/G/1, three ranks, interrupting",
        "E[S] / (1 - s_{k-1}) + sum_{i<=k} lambda_i E[S_i^2] / 2 / ((1 - s_{k-1}) (1 - s_k))",
        {"stay 0": 0.555556, "stay 1": 1.134680, "stay 2": 3.276164},
        ranks_with_interruption,
        long=True,
    ),
    Case(
        "M/M/3, two ranks",
        "C / (c mu) / ((1 - s_{k-1}) (1 - s_k))",
        {"wait 0": 0.323596, "wait 1": 1.617978},
        ranks_at_three_servers,
        long=True,
    ),
    Case(
        "opening, 9-17 daily",
        "sum gap^2 / (2 period)",
        {"hours": 5.333333},
        wait_for_opening(1, lambda days: windows([(9, 17)], days=range(days))),
    ),
    Case(
        "opening, 9-17 Monday to Friday",
        "sum gap^2 / (2 period)",
        {"hours": 15.238095},
        wait_for_opening(7, lambda days: windows([(9, 17)], days=weekdays(days))),
    ),
    Case(
        "opening, 8:30-12 and 14-17:30 Monday to Friday",
        "sum gap^2 / (2 period)",
        {"hours": 14.550595},
        wait_for_opening(7, lambda days: windows([(8.5, 12), (14, 17.5)], days=weekdays(days))),
    ),
    Case(
        "periodic duties (2,10)(3,15)(5,40)(6,60)",
        "response-time analysis, fixed priority",
        {"worst 0": 2, "worst 1": 5, "worst 2": 10, "worst 3": 23},
        periodic_duties,
        exact=True,
    ),
    Case("M/M/1 from empty, rho .9", "uniformisation", {"present over [0, 40]": 3.256187}, filling_up, long=True),
    Case(
        "five waiting for the last",
        "mean x H_5",
        {"start, minutes": 68.5, "lost, person-minutes": 192.5},
        waiting_for_the_last,
    ),
    Case("6 checks on 12 slots", "D (1 - (1 - 1/D)^m)", {"visits": 4.880494}, checks_on_slots),
)
