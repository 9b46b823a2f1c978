"""Write the table of Chinese public holidays and make-up workdays.

Run `.venv/bin/python tools/make_holidays.py 2022 2026` once the State Council has announced a new year, usually in
November, and the `holidays` package has taken it up. The tests compare the table with a second package, day by day.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import holidays

TABLE = Path(__file__).parents[1] / "sim" / "domain" / "holidays_table.py"
SATURDAY = 5
HEAD = '"""Days of mainland China that break the Monday-to-Friday rule, MMDD; written by `tools/make_holidays.py`."""'


def main(first: int, last: int) -> None:
    """Write the table for the years `first` to `last`, both included."""
    years = {year: _exceptions(year) for year in range(first, last + 1)}
    off = {year: days[0] for year, days in years.items()}
    make_up = {year: days[1] for year, days in years.items()}
    TABLE.write_text("\n".join([HEAD, "", *_literal("DAYS_OFF", off), "", *_literal("MAKE_UP_DAYS", make_up), ""]))


def _exceptions(year: int) -> tuple[list[date], list[date]]:
    """Return the weekdays that are free and the weekend days that are worked.

    Half-day holidays (women, youth) are not counted, because offices stay open on those days.

    Raises:
        SystemExit: the year is missing in the package, or has no make-up workdays.
    """
    china = holidays.country_holidays("CN", years=year)
    if not china:
        raise SystemExit(f"The holidays package knows nothing of {year}.")
    days = [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    off = [day for day in days if day.weekday() < SATURDAY and not china.is_working_day(day)]
    make_up = [day for day in days if day.weekday() >= SATURDAY and china.is_working_day(day)]
    if not make_up:
        raise SystemExit(f"{year} has no make-up workdays: it has not been announced, or the package is too old.")
    return off, make_up


def _literal(name: str, years: dict[int, list[date]]) -> list[str]:
    rows = [f'    {year}: "{" ".join(f"{day:%m%d}" for day in days)}",' for year, days in years.items()]
    return [f"{name} = {{", *rows, "}"]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
