"""Identities that hold to the second in every run: no tolerance, no averages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.units import HOUR, MINUTE
from sim.verification.plans import plan_from, whole_seconds, windows
from sim.verification.system import System

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan
    from sim.verification.system import Run

HOURS = [(8.5, 12.0), (14.0, 17.5)]
WEEKDAYS = 5
WEEK = 7


def _busy_office(rng: Generator, *, preemptive: bool = True, ranks: int = 3, cadres: int = 3) -> Plan:
    """Return three weeks of an office with more work than time."""
    days, size = 3 * WEEK, 150 * cadres
    return plan_from(
        rng.integers(0, days * DAY, size),
        whole_seconds(rng.lognormal(0, 1, size), HOUR),
        rank=rng.integers(0, ranks, size),
        cadres=cadres,
        days=days,
        shift=windows(HOURS, [day for day in range(days) if day % WEEK < WEEKDAYS]),
        preemptive=preemptive,
    )


def _little(rng: Generator, run: Run) -> list[float]:
    """Compare the area under the number present, step by step, with the sum of all stays; both in seconds."""
    plan = _busy_office(rng)
    log = run(plan)
    left = np.where(log.finish >= 0, log.finish, plan.horizon)
    edges = np.concatenate((log.released, left))
    order = np.argsort(edges, kind="stable")
    present = np.cumsum(np.where(order < len(left), 1, -1))
    area = int((present[:-1] * np.diff(edges[order])).sum())
    return [float(area - int((left - log.released).sum()))]


def _demanded(rng: Generator, run: Run) -> list[float]:
    """Compare the seconds worked on finished rows with those demanded, and the books of cadres with those of rows."""
    plan = _busy_office(rng)
    log = run(plan)
    done = log.finish >= 0
    return [
        float(int(log.worked[done].sum()) - int(plan.activities.effort[done].sum())),
        float(int(log.seconds.sum()) - int(log.worked.sum())),
    ]


def _same_busy_time(rng: Generator, run: Run) -> list[float]:
    """Compare the seconds worked in each week by one cadre under three disciplines."""
    seed = int(rng.integers(1 << 62))
    weeks = [
        run(_busy_office(np.random.default_rng(seed), preemptive=preemptive, ranks=ranks, cadres=1)).seconds.sum(axis=2)
        for preemptive, ranks in ((False, 1), (False, 3), (True, 3))
    ]
    return [float(np.abs(other - weeks[0]).sum()) for other in weeks[1:]]


def _office_clock(rng: Generator, run: Run) -> list[float]:
    """Compare a queue in office hours with the same queue without interruption, on the clock of the office."""
    days, size = 60, 500
    open_seconds = days * 8 * HOUR
    arrivals = np.sort(rng.integers(0, open_seconds - 40 * HOUR, size))
    effort = whole_seconds(rng.exponential(45, size), MINUTE)
    through = run(plan_from(arrivals, effort, days=open_seconds // DAY + 1))
    day, second = np.divmod(arrivals, 8 * HOUR)
    office = run(plan_from(day * DAY + 9 * HOUR + second, effort, days=days, shift=windows([(9, 17)], range(days))))
    return [float(np.abs(_worked_until(office) - through.finish).sum())]


def _worked_until(log: RunLog) -> NDArray[np.int64]:
    """Return finishes on the clock of an office that is open from nine to five."""
    day, second = np.divmod(log.finish - 1, DAY)  # a finish at five belongs to that day
    return np.asarray(day * 8 * HOUR + second + 1 - 9 * HOUR, dtype=np.int64)


def _standard_cost(rng: Generator, run: Run) -> list[float]:
    """Return the hours of three obligations without congestion: number x frequency x time."""
    obligations = [(340 * 12, 1.5), (26 * 52, 2.25), (1 * 4, 16.0)]
    effort = np.concatenate([np.full(count, round(hours * HOUR)) for count, hours in obligations])
    release = rng.permutation(len(effort)) * 16 * HOUR
    log = run(plan_from(release, effort, days=int(release.max()) // DAY + 2))
    return [float(int(log.seconds.sum()) / HOUR)]


IDENTITIES = (
    System("Little's law", {"zh": "在办数与停留时间", "en": "number present and time of stay"},
           "integral of N(t) dt = sum of stays", {"difference, s": 0}, _little, exact=True),
    System("hours worked", {"zh": "做的等于要做的", "en": "work done is work demanded"},
           "worked = demanded on finished work; books of cadres = books of work",
           {"demand, s": 0, "books, s": 0}, _demanded, exact=True),
    System("one server", {"zh": "一个人的忙碌时间与次序无关", "en": "one cadre is as busy in any order of work"},
           "the same busy time under every discipline without idling", {"ranks, s": 0, "interrupting, s": 0},
           _same_busy_time, exact=True),
    System("office clock", {"zh": "上下班只是停表", "en": "closing time only stops the clock"},
           "finish in office hours = finish without a pause, on the office clock", {"difference, s": 0},
           _office_clock, exact=True),
    System("standard cost", {"zh": "标准成本法", "en": "Standard Cost Model"},
           "340 x 12 x 1.5 + 26 x 52 x 2.25 + 1 x 4 x 16", {"hours": 9226.0}, _standard_cost, exact=True),
)  # fmt: skip
