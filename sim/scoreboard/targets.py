"""The scoreboard: what was published beside what comes out, with a band and a verdict.

The band is the 5 to 95 per cent range over draws that vary both the year and every input that has a range. A verdict
needs a band that says more than the prior does: the same draws with the levers' strengths left open.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.domain.evidence import Bound

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
"""A band at least this wide, as a share of the prior's, says no more than the prior alone."""
ABOUT = 0.1
"""What `about` allows on either side, as a share."""


@dataclass(frozen=True)
class ScoreRow:
    """One published figure, or one claim."""

    system: str
    figure: str
    """Id of the figure or level; a claim's own name where no figure speaks of it."""
    role: Literal["input", "target", "untestable"]
    published: float | None
    bound: str
    """`exact`, `at_least`, `more_than`, `about`, `down`/`up` where only the way is told, or `claim`."""
    reading: dict[str, str]
    """How the figure is read, in zh and en; what it sets, or why it cannot be tested."""
    metric: str
    scope: str
    simulated: float | None
    """Mean over the draws; of a claim the share of draws in which it holds; of an input the value that is used."""
    low: float | None
    high: float | None
    prior_low: float | None
    """The same with the levers' strengths left open; of a claim without the reform."""
    prior_high: float | None
    verdict: Verdict
    why: dict[str, str]
    """Why there is no interval, in zh and en; empty where there is one."""
    used: str = ""
    """Of an input, what it sets in the scenarios."""


NO_INTERVAL = {
    "zh": "指标在模拟中取不到值",
    "en": "the metric has no value in these runs",
}


def untestable_row(system: str, one: Untestable) -> ScoreRow:
    """Tell of a figure that nothing the simulation counts can confirm or refute."""
    why = one.why.model_dump()
    nothing = (None,) * 5
    return ScoreRow(system, one.figure, "untestable", None, "none", why, "", "", *nothing, "not_testable", why)


def score_targets(
    system: str, targets: Sequence[Target], evidence: Evidence, draws: Sequence[tuple[Outcome, Outcome, Outcome]]
) -> list[ScoreRow]:
    """Judge the targets of a place from its draws."""
    rows = []
    for target in targets:
        key = (target.metric, target.scope)
        before, after, left_open = (
            np.array([draw[side].values.get(key, math.nan) for draw in draws]) for side in range(3)
        )
        figure = evidence.figures[target.figure]
        found, prior = (known(told(target.told_as, before, side)) for side in (after, left_open))
        rows.append(_score(system, target, figure, found, prior))
    return rows


def _score(system: str, target: Target, figure: Figure, found: Numbers, prior: Numbers) -> ScoreRow:
    published, bound = published_number(target, figure)
    middle, low, high = band(found)
    _, prior_low, prior_high = band(prior)
    return ScoreRow(
        system=system,
        figure=figure.id,
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
    """Give what is said of a metric, draw by draw; not finite where it is not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "change": after / before - 1,
            "difference": after - before,
            "before": before,
            "after": after,
        }[told_as]


def known(values: Numbers) -> Numbers:
    """Leave out the draws in which a value is not known."""
    finite: Numbers = values[np.isfinite(values)]
    return finite


def band(values: Numbers) -> tuple[float | None, float | None, float | None]:
    """Give mean, low and high; nothing from fewer than two draws."""
    if len(values) < 2:
        return None, None, None
    low, high = np.quantile(values, BAND)
    return math.fsum(values) / len(values), float(low), float(high)


def published_number(target: Target, figure: Figure) -> tuple[float | None, str]:
    """Give the number that the figure tells of the metric, and what it says about its size."""
    number = {
        "change": figure.change,
        "difference": figure.change_abs,
        "before": figure.before,
        "after": figure.after,
    }[target.told_as]
    if isinstance(number, (int, float)):
        return float(number), figure.bound.value
    return None, figure.direction or "none"


def verdict(
    target: Target,
    published: float | None,
    bound: str,
    found: tuple[float | None, float | None],
    prior: tuple[float | None, float | None],
) -> Verdict:
    """Judge: inside the band, and not because the prior would have given it anyway."""
    low, high = found
    if low is None or high is None or bound == "none":
        return "not_testable"
    if not agrees(published, bound, low, high):
        return "structurally_impossible" if target.impossible is not None else "not_reproduced"
    if published is not None and _no_news((low, high), prior):
        return "not_testable"
    return "only_by_tuning" if target.tuned_by else "reproduced"


def agrees(published: float | None, bound: str, low: float, high: float) -> bool:
    """Tell whether the band holds a value that the published number allows."""
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
