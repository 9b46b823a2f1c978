"""Helpers to run plans in tests, to read logs in hours, and to compare logs."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.checks import check_conservation, check_plan
from sim.contract.log import RunLog, Spans
from sim.engine.compiled.run import simulate_compiled, simulate_uncompiled
from sim.engine.reference.run import simulate_reference
from tests.oracle import simulate_by_force
from tests.plans import HOUR

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.contract.plan import Plan

ENGINES: dict[str, Callable[..., RunLog]] = {
    "reference": simulate_reference,
    "uncompiled": simulate_uncompiled,
    "compiled": simulate_compiled,
}


def run(plan: Plan) -> RunLog:
    """Run a small plan through every engine and the oracle, check that they agree, and return their common log."""
    check_plan(plan)
    by_force = simulate_by_force(plan)
    check_conservation(plan, by_force)
    for name, engine in ENGINES.items():
        assert not differences(engine(plan, keep_spans=True), by_force), name
    return by_force


def differences(one: RunLog, other: RunLog) -> list[str]:
    """Return the names of fields in which two logs differ; spans are compared if both logs have them."""
    pairs: list[tuple[Any, Any, str]] = [(one, other, f.name) for f in fields(RunLog) if f.name != "spans"]
    assert (one.spans is None) == (other.spans is None)
    if one.spans is not None:
        pairs += [(one.spans, other.spans, f.name) for f in fields(Spans)]
    return [name for a, b, name in pairs if not np.array_equal(getattr(a, name), getattr(b, name))]


def hours(seconds: Any) -> list[float]:
    """Return seconds in hours; -1 stays -1."""
    return [value / HOUR if value >= 0 else -1 for value in np.asarray(seconds).tolist()]


def diary(log: RunLog, cadre: int = 0) -> list[tuple[int, float, float]]:
    """Return row, begin and end (in hours) of each span of a cadre."""
    spans = log.spans
    assert spans is not None
    return [
        (row, begin / HOUR, end / HOUR)
        for who, row, begin, end in zip(*(getattr(spans, f.name).tolist() for f in fields(Spans)), strict=True)
        if who == cadre
    ]
