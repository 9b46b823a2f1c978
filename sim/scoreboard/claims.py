"""Rows of the scoreboard for what is told without a number: in how many draws it holds.

The share of draws is given with Wilson's 90 % interval. What holds without the reform as well is no news.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.study import Other
from sim.scoreboard.targets import NO_INTERVAL, ScoreRow, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.domain.study import Claim, Condition
    from sim.metrics.outcome import Outcome
    from sim.scoreboard.targets import Verdict

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]
    Draws = Sequence[tuple[Outcome, Outcome, Outcome]]

HOLDS = 0.95
"""Share of draws in which a claim has to hold, as a band from 5 to 95 % asks of a figure that only tells the way."""
NORMAL_95 = 1.6448536269514722
"""The 95 % quantile of the normal distribution: a two-sided interval of 90 %."""


def score_claims(system: str, claims: Sequence[Claim], draws: Draws) -> list[ScoreRow]:
    """Judge the claims of a place from its draws."""
    return [_score(system, claim, draws) for claim in claims]


def _score(system: str, claim: Claim, draws: Draws) -> ScoreRow:
    held, without = (_holds(claim, draws, side) for side in (1, 0))
    counted = len(draws) if _is_told(claim, draws) else 0
    share, low, high = wilson(int(held.sum()), counted)
    _, prior_low, prior_high = wilson(int(without.sum()), counted)
    first = claim.holds[0]
    return ScoreRow(
        system=system,
        figure=claim.name,
        role="target",
        published=None,
        bound="claim",
        reading=claim.reading.model_dump(),
        metric=first.metric,
        scope=first.scope,
        simulated=share,
        low=low,
        high=high,
        prior_low=prior_low,
        prior_high=prior_high,
        verdict=claim_verdict(claim, (share, high), float(without.mean()) if counted else 0.0),
        why=NO_INTERVAL if share is None else claim.follows.model_dump() if claim.follows else {},
    )


def claim_verdict(claim: Claim, found: tuple[float | None, float | None], without: float) -> Verdict:
    """Judge a claim by the share of draws in which it holds, and by how often it holds without the reform.

    Too few draws to tell, what follows from how the measure is put in, and what holds without the reform are no test.
    """
    share, high = found
    if share is None or high is None:
        return "not_testable"
    if share < HOLDS:
        if high >= HOLDS:
            return "not_testable"
        return "structurally_impossible" if claim.impossible is not None else "not_reproduced"
    if claim.follows is not None or without >= HOLDS:
        return "not_testable"
    return "only_by_tuning" if claim.tuned_by else "reproduced"


def wilson(held: int, draws: int) -> tuple[float | None, float | None, float | None]:
    """Give the share and Wilson's 90 % score interval of it; nothing from fewer than two draws."""
    if draws < 2:
        return None, None, None
    share, square = held / draws, NORMAL_95**2 / draws
    middle = (share + square / 2) / (1 + square)
    half = NORMAL_95 * math.sqrt(share * (1 - share) / draws + square / (4 * draws)) / (1 + square)
    return share, max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def _holds(claim: Claim, draws: Draws, after: int) -> Truths:
    """Tell the draws in which every condition holds; with `after` 0 the year before stands for the year after."""
    held = np.ones(len(draws), dtype=np.bool_)
    for condition in claim.holds:
        held &= _met(condition, draws, after)
    return held


def _met(condition: Condition, draws: Draws, after: int) -> Truths:
    value = _values(condition, draws, after)
    met: Truths = np.isfinite(value)
    if condition.below is not None:
        met &= value < _limit(condition.below, draws, after)
    if condition.above is not None:
        met &= value > _limit(condition.above, draws, after)
    return met


def _limit(limit: float | Other, draws: Draws, after: int) -> Numbers | float:
    return limit.factor * _values(limit, draws, after) if isinstance(limit, Other) else limit


def _values(one: Condition | Other, draws: Draws, after: int) -> Numbers:
    key = (one.metric, one.scope)
    sides = [np.array([draw[side].values.get(key, math.nan) for draw in draws]) for side in (0, after)]
    return told(one.told_as, *sides)


def _is_told(claim: Claim, draws: Draws) -> bool:
    """Tell whether every metric of the claim has a value in some draw."""
    limits = [limit for one in claim.holds for limit in (one.below, one.above)]
    named: list[Condition | Other] = [*claim.holds, *(limit for limit in limits if isinstance(limit, Other))]
    return all(bool(np.isfinite(_values(one, draws, 1)).any()) for one in named)
