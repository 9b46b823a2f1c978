"""Intervals and tests over paired replications, the same for any order of the replications.

Sums are exactly rounded (`math.fsum`). One replication has no spread: its intervals are minus to plus infinity, and
every other quantity that it cannot determine is None. Differences that are all alike need no test, so they have no p.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.metrics.metric import Better

LEVEL = 0.95
"""Confidence level of every interval."""
_ROUNDING = 4 * float(np.finfo(np.float64).eps)
"""Share of two numbers within which they are equal but for rounding."""


@dataclass(frozen=True)
class Interval:
    """An estimate and its 95 % interval."""

    middle: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2

    @property
    def holds_zero(self) -> bool:
        """Whether the interval contains zero."""
        return self.low <= 0 <= self.high


def both_known(before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return the pairs in which both values are finite."""
    known = np.isfinite(before) & np.isfinite(after)
    return before[known], after[known]


def differences(before: NDArray[np.float64], after: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return after - before; 0 where rounding alone sets them apart, and all alike if rounding alone does."""
    change, size = after - before, np.maximum(np.abs(before), np.abs(after))
    change = np.where(np.abs(change) <= _ROUNDING * size, 0.0, change)
    return np.full(len(change), mean(change)) if np.ptp(change) <= _ROUNDING * size.max() else change


def t_quantile(freedom: float) -> float:
    """Return the two-sided 95 % quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))


def mean(values: NDArray[np.float64]) -> float:
    """Return the mean, exact for a constant."""
    first = float(values[0])
    return first if np.all(values == first) else math.fsum(values) / len(values)


def covariance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the sample covariance of at least two pairs; exactly 0 if one of them is constant."""
    return math.fsum((one - mean(one)) * (other - mean(other))) / (len(one) - 1)


def mean_interval(values: NDArray[np.float64]) -> Interval:
    """Return the t interval of a mean; infinite for one value."""
    middle, size = mean(values), len(values)
    if size < 2:
        return Interval(middle, -math.inf, math.inf)
    half = t_quantile(size - 1) * math.sqrt(covariance(values, values) / size)
    return Interval(middle, middle - half, middle + half)


def paired_interval(before: NDArray[np.float64], after: NDArray[np.float64]) -> Interval:
    """Return the paired t interval of the mean difference after - before."""
    return mean_interval(differences(before, after))


def paired_p(before: NDArray[np.float64], after: NDArray[np.float64]) -> float | None:
    """Return the two-sided p value of the paired t test; None for a single replication and for equal differences."""
    from scipy.special import stdtr

    difference = differences(before, after)
    size = len(difference)
    if size < 2 or np.ptp(difference) == 0:
        return None
    middle, error = mean(difference), math.sqrt(covariance(difference, difference) / size)
    if error == 0:  # differences near 1e-160, whose squares vanish
        return None
    return float(2 * stdtr(size - 1, -abs(middle / error)))


def half_widths(freedom: int, squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the half widths of many t intervals, from the sums of squared deviations of `freedom + 1` values."""
    return t_quantile(freedom) * np.sqrt(squares / freedom / (freedom + 1))


def ratio_interval(before: NDArray[np.float64], after: NDArray[np.float64], *, signed: bool = False) -> Interval | None:
    """Return the ratio of the means, after / before, with Fieller's interval; None if before is not clearly positive.

    E. C. Fieller (1954), "Some problems in interval estimation": the limits are the roots of a quadratic, and they
    enclose the ratio only if the t test distinguishes the denominator from zero. The interval of a quantity that cannot
    be negative (not `signed`) ends at 0: to cut off what cannot be true leaves the coverage as it is.
    """
    size, below, above = len(before), mean(before), mean(after)
    if below <= 0:
        return None
    ratio = above / below
    if size < 2:
        return Interval(ratio, -math.inf, math.inf)
    scale = t_quantile(size - 1) ** 2 / size
    # Variances of the means, in units of the denominator, times t squared.
    lower = scale * covariance(before, before) / below / below
    joint = scale * covariance(before, after) / below / below
    upper = scale * covariance(after, after) / below / below
    spread = (ratio - joint) * (ratio - joint) - (1 - lower) * (ratio * ratio - upper)
    if lower >= 1 or not math.isfinite(spread):  # a denominator of 1e-160 counts as zero
        return None
    root = math.sqrt(max(spread, 0.0))
    low, high = (ratio - joint - root) / (1 - lower), (ratio - joint + root) / (1 - lower)
    return Interval(ratio, low if signed else max(low, 0.0), high)


def correlation(before: NDArray[np.float64], after: NDArray[np.float64]) -> float | None:
    """Return Pearson's correlation over replications; None if one of them is constant."""
    if len(before) < 2:
        return None
    spread = math.sqrt(covariance(before, before)) * math.sqrt(covariance(after, after))
    return None if spread == 0 else max(-1.0, min(1.0, covariance(before, after) / spread))


def width_ratio(before: NDArray[np.float64], after: NDArray[np.float64]) -> float | None:
    """Return the width of the paired interval divided by that of Welch's interval for independent years.

    None if neither varies, and for a single replication.
    """
    size, half = len(before), paired_interval(before, after).half_width
    if size < 2:
        return None
    first, second = covariance(before, before) / size, covariance(after, after) / size
    error = math.sqrt(first + second)
    if error == 0:
        return None
    one, other = first / (first + second), second / (first + second)
    freedom = (size - 1) / (one**2 + other**2)
    return half / (t_quantile(freedom) * error)


def shares(difference: NDArray[np.float64], better: Better) -> tuple[float, float]:
    """Return the shares of replications with a change for the better and for the worse."""
    if better == "neither":
        return 0.0, 0.0
    less, more = float(np.mean(difference < 0)), float(np.mean(difference > 0))
    return (less, more) if better == "less" else (more, less)


def holm(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return p values adjusted by Holm's step-down method; None values stay None and do not count."""
    order = sorted((p, place) for place, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for done, (p, place) in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - done) * p))
        adjusted[place] = highest
    return tuple(adjusted)


def relative_half_width(interval: Interval) -> float:
    """Return the half width divided by the size of the estimate; infinite for a zero estimate, 0 for a known zero."""
    if interval.middle == 0:
        return math.inf if interval.half_width > 0 else 0.0
    return interval.half_width / abs(interval.middle)


class Running:
    """Running mean and squares by Welford's recurrence, over arrays of one shape."""

    def __init__(self) -> None:
        self.count = 0
        self.mean: NDArray[np.float64] = np.zeros(0)
        self.squares: NDArray[np.float64] = np.zeros(0)
        """Sums of squared deviations from the mean."""

    def add(self, values: NDArray[np.float64]) -> None:
        """Add the next array."""
        self.count += 1
        if self.count == 1:
            self.mean, self.squares = values.astype(np.float64), np.zeros(values.shape)
            return
        step = values - self.mean
        self.mean = self.mean + step / self.count
        self.squares = self.squares + step * (values - self.mean)
