"""The work calendar: hours of each shift, overtime windows, holidays, season profiles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from sim.domain.frozen import Frozen
from sim.domain.holidays_cn import is_workday, known_years
from sim.domain.quantity import DurationQ, Quantity
from sim.units import DAY_SECONDS, HOUR, MINUTE, Duration, TextQuantity, plain

_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")


class ClockTime(TextQuantity, int):
    """A time of day, seconds after midnight."""

    code = "time of day"
    examples = ("08:30", "14:00")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `14:30`; at most `24:00`."""
        found = _CLOCK.fullmatch(plain(text))
        if not found or int(found[2]) > 59:
            raise ValueError(text)
        seconds = int(found[1]) * HOUR + int(found[2]) * MINUTE
        if seconds > DAY_SECONDS:
            raise ValueError(text)
        return cls(seconds)

    def __str__(self) -> str:
        """Write as HH:MM."""
        return f"{int(self) // HOUR:02d}:{int(self) % HOUR // MINUTE:02d}"

    __repr__ = __str__


class ClockRange(TextQuantity, tuple[ClockTime, ClockTime]):
    """An opening and a closing time on one day."""

    code = "range of times"
    examples = ("08:30-12:00", "14:00-17:30")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `08:30-12:00`; the closing time must be later than the opening time."""
        opens, _, closes = plain(text).partition("-")
        made = cls((ClockTime.parse(opens), ClockTime.parse(closes)))
        if made[0] >= made[1]:
            raise ValueError(text)
        return made

    def __str__(self) -> str:
        """Write as HH:MM-HH:MM."""
        return f"{self[0]}-{self[1]}"

    __repr__ = __str__


class Shift(Frozen):
    """Working hours of a kind of unit."""

    hours: Quantity[tuple[ClockRange, ...]]
    """Regular windows of a working day, in order."""
    saturday: bool = False
    """Whether Saturdays are worked too, except public holidays."""
    every_day: bool = False
    """Whether every day of the year is worked (a continuous calendar, for verification)."""
    evening: ClockTime = ClockTime.parse("19:00")
    """Beginning of the overtime window."""
    overtime_cap: DurationQ = DurationQ(value=Duration(0))
    """Longest overtime of one evening; 0 min for none."""

    @model_validator(mode="after")
    def _in_order(self) -> Shift:
        edges = [edge for window in self.hours.value for edge in window]
        if edges != sorted(edges) or not edges:
            raise ValueError("hours must be in order, without overlap / 工作时段须按先后排列且不重叠")
        if self.overtime_cap.value and self.evening < edges[-1]:
            raise ValueError("the evening must begin after the last regular hour / 加班时段须在正常工时之后开始")
        if self.evening + self.overtime_cap.value > DAY_SECONDS:
            raise ValueError("overtime must end before midnight / 加班须在午夜前结束")
        return self

    @property
    def works_at_midnight(self) -> bool:
        """Whether a window begins or ends at midnight."""
        latest = self.evening + self.overtime_cap.value if self.overtime_cap.value else 0
        edges = [edge for window in self.hours.value for edge in window]
        return edges[0] == 0 or max(edges[-1], latest) == DAY_SECONDS

    @property
    def day_seconds(self) -> int:
        """Regular seconds of one working day."""
        return sum(closes - opens for opens, closes in self.hours.value)

    @property
    def week_seconds(self) -> int:
        """Regular seconds of an ordinary week without holidays."""
        return self.day_seconds * (7 if self.every_day else 6 if self.saturday else 5)

    def works_on(self, day: date) -> bool:
        """Return whether the shift works on the day.

        Raises:
            ValueError: the holidays of its year are not known.
        """
        if self.every_day:
            return True
        if is_workday(day):
            return True
        return self.saturday and day.weekday() == 5 and not _is_public_holiday(day)


def _is_public_holiday(saturday: date) -> bool:
    """Return whether a Saturday is a public holiday: the Friday before or the Monday after is free too."""
    return any(
        day.year in known_years() and not is_workday(day)
        for day in (saturday - timedelta(days=1), saturday + timedelta(days=2))
    )


def _not_all_zero(weights: tuple[float, ...]) -> tuple[float, ...]:
    if not any(weights):
        raise ValueError("one month at least must have weight / 至少一个月的权重须大于零")
    return weights


Weight = Annotated[float, Field(ge=0, le=1e6)]
MonthlyWeights = Annotated[tuple[Weight, ...], Field(min_length=12, max_length=12), AfterValidator(_not_all_zero)]


class WorkCalendar(Frozen):
    """The simulated year, the shifts and the season profiles."""

    year: int = 2024
    """Calendar year simulated, with its announced public holidays and make-up workdays."""
    shifts: dict[str, Shift]
    """Working hours by name; unit types refer to the names."""
    seasons: dict[str, Quantity[MonthlyWeights]] = Field(default_factory=dict)
    """Twelve monthly weights by name; a rate can follow one. Only the proportions of the weights matter."""

    @field_validator("year")
    @classmethod
    def _known_year(cls, year: int) -> int:
        if year not in known_years():
            years = ", ".join(str(known) for known in known_years())
            raise ValueError(
                f"the public holidays of this year are not known; known are {years}"
                f" / 没有这一年的节假日安排；可用年份：{years}"
            )
        return year


@dataclass(frozen=True)
class Month:
    """A month as days of the year, counted from 0: the first day, and the day after the last."""

    first: int
    after: int


def months_of(year: int) -> tuple[Month, ...]:
    """Return the twelve months as ranges of days since 1 January."""
    starts = [(date(year, month, 1) - date(year, 1, 1)).days for month in range(1, 13)]
    return tuple(Month(*pair) for pair in zip(starts, [*starts[1:], days_of(year)], strict=True))


def days_of(year: int) -> int:
    """Return the number of days of the year."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def working_days(shift: Shift, year: int) -> tuple[int, ...]:
    """List the days that the shift works, counted from 0 on 1 January."""
    first = date(year, 1, 1)
    return tuple(day for day in range(days_of(year)) if shift.works_on(first + timedelta(days=day)))
