"""The table of workdays compared with two independently made packages."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from sim.domain.holidays_cn import is_workday, known_years


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", known_years())
def test_every_day_agrees_with_holidays(year: int) -> None:
    china = holidays.country_holidays("CN", years=year)

    assert [day for day in days_of(year) if is_workday(day) != china.is_working_day(day)] == []


@pytest.mark.parametrize("year", known_years())
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    assert [day for day in days_of(year) if is_workday(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(("year", "workdays"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_workdays_as_announced(year: int, workdays: int) -> None:
    assert sum(is_workday(day) for day in days_of(year)) == workdays


def test_a_weekend_day_before_spring_festival_is_worked_and_the_festival_is_not() -> None:
    assert is_workday(date(2026, 2, 14))
    assert not is_workday(date(2026, 2, 17))


def test_a_plain_saturday_is_free_and_a_plain_monday_is_worked() -> None:
    assert not is_workday(date(2026, 3, 14))
    assert is_workday(date(2026, 3, 16))


@pytest.mark.parametrize("year", [2021, 2027])
def test_a_year_outside_the_table_is_refused_and_the_known_ones_are_named(year: int) -> None:
    with pytest.raises(ValueError, match=f"{year}.*2022 to 2026"):
        is_workday(date(year, 6, 1))
