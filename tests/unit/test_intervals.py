"""Intervals agree with scipy and with brute force, cover as promised, and do not depend on order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from sim.experiment.intervals import (
    both_known,
    correlation,
    covariance,
    differences,
    half_widths,
    holm,
    mean,
    mean_interval,
    paired_interval,
    paired_p,
    ratio_interval,
    relative_half_width,
    shares,
    t_quantile,
    width_ratio,
)

STUDIES = 500
YEARS = 20
INFINITE = (-math.inf, math.inf)


def years(seed: int, size: int = YEARS, *, shift: float = -2.0) -> tuple[np.ndarray, np.ndarray]:
    """Draw correlated years around 40 hours."""
    rng = np.random.default_rng(seed)
    common = rng.normal(40, 3, size)
    return common + rng.normal(0, 1, size), common + shift + rng.normal(0, 1, size)


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


hours = st.floats(-1e6, 1e6)
pairs = st.lists(st.tuples(hours, hours), min_size=2, max_size=30).map(lambda p: np.array(p).T)


@pytest.mark.parametrize("size", [2, 3, 10, 40, 200])
def test_the_paired_interval_and_its_p_are_those_of_scipy(size: int) -> None:
    before, after = years(1, size)

    expected = stats.ttest_rel(after, before)
    found = paired_interval(before, after)

    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval(0.95)), rel=1e-12)
    assert found.middle == pytest.approx(float(np.mean(after - before)), rel=1e-12)
    assert paired_p(before, after) == pytest.approx(expected.pvalue, rel=1e-9)


def test_a_worked_example() -> None:
    """Student's sleep data: ten patients, two drugs; mean 1.58 hours, interval 0.70 to 2.46, p = 0.0028."""
    one = floats(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
    other = floats(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)

    found = paired_interval(one, other)

    assert found.middle == pytest.approx(1.58)
    assert (found.low, found.high) == pytest.approx((0.7001142, 2.4598858), abs=1e-7)
    assert paired_p(one, other) == pytest.approx(0.00283289, abs=1e-8)


@pytest.mark.parametrize(("freedom", "value"), [(1, 12.7062047), (9, 2.2621572), (19, 2.0930241), (1e9, 1.959964)])
def test_quantiles_of_t_are_those_of_the_tables(freedom: float, value: float) -> None:
    assert t_quantile(freedom) == pytest.approx(value, abs=1e-6)


def test_one_replication_tells_the_change_and_rules_nothing_out() -> None:
    before, after = floats(40), floats(38)

    found, ratio = paired_interval(before, after), ratio_interval(before, after)

    assert (found.middle, found.low, found.high) == (-2, *INFINITE)
    assert found.holds_zero
    assert ratio is not None
    assert (ratio.middle, ratio.low, ratio.high) == (0.95, *INFINITE)
    assert paired_p(before, after) is correlation(before, after) is width_ratio(before, after) is None


@pytest.mark.parametrize("value", [0.1, -2.7, 0.0, 1e-12, 1e15])
def test_a_change_that_is_always_the_same_is_known_exactly(value: float) -> None:
    before, after = np.zeros(6), np.full(6, value)

    found = paired_interval(before, after)

    assert (found.low, found.middle, found.high) == (value, value, value)
    assert paired_p(before, after) is correlation(before, after) is width_ratio(before, after) is None


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=30), st.sampled_from([0.0, -3.0, 0.1]))
def test_rounding_makes_no_difference_and_no_p(values: list[float], shift: float) -> None:
    before = floats(*values)
    after = (before / 3 + shift / 3) * 3

    found = paired_interval(before, after)

    assert found.low == found.high == pytest.approx(shift, abs=1e-8)
    assert paired_p(before, after) is None
    assert shares(differences(before, after), "less") == ((1.0, 0.0) if shift < 0 else (0.0, float(shift > 0)))


def test_only_pairs_of_which_both_are_known_are_used() -> None:
    before, after = floats(1, math.nan, 3, 4, math.inf), floats(1, 2, math.nan, 5, 6)

    one, other = both_known(before, after)

    assert one.tolist() == [1, 4]
    assert other.tolist() == [1, 5]


