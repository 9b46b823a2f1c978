"""Quantities with a unit: a written value is read back as the same value."""

from __future__ import annotations

import pickle
from copy import copy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from sim.domain.calendar import ClockRange, ClockTime
from sim.domain.distribution import Distribution
from sim.experiment.uncertainty import between
from sim.units import LONGEST, MOST_PER_YEAR, Duration, Rate, Share, TextQuantity, Workdays, hint_about

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


# --- one meaning for each way of writing ----------------------------------------------------------------------------

A_DAY = [
    "2 per day", "2 a day", "2/day", "2 times a day", "2 times per day", "2 per workday", "2 per working day",
    "每天 2 次", "每日2次", "每工作日 2 次", "每个工作日 2 次", "2 次/天", "2次每个工作日",
]  # fmt: skip


@pytest.mark.parametrize("text", A_DAY)
def test_a_day_of_a_rate_is_a_working_day(text: str) -> None:
    rate = Rate.parse(text)

    assert (rate.daily, rate, str(rate)) == (2.0, 2 * 251, "2 per workday")
    assert (rate.in_year(248), rate.in_year(366)) == (496, 732)


@pytest.mark.parametrize("text", ["3 per week", "3 a week", "3 times a week", "每周 3 次", "每一周3次", "3 次/周"])
def test_a_week_of_a_rate_has_seven_days(text: str) -> None:
    rate = Rate.parse(text)

    assert rate == rate.in_year(10) == pytest.approx(3 * 365 / 7)


def test_a_rate_keeps_its_kind_of_day_when_it_is_multiplied_copied_or_drawn() -> None:
    rate = Rate.parse("2 per day")

    for made in (rate.times(1.0), pickle.loads(pickle.dumps(rate)), copy(rate), between(rate, rate, rate, 0.5)):
        assert (str(made), made.in_year(300)) == ("2 per workday", 600)


LENGTHS = {"1 day": 86_400, "24 h": 86_400, "1 天": 86_400, "1 workday": 28_800, "8 h": 28_800, "1 个工作日": 28_800}


@pytest.mark.parametrize(("text", "seconds"), LENGTHS.items())
def test_a_day_of_a_length_is_24_hours_and_a_workday_8(text: str, seconds: int) -> None:
    assert Duration.parse(text) == seconds


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (Duration, "1 week", "5 workdays"),
        (Duration, "2 个月", "differ"),
        (Rate, "3 per calendar day", "7 per week"),
        (Rate, "biweekly", "0.5 per week or 2 per week"),
        (Rate, "每晚 1 次", "per workday"),
        (Workdays, "3 days", "3 workdays"),
    ],
)
def test_a_text_with_two_meanings_is_refused_with_a_hint(kind: type[TextQuantity], text: str, words: str) -> None:
    with pytest.raises(PydanticCustomError):
        kind.validate(text)

    hint = hint_about(kind.code, text)
    assert words in hint["en"]
    assert hint["zh"]
