"""Offices with known answers: opening hours, duties at fixed periods, meetings, lost appointments, repairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.units import HOUR, MINUTE
from sim.verification.plans import NONE, plan_from, whole_seconds, windows
from sim.verification.system import Run, System

if TYPE_CHECKING:
    from numpy.random import Generator


WEEK = 7
"""Days."""


def _wait_for_opening(
    period: int, hours: list[tuple[float, float]], weekdays: int
) -> Callable[[Generator, Run], list[float]]:
    """Return a measurement: mean wait, in hours, of arrivals at any second of many periods at an office not busy."""

    def measure(rng: Generator, run: Run) -> list[float]:
        periods, arrivals = 100, 2_000
        days = (periods + 1) * period
        shift = windows(hours, [day for day in range(days) if day % WEEK < weekdays])
        release = rng.integers(0, periods * period * DAY, arrivals)
        log = run(plan_from(release, 1, days=days, cadres=60, shift=shift))
        return [float((log.start - log.released).mean() / HOUR)]

    return measure


def _periodic_duties(rng: Generator, run: Run) -> list[float]:
    """Return the worst response, in hours, of each of four duties that begin at one instant."""
    duties, cycle = [(2, 10), (3, 15), (5, 40), (6, 60)], 120
    first = int(rng.integers(0, 24)) * HOUR
    rows = [
        (first + begin * HOUR, effort * HOUR, rank)
        for rank, (effort, period) in enumerate(duties)
        for begin in range(0, cycle, period)
    ]
    release, effort, rank = np.array(rows).T
    plan = plan_from(release, effort, rank=rank, days=8, preemptive=True)
    log = run(plan)
    response = (log.finish - log.released) / HOUR
    return [float(response[plan.activities.rank == k].max()) for k in range(len(duties))]


def _filling_up(rng: Generator, run: Run) -> list[float]:
    """Return the mean number present over the first 40 mean services, four days, in 1,000 offices empty at first."""
    offices, until, days = 1_000, 40, 4
    unit = days * DAY // until
    arrivals = rng.poisson(0.9 * until, offices)
    office = np.repeat(np.arange(offices), arrivals)
    release = np.floor(rng.random(len(office)) * until * unit)
    effort = whole_seconds(rng.exponential(1, len(office)), unit)
    log = run(plan_from(release, effort, unit=office, units=offices, days=days))
    left = np.where(log.finish >= 0, log.finish, days * DAY)
    return [float((left - log.released).sum() / (offices * days * DAY))]


def _waves(rng: Generator, run: Run) -> list[float]:
    """Return the number of residents present at four times of a day in which arrivals come in a wave.

    Everybody is served at once, for an hour on average. Arrivals come at 20 (1 + sin(2 pi t / 24 h)) an hour; the first
    two days fill the office.
    """
    days, rate = 82, 20
    size = int(rng.poisson(2 * rate * 24 * days))
    release = np.floor(rng.random(size) * days * DAY)
    release = release[rng.random(size) < (1 + np.sin(2 * np.pi * release / DAY)) / 2]
    effort = whole_seconds(rng.exponential(1, len(release)), HOUR)
    log = run(plan_from(release, effort, cadres=120, days=days + 1))
    begun, left = np.sort(log.start), np.sort(np.where(log.finish >= 0, log.finish, np.iinfo(np.int64).max))
    times = np.arange(2, days)[:, None] * DAY + np.array([0, 6, 12, 18]) * HOUR
    present = np.searchsorted(begun, times, side="right") - np.searchsorted(left, times, side="right")
    return [float(mean) for mean in present.mean(axis=0)]


def _expected_waves() -> dict[str, float]:
    """Compute m(t) = integral of lambda(t - s) e^(-s): 20 (1 + (sin wt - w cos wt) / (1 + w^2)), w = 2 pi / 24."""
    w = 2 * np.pi / 24
    return {
        f"present at {hour}:00": float(20 * (1 + (np.sin(w * hour) - w * np.cos(w * hour)) / (1 + w**2)))
        for hour in (0, 6, 12, 18)
    }


def _waiting_for_the_last(rng: Generator, run: Run) -> list[float]:
    """Return when five people are free whose work takes 30 min on average, and the minutes lost by those who wait."""
    offices, people = 400, 5
    office = np.repeat(np.arange(offices), people)
    effort = whole_seconds(rng.exponential(30, len(office)), MINUTE)
    log = run(plan_from(np.zeros(len(office)), effort, unit=office, units=offices, cadres=people, days=2))
    ready = log.finish.reshape(offices, people) / MINUTE
    start = ready.max(axis=1, keepdims=True)
    return [float(start.mean()), float((start - ready).sum(axis=1).mean())]


def _checks_on_slots(rng: Generator, run: Run) -> list[float]:
    """Return the visits to a village of one cadre when six checks fall on random slots of twelve.

    Checks of one slot are one visit: the cadre attends the first, nobody attends the others.
    """
    villages, checks, slots, apart = 400, 6, 12, 2 * HOUR
    village = np.repeat(np.arange(villages), checks)
    begin = rng.integers(0, slots, len(village)) * apart
    log = run(plan_from(begin, HOUR, unit=village, units=villages, days=2, appointed=True))
    return [float((log.finish >= 0).sum() / villages)]


def _lost_appointments(rng: Generator, run: Run) -> list[float]:
    """Return the share of appointments that find no free cadre: four cadres, and work for three."""
    until, cadres, offered = 10_000, 4, 3
    size = int(rng.poisson(offered * until))
    begin = np.floor(rng.random(size) * until * HOUR)
    days = until * HOUR // DAY + 3
    effort = whole_seconds(rng.exponential(1, size), HOUR)
    log = run(plan_from(begin, effort, cadres=cadres, days=int(days), appointed=True))
    counted = log.released >= until * HOUR // 10
    return [float((log.missed[counted] > 0).mean())]


def _repairs(rng: Generator, run: Run) -> list[float]:
    """Return the broken machines of four, and the share of time that one repairer is busy.

    A machine runs for four hours on average and is repaired in one hour. It is a chain of rows: cadre k+1 runs machine
    k, cadre 0 repairs it, and so on.
    """
    machines, cycles, runs_for = 4, 2_600, 4
    machine = np.repeat(np.arange(machines), 2 * cycles)
    step = np.tile(np.arange(2 * cycles), machines)
    repair = step % 2 == 1
    effort = whole_seconds(np.where(repair, 1, runs_for) * rng.exponential(1, len(machine)), HOUR)
    before = np.where(step > 0, np.arange(len(machine)) - 1, NONE)
    end = cycles * runs_for * HOUR  # a machine takes longer than that for its last cycle
    log = run(
        plan_from(
            np.zeros(len(machine)), effort, cadres=machines + 1, member=np.where(repair, 0, machine + 1),
            predecessor=before, days=2 * end // DAY,
        )
    )  # fmt: skip
    begin = end // 10
    row = np.flatnonzero(repair)
    stays = _overlap(log.released[row], log.finish[row], begin, end)
    works = _overlap(log.start[row], log.finish[row], begin, end)
    return [stays / (end - begin), works / (end - begin)]


def _overlap(first: np.ndarray, last: np.ndarray, begin: int, end: int) -> float:
    """Return the seconds that intervals have in common with begin to end, in total; an open interval has last -1."""
    closed = np.where(last < 0, end, last)
    begun = first >= 0
    return float((np.minimum(closed, end) - np.maximum(first, begin)).clip(min=0)[begun].sum())


_OPENING = {"zh": "等开门", "en": "waiting for the opening"}

OFFICES = (
    System("opening, 9-17 daily", {"zh": "等开门：每天", "en": "waiting for the opening: daily"},
           "sum gap^2 / (2 period)", {"hours": 5.333333}, _wait_for_opening(1, [(9, 17)], WEEK)),
    System("opening, 9-17 Monday to Friday",
           {"zh": "等开门：周一至周五", "en": "waiting for the opening: Monday to Friday"},
           "sum gap^2 / (2 period)", {"hours": 15.238095}, _wait_for_opening(WEEK, [(9, 17)], 5)),
    System("opening, 8:30-12 and 14-17:30 Monday to Friday",
           {"zh": "等开门：有午休", "en": "waiting for the opening: with a midday break"},
           "sum gap^2 / (2 period)", {"hours": 14.550595}, _wait_for_opening(WEEK, [(8.5, 12), (14, 17.5)], 5)),
    System("periodic duties (2,10)(3,15)(5,40)(6,60)", {"zh": "定期事项的最晚完成", "en": "worst response of duties"},
           "response-time analysis, fixed priority", {"worst 0": 2, "worst 1": 5, "worst 2": 10, "worst 3": 23},
           _periodic_duties, exact=True),
    System("M/M/1 from empty, rho .9", {"zh": "从空到忙", "en": "an office that is empty at first"},
           "uniformisation", {"present over [0, 40]": 3.256187}, _filling_up),
    System("M(t)/M/infinity", {"zh": "一天里来人有高峰", "en": "arrivals in waves over the day"},
           "integral of lambda(t - s) e^(-s) ds", _expected_waves(), _waves),
    System("five waiting for the last", {"zh": "会议等人到齐", "en": "a meeting waits for the last of five"},
           "mean x H_5", {"start, minutes": 68.5, "lost, person-minutes": 192.5}, _waiting_for_the_last),
    System("6 checks on 12 slots", {"zh": "检查撞在一起", "en": "checks that fall on one slot"},
           "D (1 - (1 - 1/D)^m)", {"visits": 4.880494}, _checks_on_slots),
    System("M/M/4/4", {"zh": "约不到人的预约", "en": "appointments that find nobody"}, "Erlang B",
           {"lost": 0.206107}, _lost_appointments),
    System("M/M/1//4", {"zh": "四台设备一个维修工", "en": "four machines and one repairer"}, "finite source",
           {"broken": 1.242718, "busy": 0.689320}, _repairs),
)  # fmt: skip
