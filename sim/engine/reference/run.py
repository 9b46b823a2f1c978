"""The reference engine: the contract on SimPy, written for easy review."""

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
    """Run the plan to its horizon and return the log.

    Units that exchange no work run one after another, each on its own clock; units that do run together in rounds. So
    the result does not depend on the order of units.
    """
    rows, record = Rows(plan), Record(len(plan.activities))
    with _collector_paused():
        for units in _linked_units(plan):
            _run([Office(plan, unit, rows, record) for unit in units], plan.horizon)
    return record.close(plan, keep_spans=keep_spans)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Switch the garbage collector off: scanning the many live happenings takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _run(offices: list[Office], horizon: int) -> None:
    """Advance linked offices from regular opening to regular opening, and pass finishes on after each round.

    A row sent to another unit is released at an opening after the finish, so never before the next round begins.
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
    """Group the units that exchange work, directly or through other units; other units form groups of one."""
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
