"""The scoreboard: published figures beside simulated ones, with a band and a verdict.

The band is the 5 to 95 per cent range over draws that vary both the year and every input that has a range. A verdict
needs a band that is narrower than the prior: the same draws with drawn strengths of the levers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.domain.grade import Bound
from sim.domain.published import PublishedMetric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.domain.evidence import Evidence, Figure
    from sim.domain.study import Target, Told, Untestable
    from sim.metrics.outcome import Outcome

    Numbers = NDArray[np.float64]

Verdict = Literal["reproduced", "only_by_tuning", "not_reproduced", "structurally_impossible", "not_testable", "input"]
BAND = (0.05, 0.95)
NO_NEWS = 0.8
"""A band at least this wide, as a share of the prior's width, adds nothing to the prior."""
ABOUT = 0.1
"""Tolerance of `about` in both directions, as a share."""


@dataclass(frozen=True)
class ScoreRow:
    """One published figure, or one claim."""

    system: str
    figure: str
    """Id of the figure or level; a claim's own name if no figure states it."""
    role: Literal["input", "target", "untestable"]
    published: float | None
    bound: str
    """`exact`, `at_least`, `more_than`, `about`, `down`/`up` if only the direction is published, or `claim`."""
    reading: dict[str, str]
    """Reading of the figure in zh and en; for an input the quantity it sets, for an untestable figure the reason."""
    metric: str
    scope: str
    simulated: float | None
    """Mean over the draws; for a claim the share of draws in which it holds; for an input the value used."""
    low: float | None
    high: float | None
    prior_low: float | None
    """Lower end of the band with drawn strengths of the levers; for a claim without the reform."""
    prior_high: float | None
    verdict: Verdict
    why: dict[str, str]
    """Why there is no interval, in zh and en; empty if there is one."""
    used: str = ""
    """For an input, the values that it sets in the scenarios."""


NO_INTERVAL = {
    "zh": "指标在模拟中取不到值",
    "en": "the metric has no value in these runs",
}


def untestable_row(system: str, one: Untestable) -> ScoreRow:
    """Return the row of a figure that no metric of the simulation can confirm or refute."""
    why = one.why.model_dump()
    nothing = (None,) * 5
    return ScoreRow(system, one.figure, "untestable", None, "none", why, "", "", *nothing, "not_testable", why)


def score_targets(
    system: str, targets: Sequence[Target], evidence: Evidence, draws: Sequence[tuple[Outcome, Outcome, Outcome]]
) -> list[ScoreRow]:
    """Return a row with a verdict for each target of a place."""
    rows = []
    for target in targets:
        key = (target.metric, target.scope)
        before, after, left_open = (
            np.array([draw[side].values.get(key, math.nan) for draw in draws]) for side in range(3)
        )
        figure = evidence.published(target.figure)
        assert figure is not None
        found, prior = (known(told(target.told_as, before, side)) for side in (after, left_open))
        rows.append(_score(system, target, figure, found, prior))
    return rows


def _score(system: str, target: Target, figure: Figure | PublishedMetric, found: Numbers, prior: Numbers) -> ScoreRow:
    published, bound = published_number(target, figure)
    middle, low, high = band(found)
    _, prior_low, prior_high = band(prior)
    return ScoreRow(
        system=system,
        figure=target.figure,
        role="target",
        published=published,
        bound=bound,
        reading=target.reading.model_dump(),
        metric=target.metric,
        scope=target.scope,
        simulated=middle,
        low=low,
        high=high,
        prior_low=prior_low,
        prior_high=prior_high,
        verdict=verdict(target, published, bound, (low, high), (prior_low, prior_high)),
        why=NO_INTERVAL if low is None else {},
    )


def told(told_as: Told, before: Numbers, after: Numbers) -> Numbers:
    """Return the quantity compared (change, difference, before or after), draw by draw; not finite if unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "change": after / before - 1,
            "difference": after - before,
            "before": before,
            "after": after,
        }[told_as]


def known(values: Numbers) -> Numbers:
    """Return the finite values."""
    finite: Numbers = values[np.isfinite(values)]
    return finite


def band(values: Numbers) -> tuple[float | None, float | None, float | None]:
    """Return mean, low and high; three times None for fewer than two draws."""
    if len(values) < 2:
        return None, None, None
    low, high = np.quantile(values, BAND)
    return math.fsum(values) / len(values), float(low), float(high)


def published_number(target: Target, figure: Figure | PublishedMetric) -> tuple[float | None, str]:
    """Return the published number for the quantity compared, and its bound; None and the direction if there is none."""
    number = {
        "change": figure.change,
        "difference": figure.difference if isinstance(figure, PublishedMetric) else figure.change_abs,
        "before": figure.before,
        "after": figure.after,
    }[target.told_as]
    if isinstance(number, (int, float)):
        return float(number), figure.bound.value
    return None, "none" if isinstance(figure, PublishedMetric) else figure.direction or "none"


def verdict(
    target: Target,
    published: float | None,
    bound: str,
    found: tuple[float | None, float | None],
    prior: tuple[float | None, float | None],
) -> Verdict:
    """Judge a target: inside the band, and the band narrower than the prior."""
    low, high = found
    if low is None or high is None or bound == "none":
        return "not_testable"
    if not agrees(published, bound, low, high):
        return "structurally_impossible" if target.impossible is not None else "not_reproduced"
    if published is not None and _no_news((low, high), prior):
        return "not_testable"
    return "only_by_tuning" if target.tuned_by else "reproduced"


def agrees(published: float | None, bound: str, low: float, high: float) -> bool:
    """Return whether the band contains a value that the published number allows."""
    if published is None:
        return high < 0 if bound == "down" else low > 0
    if bound in {Bound.AT_LEAST, Bound.MORE_THAN}:
        return low <= published if published < 0 else high >= published
    slack = ABOUT * abs(published) if bound == Bound.ABOUT else 0.0
    return low - slack <= published <= high + slack


def _no_news(found: tuple[float, float], prior: tuple[float | None, float | None]) -> bool:
    if prior[0] is None or prior[1] is None:
        return False
    width = prior[1] - prior[0]
    return width > 0 and (found[1] - found[0]) > NO_NEWS * width
