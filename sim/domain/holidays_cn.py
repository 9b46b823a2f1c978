"""Working days of mainland China: public holidays and make-up workdays, year by year."""

from datetime import date

from sim.domain.holidays_table import DAYS_OFF, MAKE_UP_DAYS

SATURDAY = 5


def _dates(table: dict[int, str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(f"{year}{day}") for year, days in table.items() for day in days.split())


_OFF = _dates(DAYS_OFF)
_MAKE_UP = _dates(MAKE_UP_DAYS)


def known_years() -> tuple[int, ...]:
    """Return the years of the table, sorted: those whose holidays have been announced."""
    return tuple(sorted(DAYS_OFF))


def is_workday(day: date) -> bool:
    """Return whether offices work on `day`: a weekday without holiday, or a make-up workday at a weekend.

    Raises:
        ValueError: the year is not in the table; holidays are announced year by year and cannot be computed.
    """
    if day.year not in DAYS_OFF:
        years = known_years()
        raise ValueError(f"no public holidays are known for {day.year}; the table covers {years[0]} to {years[-1]}")
    if day.weekday() >= SATURDAY:
        return day in _MAKE_UP
    return day not in _OFF
