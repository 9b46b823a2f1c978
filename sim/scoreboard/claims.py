"""Rows of the scoreboard for claims without a number: the share of draws in which they hold.

The share has Wilson's 90 % interval. A claim that also holds without the reform tests nothing. A claim is reproduced by
the measures that a source reports.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.study import Other
from sim.scoreboard.targets import NO_BAND, NO_INTERVAL, Band, ScoreRow, enough, told, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.domain.study import Claim, Condition
    from sim.scoreboard.targets import Draw, Verdict

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]
    Draws = Sequence[Draw]

HOLDS = 0.95
"""Share of draws in which a claim must hold, as for a figure with a direction only, whose band is 5 to 95 %."""
NORMAL_95 = 1.6448536269514722
"""The 95 % quantile of the normal distribution, for a two-sided interval of 90 %."""


def score_claims(
    system: str, claims: Sequence[Claim], draws: Draws, unreported: tuple[str, ...] = ()
) -> list[ScoreRow]:
    """Return a row with a verdict for each claim of a place; `unreported` names the levers that no source reports."""
    return [_score(system, claim, draws, unreported) for claim in claims]


def _score(system: str, claim: Claim, draws: Draws, unreported: tuple[str, ...]) -> ScoreRow:
    counted = len(draws) if _is_told(claim, draws) else 0
    found, prior, reported = (wilson(int(_holds(claim, draws, side).sum()), counted) for side in (1, 0, 3))
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
        simulated=found.middle,
        low=found.low,
        high=found.high,
        prior_low=prior.low,
        prior_high=prior.high,
        verdict=enough(len(draws), claim_verdict(claim, found, prior, reported)),
        why=NO_INTERVAL if found.low is None else claim.follows.model_dump() if claim.follows else {},
        scenario=claim.scenario,
        **without(unreported, reported),
    )


def claim_verdict(claim: Claim, found: Band, prior: Band, reported: Band) -> Verdict:
    """Judge a claim by the share of draws in which it holds: with all levers, without the reform, with the reported.

    It is not testable if the share is too uncertain, if the claim follows from the inputs of the measure, or if it
    holds without the reform.
    """
    if found.middle is None or found.high is None or reported.middle is None or reported.high is None:
        return "not_testable"
    if reported.middle < HOLDS:
        if found.middle >= HOLDS:
            return "only_unreported"
        if reported.high >= HOLDS:
            return "not_testable"
        return "structurally_impossible" if claim.impossible is not None else "not_reproduced"
    if claim.follows is not None or (prior.middle or 0.0) >= HOLDS:
        return "not_testable"
    return "only_by_tuning" if claim.tuned_by else "reproduced"


def wilson(held: int, draws: int) -> Band:
    """Return the share and its Wilson score interval of 90 %; three times None for fewer than two draws."""
    if draws < 2:
        return NO_BAND
    share, square = held / draws, NORMAL_95**2 / draws
    middle = (share + square / 2) / (1 + square)
    half = NORMAL_95 * math.sqrt(share * (1 - share) / draws + square / (4 * draws)) / (1 + square)
    return Band(share, max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share)))


def _holds(claim: Claim, draws: Draws, after: int) -> Truths:
    """Return the draws in which every condition holds; with `after` 0 the year before replaces the year after."""
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
    """Return whether every metric of the claim has a value in some draw."""
    limits = [limit for one in claim.holds for limit in (one.below, one.above)]
    named: list[Condition | Other] = [*claim.holds, *(limit for limit in limits if isinstance(limit, Other))]
    return all(bool(np.isfinite(_values(one, draws, 1)).any()) for one in named)
