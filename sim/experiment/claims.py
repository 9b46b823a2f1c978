"""Executable claims about a comparison: `expect:` of a scenario, and `--fail-if` of a call."""

from __future__ import annotations

import difflib
import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.scenario.scopes import scopes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sim.experiment.comparison import Comparison
    from sim.scenario.scenario import Expectation, Scenario
    from sim.scenario.scopes import Measured

_CLAIM = re.compile(r"\s*(\w+)(?:\[([^\]]+)\])?\s*([<>]=?)\s*(-?\d+(?:\.\d+)?)\s*")
MOST_NAMED = 12
"""Most allowed names that a message lists."""
_COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@dataclass(frozen=True)
class Claim:
    """The claim that the mean difference (after - before) of a metric lies on one side of a number."""

    metric: str
    scope: str
    sign: str
    value: float


def read_claims(texts: Iterable[str], scenarios: Iterable[Scenario], metrics: Mapping[str, Measured]) -> list[Claim]:
    """Parse claims such as `formality_hours[village_cadre] > 0` about the scenarios after.

    Raises:
        UsageError: a claim cannot be parsed, or names an unknown metric or a scope that a scenario does not measure.
    """
    scenarios = list(scenarios)
    claims = []
    for text in texts:
        found = _CLAIM.fullmatch(text)
        if not found:
            raise UsageError(
                zh=f"看不懂“{text}”；写法如 formality_hours[village_cadre] > 0",
                en=f"cannot read '{text}'; write for example formality_hours[village_cadre] > 0",
            )
        claim = Claim(found[1], (found[2] or "all").strip(), found[3], float(found[4]))
        if claim.metric not in metrics:
            raise _unknown(text, "指标", "metric", claim.metric, metrics)
        for scenario in scenarios:
            scopes = scopes_of(metrics[claim.metric], scenario)
            if claim.scope not in scopes:
                raise _unknown(text, f"范围（{claim.metric}）", f"scope of {claim.metric}", claim.scope, scopes)
        claims.append(claim)
    return claims


def _unknown(text: str, zh: str, en: str, name: str, allowed: Collection[str]) -> UsageError:
    near = difflib.get_close_matches(name, list(allowed), n=MOST_NAMED, cutoff=0.0)
    likely = difflib.get_close_matches(name, near, n=1)
    there = ", ".join(near) + (f", … ({len(allowed)})" if len(allowed) > len(near) else "")
    return UsageError(
        zh=f"“{text}”：没有名为“{name}”的{zh}；" + (f"是不是“{likely[0]}”？" if likely else f"可用：{there}"),
        en=f"'{text}': no {en} is called '{name}'; "
        + (f"did you mean '{likely[0]}'?" if likely else f"there are {there}"),
    )


def broken_claims(
    comparison: Comparison, expected: Iterable[Expectation], forbidden: Iterable[Claim]
) -> list[tuple[str, str]]:
    """Return a sentence in zh and en for each expectation that does not hold and each forbidden claim that does."""
    told = []
    for claim in forbidden:
        row = comparison.row(claim.metric, claim.scope)
        if row is None or _COMPARE[claim.sign](row.difference, claim.value):
            found = "-" if row is None else f"{row.difference:.4g}"
            name = f"{claim.metric}[{claim.scope}] {claim.sign} {claim.value:g}"
            told.append((f"--fail-if 成立：{name}（差值 {found}）", f"--fail-if holds: {name} (difference {found})"))
    for expectation in expected:
        row = comparison.row(expectation.metric, expectation.scope)
        below = expectation.below is None or (row is not None and row.high < expectation.below)
        above = expectation.above is None or (row is not None and row.low > expectation.above)
        if not (below and above):
            found = "-" if row is None else f"[{row.low:.4g}, {row.high:.4g}]"
            name = f"{expectation.metric}[{expectation.scope}]"
            told.append((f"预期不成立：{name}，区间 {found}", f"expectation fails: {name}, interval {found}"))
    return told
