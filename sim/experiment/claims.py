"""Executable claims about a comparison: `expect:` of a scenario, and `--fail-if` of a call."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sim.experiment.comparison import Comparison
    from sim.scenario.scenario import Expectation

_CLAIM = re.compile(r"\s*(\w+)(?:\[([^\]]+)\])?\s*([<>]=?)\s*(-?\d+(?:\.\d+)?)\s*")
_COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@dataclass(frozen=True)
class Claim:
    """The claim that the mean difference (after - before) of a metric lies on one side of a number."""

    metric: str
    scope: str
    sign: str
    value: float


def read_claims(texts: Iterable[str], metrics: Collection[str]) -> list[Claim]:
    """Parse claims such as `formality_hours[village_cadre] > 0`.

    Raises:
        UsageError: a claim cannot be parsed, or names an unknown metric.
    """
    claims = []
    for text in texts:
        found = _CLAIM.fullmatch(text)
        if not found or found[1] not in metrics:
            raise UsageError(
                zh=f"看不懂“{text}”；写法如 formality_hours[village_cadre] > 0",
                en=f"cannot read '{text}'; write for example formality_hours[village_cadre] > 0",
            )
        claims.append(Claim(found[1], found[2] or "all", found[3], float(found[4])))
    return claims


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
