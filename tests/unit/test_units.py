"""Quantities with a unit: a written value is read back as the same value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from sim.domain.calendar import ClockRange, ClockTime
from sim.domain.distribution import Distribution
from sim.units import LONGEST, MOST_PER_YEAR, Duration, Rate, Share, TextQuantity, Workdays

KINDS: list[type[TextQuantity]] = [Duration, Share, Rate, Workdays, ClockTime, ClockRange, Distribution]

numbers = st.one_of(
    st.integers(0, 500).map(str), st.decimals(0, 500, places=3, allow_nan=False).map(lambda number: f"{number:f}")
)
lengths = st.builds(
    lambda number, unit: f"{number} {unit}", numbers, st.sampled_from(["s", "min", "h", "小时", "workday"])
)
families = st.one_of(
    lengths,
    st.builds(lambda mean, cv: f"lognormal(mean={mean}, cv={cv})", lengths, numbers),
    st.builds(lambda mean: f"exponential(mean={mean})", lengths),
    st.builds(lambda low, more: f"uniform({low}, {low + more}) min", st.integers(0, 99), st.integers(1, 99)),
    st.builds(
        lambda low, mode, more: f"triangular({low}, {low + mode}, {low + mode + more}) min",
        st.integers(0, 99),
        st.integers(0, 99),
        st.integers(1, 99),
    ),
)


@given(st.integers(0, LONGEST))
def test_a_duration_reads_back(seconds: int) -> None:
    assert Duration.parse(str(Duration(seconds))) == seconds


@given(st.floats(0, 1))
@example(1 / 3)
@example(0.07)
@example(5e-324)
def test_a_share_reads_back(share: float) -> None:
    assert Share.parse(str(Share(share))) == share


@given(st.floats(0, MOST_PER_YEAR))
@example(3 * 365 / 7)
@example(1e-9)
def test_a_rate_reads_back(rate: float) -> None:
    assert Rate.parse(str(Rate(rate))) == rate


@given(numbers, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_a_rate_that_was_typed_reads_back(count: str, unit: str) -> None:
    rate = Rate.parse(f"{count} per {unit}")

    assert Rate.parse(str(rate)) == rate


@given(st.integers(0, 99_999))
def test_a_number_of_workdays_reads_back(days: int) -> None:
    assert Workdays.parse(str(Workdays(days))) == days


@given(st.integers(0, 24 * 60).map(lambda minute: minute * 60))
def test_a_time_of_day_reads_back(seconds: int) -> None:
    assert ClockTime.parse(str(ClockTime(seconds))) == seconds


@given(st.lists(st.integers(0, 24 * 60), min_size=2, max_size=2, unique=True))
def test_a_range_of_times_reads_back(minutes: list[int]) -> None:
    opens, closes = sorted(minutes)
    made = ClockRange((ClockTime(opens * 60), ClockTime(closes * 60)))

    assert ClockRange.parse(str(made)) == made


@given(families)
def test_a_distribution_reads_back(text: str) -> None:
    try:
        made = Distribution.parse(text)
    except ValueError:
        return

    again = Distribution.parse(str(made))
    assert again == made
    assert (again.family, again.parameters) == (made.family, made.parameters)
    assert made.mean > 0


@given(st.sampled_from(KINDS), st.text())
def test_any_text_is_read_or_refused_in_good_order(kind: type[TextQuantity], text: str) -> None:
    try:
        made = kind.validate(text)
    except PydanticCustomError:
        return

    assert kind.parse(str(made)) == made


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_examples_are_read_and_numbers_refused(kind: type[TextQuantity]) -> None:
    for text in kind.examples:
        assert kind.parse(str(kind.parse(text))) == kind.parse(text)
    bare: list[Any] = [5, 0.5, True, None, [], "5", "", " ", "nan", "-1 h", "1e3 h"]
    for wrong in bare:
        with pytest.raises(ValueError, match="write for example"):
            kind.validate(wrong)
