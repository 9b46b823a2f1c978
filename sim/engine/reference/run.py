"""The reference engine: every rule of the contract on SimPy, plain enough to be believed."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from sim.engine.reference.office import Office
from sim.engine.reference.record import Record, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan


def simulate_reference(plan: Plan, *, keep_spans: bool = False) -> RunLog:
    """Run the plan to its horizon.

    Units that no work passes between run one after another, each on a clock of its own; those that send each other
    work run in rounds. So no result depends on the order of units.
    """
    rows, record = Rows(plan), Record(len(plan.activities))
    with _collector_paused():
        for units in _linked_units(plan):
            _run([Office(plan, unit, rows, record) for unit in units], plan.horizon)
    return record.close(plan, keep_spans=keep_spans)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python from searching hundreds of thousands of live happenings for garbage, a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _run(offices: list[Office], horizon: int) -> None:
    """Advance offices from regular opening to regular opening of any of them, exchanging finishes in between.

    What finishes in one round is received at an opening after it, so never before the next round begins.
    """
    by_unit = {office.unit: office for office in offices}
    openings = {opening for office in offices for opening in office.regular_opens if 0 < opening < horizon}
    rounds = sorted(openings) if len(offices) > 1 else []
    for until in [*rounds, horizon]:
        for office in offices:
            office.run(until)
        for office in offices:
            for row, finished in office.sent:
                by_unit[office.rows.unit[row]].receive(row, finished)
            office.sent.clear()


def _linked_units(plan: Plan) -> list[list[int]]:
    """Group the units that work passes between, directly or through others."""
    rows = plan.activities
    linked = np.flatnonzero(rows.predecessor >= 0)
    pairs = np.unique(np.stack((rows.unit[linked], rows.unit[rows.predecessor[linked]])), axis=1)
    group = list(range(len(plan.roster.unit_shift)))

    def root(unit: int) -> int:
        while group[unit] != unit:
            unit = group[unit]
        return unit

    for one, other in pairs.T.tolist():
        low, high = sorted((root(one), root(other)))
        group[high] = low
    groups: dict[int, list[int]] = {}
    for unit in range(len(group)):
        groups.setdefault(root(unit), []).append(unit)
    return list(groups.values())
