"""Intervals and tests over paired replications, the same for any order of the replications.

Sums are exactly rounded (`math.fsum`). One replication tells no spread: its intervals reach from minus to plus
infinity, which is what the method leaves open, and what else it cannot tell is None.
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
        """Whether zero cannot be ruled out."""
        return self.low <= 0 <= self.high


def both_known(before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Keep the pairs in which both values are finite."""
    known = np.isfinite(before) & np.isfinite(after)
    return before[known], after[known]


def t_quantile(freedom: float) -> float:
    """Give the two-sided 95 % quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))


def mean(values: NDArray[np.float64]) -> float:
    """Average, exact for a constant."""
    first = float(values[0])
    return first if np.all(values == first) else math.fsum(values) / len(values)


def covariance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Estimate the covariance from at least two pairs; a constant has exactly none."""
    return math.fsum((one - mean(one)) * (other - mean(other))) / (len(one) - 1)


def mean_interval(values: NDArray[np.float64]) -> Interval:
    """Give the t interval of a mean."""
    middle, size = mean(values), len(values)
    if size < 2:
        return Interval(middle, -math.inf, math.inf)
    half = t_quantile(size - 1) * math.sqrt(covariance(values, values) / size)
    return Interval(middle, middle - half, middle + half)


def paired_interval(before: NDArray[np.float64], after: NDArray[np.float64]) -> Interval:
    """Give the paired t interval of the mean difference after - before."""
    return mean_interval(after - before)


def paired_p(before: NDArray[np.float64], after: NDArray[np.float64]) -> float | None:
    """Give the two-sided p of the paired t test; None from a single replication."""
    from scipy.special import stdtr

    difference = after - before
    size = len(difference)
    if size < 2:
        return None
    middle, error = mean(difference), math.sqrt(covariance(difference, difference) / size)
    if error == 0:
        return float(middle == 0)
    return float(2 * stdtr(size - 1, -abs(middle / error)))


def half_widths(freedom: int, squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the half width of many t intervals at once, from the sums of squared deviations of `freedom + 1` values."""
    return t_quantile(freedom) * np.sqrt(squares / freedom / (freedom + 1))


def ratio_interval(before: NDArray[np.float64], after: NDArray[np.float64]) -> Interval | None:
    """Give after / before of the means with Fieller's interval; None where before is not clearly above zero.

    E. C. Fieller (1954), "Some problems in interval estimation": the limits are the roots of a quadratic, and they
    enclose the ratio only where the t test tells the denominator from zero.
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
    if lower >= 1 or not math.isfinite(spread):  # a denominator of 1e-160 is zero, too
        return None
    root = math.sqrt(max(spread, 0.0))
    return Interval(ratio, (ratio - joint - root) / (1 - lower), (ratio - joint + root) / (1 - lower))


def correlation(before: NDArray[np.float64], after: NDArray[np.float64]) -> float | None:
    """Give Pearson's correlation over replications; None where one of them does not vary."""
    if len(before) < 2:
        return None
    spread = math.sqrt(covariance(before, before)) * math.sqrt(covariance(after, after))
    return None if spread == 0 else max(-1.0, min(1.0, covariance(before, after) / spread))


def width_ratio(before: NDArray[np.float64], after: NDArray[np.float64]) -> float | None:
    """Divide the width of the paired interval by that of Welch's, had the same years been independent.

    None where neither varies, and for a single replication.
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
    """Give the shares of replications with a change for the better and for the worse."""
    if better == "neither":
        return 0.0, 0.0
    less, more = float(np.mean(difference < 0)), float(np.mean(difference > 0))
    return (less, more) if better == "less" else (more, less)


def holm(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Adjust p values for their number by Holm's step-down method; what is not known is not counted."""
    order = sorted((p, place) for place, p in enumerate(values) if p is not None)
    adjusted: list[float | None] = [None] * len(values)
    highest = 0.0
    for done, (p, place) in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - done) * p))
        adjusted[place] = highest
    return tuple(adjusted)


def relative_half_width(interval: Interval) -> float:
    """Divide the half width by the size of the estimate; infinite around a zero estimate, 0 for a known zero."""
    if interval.middle == 0:
        return math.inf if interval.half_width > 0 else 0.0
    return interval.half_width / abs(interval.middle)


class Running:
    """Welford's recurrence over arrays of one shape."""

    def __init__(self) -> None:
        self.count = 0
        self.mean: NDArray[np.float64] = np.zeros(0)
        self.squares: NDArray[np.float64] = np.zeros(0)
        """Sums of squared deviations from the mean."""

    def add(self, values: NDArray[np.float64]) -> None:
        """Take the next array."""
        self.count += 1
        if self.count == 1:
            self.mean, self.squares = values.astype(np.float64), np.zeros(values.shape)
            return
        step = values - self.mean
        self.mean = self.mean + step / self.count
        self.squares = self.squares + step * (values - self.mean)
