"""The work calendar: hours of each shift, overtime windows, holidays, season profiles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from sim.domain.frozen import Frozen
from sim.domain.holidays_cn import is_workday, known_years
from sim.domain.own_days import NO_OWN_DAYS, DayRange, OwnDays
from sim.domain.quantity import DurationQ, Quantity
from sim.units import DAY_SECONDS, HOUR, MINUTE, WEEKDAYS, Duration, TextQuantity, plain

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
    """An opening and a closing time; a closing time that is not later than the opening lies on the next day."""

    code = "range of times"
    examples = ("08:30-12:00", "14:00-17:30", "22:00-06:00")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `08:30-12:00`, or `22:00-06:00` for a night; the two times must differ."""
        opens, _, closes = plain(text).partition("-")
        made = cls((ClockTime.parse(opens), ClockTime.parse(closes)))
        if made[0] in (made[1], DAY_SECONDS):
            raise ValueError(text)
        return made

    @property
    def ends(self) -> int:
        """Closing time in seconds after the midnight before the opening; above a day for a night."""
        return int(self[1]) + (DAY_SECONDS if self[1] < self[0] else 0)

    def __str__(self) -> str:
        """Write as HH:MM-HH:MM."""
        return f"{self[0]}-{self[1]}"

    __repr__ = __str__


Hours = tuple[tuple[int, int], ...]
"""Regular windows of a day: opening and closing in seconds after midnight, in order; the last may end on the next
day."""
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class WeekdayHours(Frozen):
    """Working hours of single weekdays in place of the usual ones; an empty list is a day without work."""

    monday: Quantity[tuple[ClockRange, ...]] | None = None
    tuesday: Quantity[tuple[ClockRange, ...]] | None = None
    wednesday: Quantity[tuple[ClockRange, ...]] | None = None
    thursday: Quantity[tuple[ClockRange, ...]] | None = None
    friday: Quantity[tuple[ClockRange, ...]] | None = None
    saturday: Quantity[tuple[ClockRange, ...]] | None = None
    """Hours of Saturdays, which are then worked except on public holidays."""
    sunday: Quantity[tuple[ClockRange, ...]] | None = None
    """Hours of Sundays, which are then worked except on public holidays."""

    def on(self, weekday: int) -> Hours | None:
        """Return the hours of a weekday (Monday is 0); None if it has the usual ones."""
        given: Quantity[tuple[ClockRange, ...]] | None = getattr(self, WEEKDAY_NAMES[weekday])
        return None if given is None else _hours_of(given)


class Shift(Frozen):
    """Working hours of a kind of unit."""

    hours: Quantity[tuple[ClockRange, ...]]
    """Regular windows of a working day, in order. The last may run past midnight; it belongs to its first day."""
    hours_on: WeekdayHours = WeekdayHours()
    """Other hours on single weekdays, such as a free Friday afternoon or a Saturday morning. A make-up workday has the
    usual hours."""
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
        edges = [edge for window in self.usual for edge in window]
        if not edges or any(_out_of_order(hours) for hours in self._every_list()):
            raise ValueError("hours must be in order, without overlap / 工作时段须按先后排列且不重叠")
        first = min(hours[0][0] for hours in self._every_list() if hours)
        last = max(hours[-1][1] for hours in self._every_list() if hours)
        if last - DAY_SECONDS > first:
            raise ValueError(
                "hours past midnight must end before the next day's hours begin / 跨零点的工时须在次日开始前结束"
            )
        if self.overtime_cap.value and last > DAY_SECONDS:
            if self.evening < last - DAY_SECONDS or self.evening + self.overtime_cap.value > first:
                raise ValueError(
                    "overtime of a shift past midnight must lie between its end and its next beginning;"
                    " set evening and overtime_cap / 跨零点班次的加班须在下班之后、下一班开始之前，请设置 evening 和"
                    " overtime_cap"
                )
        elif self.overtime_cap.value and self.evening < last:
            raise ValueError("the evening must begin after the last regular hour / 加班时段须在正常工时之后开始")
        if self.evening + self.overtime_cap.value > DAY_SECONDS:
            raise ValueError("overtime must end before midnight / 加班须在午夜前结束")
        return self

    @property
    def usual(self) -> Hours:
        """Return the usual windows of a working day."""
        return _hours_of(self.hours)

    def _every_list(self) -> list[Hours]:
        return [self.usual, *(hours for day in range(7) if (hours := self.hours_on.on(day)) is not None)]

    @property
    def works_at_midnight(self) -> bool:
        """Whether a window begins, ends or runs at midnight."""
        latest = self.evening + self.overtime_cap.value if self.overtime_cap.value else 0
        edges = [edge for hours in self._every_list() for window in hours for edge in window]
        return min(edges) == 0 or max(*edges, latest) >= DAY_SECONDS

    @property
    def week_seconds(self) -> int:
        """Regular seconds of an ordinary week without holidays."""
        return sum(closes - opens for day in range(7) for opens, closes in self._ordinary(day))

    def _ordinary(self, weekday: int) -> Hours:
        """Return the windows of a weekday without holidays; none if it is not worked."""
        given = self.hours_on.on(weekday)
        if given is not None:
            return given
        worked = self.every_day or weekday < WEEKDAYS or (self.saturday and weekday == WEEKDAYS)
        return self.usual if worked else ()

    def hours_of(self, day: date, own: OwnDays = NO_OWN_DAYS) -> Hours:
        """Return the windows of a day; none if the shift does not work.

        The scenario's own days come before the announced ones. In a year without announcement they are all there are.
        """
        if self.every_day:
            return self._ordinary(day.weekday())
        if day in own.worked:
            return self.usual
        if day in own.off:
            return ()
        weekend = day.weekday() >= WEEKDAYS
        if day.year in known_years():
            if is_workday(day) == weekend:
                return self.usual if weekend else ()
            if weekend and _is_public_holiday(day):
                return ()
        return self._ordinary(day.weekday())


