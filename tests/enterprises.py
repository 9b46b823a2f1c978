"""Enterprises for tests: the small county with ten of them, and checks by the departments."""

from __future__ import annotations

from typing import Any

from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.metrics.enterprises import measure_enterprises
from sim.metrics.sample import Sample
from tests.regimes import Entry, Row, label, plan_of, regime, rows_of, unit_type, units, wanted_of

RISK = {"high": "20%", "medium": "30%", "low": "50%"}
EQUAL = {"high": 1.0, "medium": 1.0, "low": 1.0}


def with_enterprises(count: int = 10, clerks: int = 2, **changes: Any) -> dict[str, Entry]:
    """Return the units of the small county, with so many clerks in a department, and enterprises of two people."""
    firm = unit_type("enterprise", count, {"host": 2}, parent="county_office", travel="30 min", risk=RISK, **changes)
    department = unit_type("county", 3, {"clerks": clerks}, parent="county_office", travel="10 min", represents=2)
    return {**units(department=department), "enterprise": firm}


def check(**changes: Any) -> Entry:
    """Three departments check each enterprise four times a year on average, for an hour, announced before."""
    usual = {"issuer": "department", "on": "enterprise", "recurrence": "4 per year", "programmes": 3}
    times = {"notice": "3 workdays", "paperwork": "2 h", "length": "1 h", "hosts": 1, "inspectors": 2, "times": EQUAL}
    return {"kind": "enterprise_check", **usual, **times, **changes}


def city(count: int = 10, clerks: int = 2, **checks: Entry) -> Regime:
    """Return a regime with enterprise checks only."""
    return regime(
        {name: {"label": label(name), **entry} for name, entry in checks.items()},
        organisation=with_enterprises(count, clerks),
    )


def work_of(made: Regime) -> dict[int, Row]:
    """Return the rows of the plan by identity, with row numbers set to 0."""
    return {row.identity: row._replace(row=0) for row in rows_of(wanted_of(made))}


def counters(made: Regime, replication: int = 0) -> dict[str, float]:
    """Return all counters of one simulated year."""
    plan = plan_of(made, replication)
    return {key: value for (key, _), value in measure_enterprises(Sample(plan, simulate(plan))).items()}
