"""Approvals from hand-in to decision: turnaround on the clock, hand-overs, returns.

Everything handed in is counted: a case that is still open at the year's end has lasted until then at least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.cases import Cases
    from sim.metrics.sample import Sample

ALL = "all"


def measure_approvals(sample: Sample) -> dict[tuple[str, str], float]:
    """Turnaround, hand-overs and returns by stream of approvals and over all."""
    told = [(cases, *_lasted(cases, sample)) for cases in sample.setting.cases if len(cases.first)]
    values: dict[tuple[str, str], float] = {}
    for cases, days, decided, gave_up in told:
        values |= _told(cases.stream, days, decided, gave_up, cases.promised / DAY, cases.handovers, cases.returns)
    if told:
        promised = np.concatenate([np.full(len(days), cases.promised / DAY) for cases, days, _, _ in told])
        columns = [np.concatenate([one[place] for one in told]) for place in (1, 2, 3)]
        moved = [np.concatenate([getattr(one[0], name) for one in told]) for name in ("handovers", "returns")]
        values |= _told(ALL, columns[0], columns[1], columns[2], promised, moved[0], moved[1])
    return values


def _lasted(cases: Cases, sample: Sample) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Give the days each case has lasted, whether it is decided, and whether the applicant gave up."""
    finish = sample.log.finish[cases.last]
    until = np.where(finish >= 0, finish, sample.plan.horizon)
    return (until - sample.rows.release[cases.first]) / DAY, finish >= 0, sample.log.gave_up[cases.first]


def _told(
    scope: str,
    days: NDArray[np.float64],
    decided: NDArray[np.bool_],
    gave_up: NDArray[np.bool_],
    promised: float | NDArray[np.float64],
    handovers: NDArray[np.int64],
    returns: NDArray[np.int64],
) -> dict[tuple[str, str], float]:
    stayed = ~gave_up
    values = {
        "approval_handovers": float(handovers.mean()),
        "approval_returns": float(returns.mean()),
        "approval_in_time": float((decided & (days <= promised)).mean()),
        "approval_open": float((stayed & ~decided).mean()),
        "approval_gave_up": float(gave_up.mean()),
    }
    if stayed.any():
        values["turnaround_mean"] = float(days[stayed].mean())
        values["turnaround_p90"] = float(np.quantile(days[stayed], 0.9))
    return {(key, scope): value for key, value in values.items()}
