"""The scoreboard: published figures beside simulated ones, with a band and a verdict.

The band is the 5 to 95 per cent range over draws that vary both the year and every input that has a range. A verdict
needs a band that is narrower than the prior: the same draws with drawn strengths of the levers.

A figure is reproduced by the measures that a source reports. Levers that no source reports are left out for a second
band; a figure that only they bring about is marked as such.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from sim.domain.grade import Bound
from sim.domain.published import PublishedMetric
from sim.domain.study import AFTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.domain.evidence import Evidence, Figure
    from sim.domain.study import Target, Told, Untestable
    from sim.metrics.outcome import Outcome

    Numbers = NDArray[np.float64]
    Limits = tuple[float | None, float | None]

Verdict = Literal[
    "reproduced", "only_by_tuning", "only_unreported", "not_reproduced", "structurally_impossible", "not_testable",
    "too_few_draws", "input",
]  # fmt: skip
FEWEST = 20
"""Fewest draws for a verdict: of fewer, the 5 to 95 per cent range is that of chance."""
BAND = (0.05, 0.95)
NO_NEWS = 0.8
"""A band at least this wide, as a share of the prior's width, adds nothing to the prior."""
ABOUT = 0.1
"""Tolerance of `about` in both directions, as a share."""


class Draw(NamedTuple):
    """The years of one draw of the uncertain inputs."""

    before: Outcome
    after: Outcome
    left_open: Outcome
    """After the reform, with drawn strengths of the levers."""
    reported: Outcome
    """After the reform, with the reported levers only; the same as `after` if all are."""


class Band(NamedTuple):
    """Mean, low and high over the draws; None from fewer than two."""

    middle: float | None
    low: float | None
    high: float | None


NO_BAND = Band(None, None, None)


@dataclass(frozen=True)
class ScoreRow:
    """One published figure, or one claim."""

    system: str
    """Name of the place."""
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
    scenario: str = AFTER
    """File of the scenario after the reform."""
    unreported: tuple[str, ...] = ()
    """Names of the levers whose source reports no measure."""
    reported: float | None = None
    """As `simulated`, with the reported levers only; None if all are reported."""
    reported_low: float | None = None
    reported_high: float | None = None


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
    system: str, targets: Sequence[Target], evidence: Evidence, draws: Sequence[Draw], unreported: tuple[str, ...] = ()
) -> list[ScoreRow]:
    """Return a row with a verdict for each target of a place; `unreported` names the levers that no source reports."""
    rows = []
    for target in targets:
        key = (target.metric, target.scope)
        before, after, left_open, reported = (
            np.array([side.values.get(key, math.nan) for side in sides]) for sides in zip(*draws, strict=True)
        )
        figure = evidence.published(target.figure)
        assert figure is not None
        found, prior, honest = (
            band(known(told(target.told_as, before, side))) for side in (after, left_open, reported)
        )
        rows.append(_score(system, target, figure, (found, prior, honest), len(draws), unreported))
    return rows


def _score(
    system: str,
    target: Target,
    figure: Figure | PublishedMetric,
    bands: tuple[Band, Band, Band],
    draws: int,
    unreported: tuple[str, ...],
) -> ScoreRow:
    published, bound = published_number(target, figure)
    found, prior, reported = bands
    return ScoreRow(
        system=system,
        figure=target.figure,
        role="target",
        published=published,
        bound=bound,
        reading=target.reading.model_dump(),
        metric=target.metric,
        scope=target.scope,
        simulated=found.middle,
        low=found.low,
        high=found.high,
        prior_low=prior.low,
        prior_high=prior.high,
        verdict=enough(draws, verdict(target, published, bound, found[1:], prior[1:], reported[1:])),
        why=NO_INTERVAL if found.low is None else target.follows.model_dump() if target.follows else {},
        scenario=target.scenario,
        **without(unreported, reported),
    )


def without(unreported: tuple[str, ...], reported: Band) -> dict[str, Any]:
    """Return the fields of a row for the band without the unreported levers; nothing if all are reported."""
    if not unreported:
        return {}
    middle, low, high = reported
    return {"unreported": unreported, "reported": middle, "reported_low": low, "reported_high": high}


def enough(draws: int, judged: Verdict) -> Verdict:
    """Return the verdict, or that there are too few draws for one."""
    return judged if draws >= FEWEST or judged == "not_testable" else "too_few_draws"


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


def band(values: Numbers) -> Band:
    """Return mean, low and high; three times None for fewer than two draws."""
    if len(values) < 2:
        return NO_BAND
    low, high = np.quantile(values, BAND)
    return Band(math.fsum(values) / len(values), float(low), float(high))


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
    if isinstance(figure, PublishedMetric) or target.told_as not in {"change", "difference"}:
        return None, "none"
    return None, figure.direction or "none"


def verdict(
    target: Target,
    published: float | None,
    bound: str,
    found: Limits,
    prior: Limits,
    reported: Limits,
) -> Verdict:
    """Judge a target by its bands with all levers, with drawn strengths, and with the reported levers only.

    It is reproduced if the band of the reported levers contains it and is narrower than the prior, and if it does not
    follow from the inputs.
    """
    if found[0] is None or bound == "none":
        return "not_testable"
    if not agrees(published, bound, *reported):
        if agrees(published, bound, *found):
            return "only_unreported"
        return "structurally_impossible" if target.impossible is not None else "not_reproduced"
    if target.follows is not None or (published is not None and _no_news(reported, prior)):
        return "not_testable"
    return "only_by_tuning" if target.tuned_by else "reproduced"


def agrees(published: float | None, bound: str, low: float | None, high: float | None) -> bool:
    """Return whether the band contains a value that the published number allows; no band contains none."""
    if low is None or high is None:
        return False
    if published is None:
        return high < 0 if bound == "down" else low > 0
    if bound in {Bound.AT_LEAST, Bound.MORE_THAN}:
        return low <= published if published < 0 else high >= published
    slack = ABOUT * abs(published) if bound == Bound.ABOUT else 0.0
    return low - slack <= published <= high + slack


def _no_news(found: Limits, prior: Limits) -> bool:
    if found[0] is None or found[1] is None or prior[0] is None or prior[1] is None:
        return False
    width = prior[1] - prior[0]
    return width > 0 and (found[1] - found[0]) > NO_NEWS * width