@given(pairs, st.randoms(use_true_random=False))
@example(np.array([[1e-155, 1e-155], [0.0, 2.0]]), Random(1))
@example(np.array([[5e-324, 0.0], [1e6, -1e6]]), Random(1))
def test_the_order_of_replications_does_not_matter_to_the_last_bit(both: np.ndarray, random: Random) -> None:
    order = list(range(both.shape[1]))
    random.shuffle(order)
    before, after = both
    one, other = before[order], after[order]

    assert paired_interval(before, after) == paired_interval(one, other)
    assert paired_p(before, after) == paired_p(one, other)
    assert ratio_interval(before, after) == ratio_interval(one, other)
    assert correlation(before, after) == correlation(one, other)
    assert width_ratio(before, after) == width_ratio(one, other)


def test_the_paired_interval_covers_the_truth_in_95_of_100_studies() -> None:
    """The acceptance region of 93 to 97 % is two standard errors of 500 studies wide."""
    found = [paired_interval(*years(seed)) for seed in range(STUDIES)]

    covered = sum(interval.low <= -2 <= interval.high for interval in found) / STUDIES

    assert 0.93 <= covered <= 0.97


def test_the_ratio_interval_covers_the_truth_in_95_of_100_studies() -> None:
    found = [ratio_interval(*years(seed, shift=-8)) for seed in range(STUDIES)]

    covered = sum(interval is not None and interval.low <= 32 / 40 <= interval.high for interval in found) / STUDIES

    assert 0.93 <= covered <= 0.97


def test_the_ratio_interval_of_rare_counts_has_no_negative_end_and_covers_the_truth() -> None:
    rng = np.random.default_rng(5)
    studies = [
        (rng.poisson(2, YEARS).astype(np.float64), rng.poisson(0.1, YEARS).astype(np.float64)) for _ in range(STUDIES)
    ]

    found = [ratio_interval(*study) for study in studies]
    with_sign = [ratio_interval(*study, signed=True) for study in studies]

    assert sum(interval.low < 0 for interval in with_sign if interval) > STUDIES / 4
    assert all(interval.low >= 0 for interval in found if interval)
    held = [one is not None and one.low <= 0.1 / 2 <= one.high for one in found]
    assert held == [one is not None and one.low <= 0.1 / 2 <= one.high for one in with_sign]
    assert 0.8 <= sum(held) / STUDIES <= 0.99, "one year in ten has a visit: so few counts are covered less"


def test_few_skewed_years_are_covered_less_and_never_wildly() -> None:
    """Lognormal differences, n = 10: the t interval is known to fall somewhat short."""
    rng = np.random.default_rng(3)
    truth = math.exp(0.125)
    studies = [mean_interval(rng.lognormal(0, 0.5, 10)) for _ in range(STUDIES)]

    covered = sum(interval.low <= truth <= interval.high for interval in studies) / STUDIES

    assert 0.89 <= covered <= 0.97


@pytest.mark.parametrize("seed", range(5))
def test_the_limits_of_the_ratio_are_where_a_t_test_of_it_turns(seed: int) -> None:
    """Fieller by brute force: a ratio r is inside if after - r * before does not differ significantly from zero."""
    before, after = years(seed, 12, shift=-10)
    found = ratio_interval(before, after)
    assert found is not None

    ratios = np.linspace(found.low - 0.01, found.high + 0.01, 4001)
    inside = stats.ttest_1samp(after - ratios[:, None] * before, 0, axis=1).pvalue >= 0.05

    assert ratios[inside].min() == pytest.approx(found.low, abs=1e-4)
    assert ratios[inside].max() == pytest.approx(found.high, abs=1e-4)
    assert found.low < found.middle < found.high


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_the_ratio_does_not_know_the_unit(scale: float) -> None:
    before, after = years(4)

    found, scaled = ratio_interval(before, after), ratio_interval(before * scale, after * scale)

    assert found is not None
    assert scaled is not None
    assert (scaled.low, scaled.high) == pytest.approx((found.low, found.high), rel=1e-9)


