"""Input of every simulation library: the canonical workload as arrivals in seconds of office hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.contract.plan import DAY
from tests.benchmarks.workload import CLOSES, OFFICE_DAYS, OPENS

if TYPE_CHECKING:
    from sim.contract.plan import Plan


class Arrivals(NamedTuple):
    """The work of each office, sorted by arrival: (arrival, effort, priority, seats). The smallest priority goes first.

    The clock counts open seconds only, so that a model need not know nights and weekends.
    """

    offices: list[list[list[int]]]
    horizon: int


class Outcome(NamedTuple):
    """Counts of a run by seat: an appointment with three seats counts as three."""

    finished: int
    seconds: int
    """Sum of the times from arrival to finish, over all that finished."""


def arrivals_of(plan: Plan) -> Arrivals:
    """Return a plan as arrivals; appointments have priority over all other work."""
    rows = plan.activities
    columns = [rows.effort, np.where(rows.start >= 0, 0, rows.rank + 1), rows.seats]
    table = np.stack([_open_seconds(rows.release), *columns], axis=1)
    offices = np.split(table, np.flatnonzero(np.diff(rows.unit)) + 1)
    return Arrivals([office.tolist() for office in offices], int(_open_seconds(plan.horizon)))


def _open_seconds(instants: Any) -> Any:
    """Return the seconds of office hours before each calendar second."""
    day = instants // DAY
    open_days = day // 7 * OFFICE_DAYS + np.minimum(day % 7, OFFICE_DAYS)
    today = np.clip(instants % DAY, OPENS, CLOSES) - OPENS
    return open_days * (CLOSES - OPENS) + np.where(day % 7 < OFFICE_DAYS, today, 0)