def _hours_of(given: Quantity[tuple[ClockRange, ...]]) -> Hours:
    return tuple((int(window[0]), window.ends) for window in given.value)


def _out_of_order(hours: Hours) -> bool:
    """Return whether windows overlap, or one other than the last runs past midnight."""
    edges = [edge for window in hours for edge in window]
    return edges != sorted(edges) or any(opens >= DAY_SECONDS for opens, _ in hours)


def _is_public_holiday(weekend: date) -> bool:
    """Return whether a day of a weekend is a public holiday: the Friday before or the Monday after is free too."""
    friday = weekend - timedelta(days=weekend.weekday() - 4)
    return any(day.year in known_years() and not is_workday(day) for day in (friday, friday + timedelta(days=3)))


def _not_all_zero(weights: tuple[float, ...]) -> tuple[float, ...]:
    if not any(weights):
        raise ValueError("one month at least must have weight / 至少一个月的权重须大于零")
    return weights


Weight = Annotated[float, Field(ge=0, le=1e6)]
MonthlyWeights = Annotated[tuple[Weight, ...], Field(min_length=12, max_length=12), AfterValidator(_not_all_zero)]


class WorkCalendar(Frozen):
    """The simulated year, the shifts and the season profiles."""

    days_off: tuple[DayRange, ...] = ()
    """Days off beside the announced public holidays, such as those of a province; in a year whose holidays are not
    announced, all of them."""
    workdays: tuple[DayRange, ...] = ()
    """Days that are worked although they lie at a weekend or are announced as free."""
    year: int = 2024
    """Calendar year simulated, with its announced public holidays and make-up workdays. A year that is not announced
    needs `days_off`."""
    shifts: dict[str, Shift]
    """Working hours by name; unit types refer to the names."""
    seasons: dict[str, Quantity[MonthlyWeights]] = Field(default_factory=dict)
    """Twelve monthly weights by name; a rate can follow one. Only the proportions of the weights matter."""

    @field_validator("workdays")
    @classmethod
    def _apart(cls, workdays: tuple[DayRange, ...], given: ValidationInfo) -> tuple[DayRange, ...]:
        own = OwnDays.of(given.data.get("days_off", ()), workdays)
        both = sorted(own.off & own.worked)
        if both:
            raise ValueError(f"{both[0]} is under days_off too / {both[0]} 同时写在 days_off 中")
        return workdays

    @field_validator("year")
    @classmethod
    def _known_year(cls, year: int, given: ValidationInfo) -> int:
        own = OwnDays.of(given.data.get("days_off", ()), ())
        if year not in known_years() and "days_off" in given.data and not any(day.year == year for day in own.off):
            years = ", ".join(str(known) for known in known_years())
            raise ValueError(
                f"the public holidays of this year are not known; known are {years}; for another year list them under"
                f" days_off, and make-up days under workdays"
                f" / 没有这一年的节假日安排；可用年份：{years}；其他年份请在 days_off 中列出放假日，在 workdays 中列出"
                f"调休上班日"
            )
        return year

    @model_validator(mode="after")
    def _worked(self) -> WorkCalendar:
        for name, shift in self.shifts.items():
            if not working_days(shift, self.year, self.own_days):
                raise ValueError(f"shift '{name}' works on no day of the year / 班次“{name}”全年没有工作日")
        return self

    @property
    def own_days(self) -> OwnDays:
        """The scenario's own days off and workdays."""
        return OwnDays.of(self.days_off, self.workdays)


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


def working_days(shift: Shift, year: int, own: OwnDays = NO_OWN_DAYS) -> tuple[int, ...]:
    """List the days that the shift works, counted from 0 on 1 January."""
    first = date(year, 1, 1)
    return tuple(day for day in range(days_of(year)) if shift.hours_of(first + timedelta(days=day), own))
