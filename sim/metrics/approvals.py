"""Approvals from hand-in to decision: turnaround on the clock, hand-overs, returns.

Every case handed in counts: a case that is open at the horizon has lasted until then at least.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category, Part
from sim.metrics.definitions import NINE_IN_TEN
from sim.metrics.example import Example, SmallPlan, Work
from sim.metrics.metric import Metric

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.cases import Cases
    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

ALL = "all"
_STEP = partial(Work, "approval", Part.HANDLE, Category.SERVICE, issuer="residents")
_CASES = SmallPlan(
    (_STEP(1, at=9), _STEP(1, at=56), _STEP(1, at=24, unit=1), _STEP(99, at=33, unit=1),
     _STEP(99, at=8, unit=2), _STEP(1, at=9, patience=1, unit=2)),
    cadres=(1, 1, 1),
    facts={"cases": ({"stream": "permit", "promised": 3 * DAY,
                      "first": (0, 2, 5), "last": (1, 3, 5), "handovers": (3, 1, 0), "returns": (1, 0, 0)},)},
)  # fmt: skip
"""The first case is handed in on Monday at nine and decided on Wednesday at nine. The second is handed in at midnight
after Monday; its last step is not finished in the week. The third applicant gives up on Monday at ten."""

APPROVALS = (
    Metric("turnaround_mean", unit="days", better="less", scopes="stream", family="residents",
           label={"zh": "审批平均全程时间", "en": "mean turnaround of approvals"},
           meaning={"zh": "从递交到办结的天数；未办结的算到年末",
                    "en": "days on the clock from hand-in to decision; an open case has lasted until the year's end"},
           example=Example(_CASES, {"permit": (2 + 6) / 2, "all": (2 + 6) / 2}, "2 days, and 6 days until the end")),
    Metric("turnaround_p90", unit="days", better="less", scopes="stream", family="residents",
           label={"zh": "审批全程时间九成位", "en": "turnaround of nine in ten"},
           meaning={"zh": "九成的件不超过这个天数", "en": "nine in ten cases last at most so many days"},
           example=Example(_CASES, {"permit": 2 + 0.9 * 4, "all": 2 + 0.9 * 4},
                           "nine tenths of the way from 2 days to 6 days")),
    Metric("approval_in_time", unit="share", better="more", scopes="stream", family="residents",
           label={"zh": "审批按承诺办结", "en": "approvals decided in time"},
           meaning={"zh": "在承诺时限内办结的比例", "en": "share of all cases decided within the promised time"},
           example=Example(_CASES, {"permit": 1 / 3, "all": 1 / 3}, "one of three within the promised 3 days")),
    Metric("approval_open", unit="share", better="less", scopes="stream", family="residents",
           label={"zh": "审批年末未办结", "en": "approvals open at year end"},
           meaning={"zh": "年末既未办结也未放弃的比例", "en": "share of all cases neither decided nor given up"},
           example=Example(_CASES, {"permit": 1 / 3, "all": 1 / 3}, "the second of three")),
    Metric("approval_gave_up", unit="share", better="less", scopes="stream", family="residents",
           label={"zh": "审批放弃比例", "en": "applicants who gave up"},
           meaning={"zh": "申请人放弃的比例", "en": "share of all cases whose applicants gave up"},
           example=Example(_CASES, {"permit": 1 / 3, "all": 1 / 3}, "the third of three")),
    Metric("approval_handovers", unit="per case", better="less", scopes="stream", family="residents",
           label={"zh": "审批流转次数", "en": "hand-overs of an approval"},
           meaning={"zh": "一件在单位之间流转的次数", "en": "times a case passes from one unit to another"},
           example=Example(_CASES, {"permit": (3 + 1 + 0) / 3, "all": (3 + 1 + 0) / 3}, "3, 1 and 0 hand-overs")),
    Metric("approval_returns", unit="per case", better="less", scopes="stream", family="residents",
           label={"zh": "审批退回次数", "en": "returns of an approval"},
           meaning={"zh": "一件被退回的次数", "en": "times a case is sent back"},
           example=Example(_CASES, {"permit": 1 / 3, "all": 1 / 3}, "one return in three cases")),
)  # fmt: skip


def measure_approvals(sample: Sample) -> Values:
    """Compute the metrics of `APPROVALS` by stream and over all; nothing for a stream without cases."""
    lasted = [(cases, *_lasted(cases, sample)) for cases in sample.setting.cases if len(cases.first)]
    values: Values = {}
    for cases, days, decided, gave_up in lasted:
        values |= _values(cases.stream, days, decided, gave_up, cases.promised / DAY, cases.handovers, cases.returns)
    if lasted:
        promised = np.concatenate([np.full(len(days), cases.promised / DAY) for cases, days, _, _ in lasted])
        columns = [np.concatenate([one[place] for one in lasted]) for place in range(1, len(lasted[0]))]
        moved = [np.concatenate([getattr(one[0], name) for one in lasted]) for name in ("handovers", "returns")]
        values |= _values(ALL, columns[0], columns[1], columns[2], promised, moved[0], moved[1])
    return values


def _lasted(cases: Cases, sample: Sample) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the days each case has lasted, whether it is decided, and whether the applicant gave up."""
    finish = sample.log.finish[cases.last]
    until = np.where(finish >= 0, finish, sample.plan.horizon)
    return (until - sample.rows.release[cases.first]) / DAY, finish >= 0, sample.log.gave_up[cases.first]


def _values(
    scope: str,
    days: NDArray[np.float64],
    decided: NDArray[np.bool_],
    gave_up: NDArray[np.bool_],
    promised: float | NDArray[np.float64],
    handovers: NDArray[np.int64],
    returns: NDArray[np.int64],
) -> Values:
    """Average over the cases of a scope; the turnaround leaves out given-up cases, and is absent if all gave up."""
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
        values["turnaround_p90"] = float(np.quantile(days[stayed], NINE_IN_TEN))
    return {(key, scope): value for key, value in values.items()}
