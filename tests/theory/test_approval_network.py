"""A network of queues: village, township, county; the township sends a fifth of the cases back to the village.

Jackson's theorem (traffic equations, then M/M/c at each stop). With 1.2 cases a unit of time handed in: rates 1.5 at
the village and the township, 1.2 at the county; one server of rate 2.5, one of rate 2, two of rate 1; present on
average 1.5, 3 and 1.875, so a case spends 6.375 / 1.2 = 5.3125 units at the stops. The plan expands every case into a
chain of rows before the year begins; the engine runs it. A unit of time is an hour and a half. Offices open every ten
minutes, because a case that changes the unit is released at the next opening.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.contract.plan import DAY
from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.plan.year import plan_year
from tests.regimes import label, regime, unit_type

REPLICATIONS = 20
UNIT = 90 * 60
RATE = 1.2 * 365 * DAY / UNIT
STOPS = ("village", "township", "county_office")
PRESENT = {"village": 1.5, "township": 3.0, "county_office": 1.875}
RATES = {"village": 1.5, "township": 1.5, "county_office": 1.2}
SPENT = 5.3125


def minutes(rate: float) -> str:
    return f"exponential(mean={90 / rate} min)"


def network() -> Regime:
    edges = [f"{at // 60:02d}:{at % 60:02d}" for at in range(0, 24 * 60 + 1, 10)]
    opening = tuple(f"{opens}-{closes}" for opens, closes in pairwise(edges))
    organisation: dict[str, Any] = {
        "county_office": unit_type("county", 1, {"staff": 2}),
        "township": unit_type("township", 1, {"staff": 1}, parent="county_office"),
        "village": unit_type("village", 1, {"members": 1}, parent="township"),
    }
    case = {
        "kind": "approval",
        "label": label("case"),
        "on": "village",
        "rate": f"{RATE:.6f} per year",
        "kinds": 1,
        "concentration": 1.0,
        "hops": (
            {"unit": "village", "effort": minutes(2.5)},
            {"unit": "township", "effort": minutes(2.0), "sent_back": "20%"},
            {"unit": "county_office", "effort": minutes(1.0)},
        ),
        "patience": "3000 days",
        "promised": "10 days",
    }
    calendar = {"year": 2023, "shifts": {"office": {"hours": opening, "every_day": True}}}
    policy = {"order": "plain", "discipline": "first_come", "preemptive": False}
    return regime({}, {"case": case}, calendar=calendar, organisation=organisation, policy=policy)


@cache
def replicated() -> np.ndarray:
    """Return the mean number present at each stop, the time of a case, and the rates; one row a replication."""
    return np.array([one_year(network(), replication) for replication in range(REPLICATIONS)])


def one_year(made: Regime, replication: int) -> list[float]:
    """Measure from February to November, because the year starts empty."""
    plan = plan_year(made, 3, replication)
    log = simulate(plan)
    assert plan.setting is not None
    types = np.array(plan.setting.unit_types)[plan.activities.unit]
    begin, end = 31 * DAY, 334 * DAY
    inside = (log.released >= begin) & (log.released < end)
    stay = np.where(log.finish >= 0, log.finish, plan.horizon) - log.released
    filed = inside & (types == "village") & (plan.activities.predecessor < 0)
    present = [stay[inside & (types == stop)].sum() / (end - begin) for stop in STOPS]
    spent = stay[inside].sum() / UNIT / filed.sum()
    return [*present, spent, *((inside & (types == stop)).sum() * UNIT / (end - begin) for stop in STOPS)]


@pytest.mark.slow  # 20 years of 24,000 rows and 144 windows a day
def test_the_network_is_jacksons() -> None:
    expected = np.array([*(PRESENT[stop] for stop in STOPS), SPENT, *(RATES[stop] for stop in STOPS)])

    found = replicated()

    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    assert (np.abs(found.mean(axis=0) - expected) <= 3 * error).all(), (found.mean(axis=0) - expected) / error
    assert (3 * error < 0.1 * expected).all()