def test_there_is_no_ratio_to_what_is_not_clearly_above_zero() -> None:
    assert ratio_interval(floats(-1, 1, 2, -1.5), floats(1, 1, 1, 1)) is None
    assert ratio_interval(floats(0, 0, 0), floats(1, 2, 3)) is None
    assert ratio_interval(floats(-3, -3.1, -2.9), floats(1, 2, 3)) is None
    assert ratio_interval(floats(0.1, 0, 5), floats(1, 2, 3)) is None
    assert ratio_interval(floats(1e-160, 1e-160), floats(0, 2)) is None


def test_the_ratio_exists_just_where_the_t_test_tells_before_from_zero() -> None:
    for seed in range(200):
        before = np.random.default_rng(seed).normal(0.5, 1, 8)

        clear = before.mean() > 0 and stats.ttest_1samp(before, 0).pvalue < 0.05

        assert (ratio_interval(before, before + 1) is not None) == clear


@given(pairs)
def test_statistics_of_two_series_are_those_of_numpy(both: np.ndarray) -> None:
    before, after = both

    spread = max(before.std(), after.std(), 1e-3)
    assert mean(before) == pytest.approx(before.mean(), rel=1e-12, abs=1e-9)
    assert covariance(before, after) == pytest.approx(np.cov(before, after)[0, 1], rel=1e-9, abs=1e-9 * spread**2)


@pytest.mark.parametrize("seed", range(3))
def test_correlation_is_that_of_scipy(seed: int) -> None:
    before, after = years(seed)

    assert correlation(before, after) == pytest.approx(stats.pearsonr(before, after).statistic, rel=1e-12)
    assert correlation(before, before) == pytest.approx(1, abs=1e-12)
    assert correlation(before, -before) == pytest.approx(-1, abs=1e-12)


def test_the_width_ratio_is_that_to_welchs_interval() -> None:
    before, after = years(2)

    paired = paired_interval(before, after).half_width
    welch = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)

    assert width_ratio(before, after) == pytest.approx(paired / ((welch.high - welch.low) / 2), rel=1e-12)


def test_common_years_narrow_the_interval_and_independent_ones_do_not() -> None:
    narrow, wide = width_ratio(*years(2)), width_ratio(years(2)[0], years(3)[1])

    assert narrow is not None
    assert wide is not None
    assert narrow < 0.6
    assert 0.8 < wide < 1.5


def test_many_half_widths_at_once_are_those_one_by_one() -> None:
    many = np.random.default_rng(5).normal(size=(6, 9))

    squares = ((many - many.mean(axis=0)) ** 2).sum(axis=0)

    assert half_widths(5, squares) == pytest.approx([mean_interval(column).half_width for column in many.T])


def test_a_textbook_example_of_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_what_has_no_p_is_not_in_the_family() -> None:
    assert holm([None, 0.02, None, 0.5]) == (None, 0.04, None, 0.5)
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_keeps_the_order_and_lies_between_no_correction_and_bonferroni(values: Sequence[float]) -> None:
    adjusted = holm(values)

    order = sorted(range(len(values)), key=lambda place: values[place])
    steps = [adjusted[place] for place in order]
    assert all(p <= a <= min(1, len(values) * p) for p, a in zip(values, adjusted, strict=True) if a is not None)
    assert steps == sorted(steps)


def test_holm_rejects_a_true_hypothesis_in_at_most_5_of_100_families() -> None:
    rng = np.random.default_rng(8)

    wrong = sum(min(a for a in holm(rng.random(10).tolist()) if a is not None) < 0.05 for _ in range(2_000)) / 2_000

    assert 0.03 <= wrong <= 0.065


def test_shares_count_replications_for_the_better_and_for_the_worse() -> None:
    difference = floats(-1, -2, 0, 3)

    assert shares(difference, "less") == (0.5, 0.25)
    assert shares(difference, "more") == (0.25, 0.5)
    assert shares(difference, "neither") == (0.0, 0.0)


def test_the_relative_half_width_is_a_share_of_the_estimate() -> None:
    assert relative_half_width(paired_interval(floats(0, 0), floats(1, 3))) == pytest.approx(12.7062047 / 2)
    assert relative_half_width(paired_interval(floats(0, 0), floats(-1, 1))) == math.inf
    assert relative_half_width(paired_interval(floats(0, 0), floats(0, 0))) == 0
    assert relative_half_width(paired_interval(floats(0), floats(4))) == math.inf
