"""Quantities with a unit, written as text: durations, shares, rates, working days.

Each type parses text, refuses a bare number, and is written back as text that parses to the same value. In the program
a `Duration` is an int of seconds, a `Share` a float between 0 and 1, a `Rate` a float of occurrences a year, `Workdays`
an int. A day of a rate is a working day; a day of a length is 24 hours. Texts that could mean two things are refused
with a hint (`_AMBIGUOUS`).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic_core import PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

MINUTE = 60
HOUR = 3_600
DAY_SECONDS = 24 * HOUR
WORKDAY = 8 * HOUR
"""Effort of one working day: the eight hours of the Chinese labour law."""
WEEKS_PER_YEAR = 365 / 7
WORKDAYS_PER_YEAR = 251
"""Working days of an office in 2024; a rate per working day counts those of its own shift and year instead."""
MONTHS_PER_YEAR = 12
DAYS_PER_WEEK = 7
WEEKDAYS = 5
"""Days of a week from Monday to Friday."""
WORKDAYS_OF_MONTH = 20
"""Working days as which a month counts in a window: four weeks."""
WAN = 10_000
"""Ten thousand (万), in which sums of money are written."""
LONGEST = 100 * 365 * DAY_SECONDS
"""Longest duration accepted; above a century the text is taken for a typing error."""
MOST_PER_YEAR = 1e9

_SECONDS = {
    "s": 1, "sec": 1, "second": 1, "seconds": 1, "秒": 1,
    "min": MINUTE, "m": MINUTE, "minute": MINUTE, "minutes": MINUTE, "分钟": MINUTE, "分": MINUTE,
    "h": HOUR, "hour": HOUR, "hours": HOUR, "小时": HOUR, "个小时": HOUR,
    "workday": WORKDAY, "workdays": WORKDAY, "个工作日": WORKDAY, "工作日": WORKDAY,
    "day": 24 * HOUR, "days": 24 * HOUR, "天": 24 * HOUR,
}  # fmt: skip
_WORKDAY = frozenset({"day", "workday", "working day", "天", "日", "工作日"})
_PER_YEAR = {
    "week": WEEKS_PER_YEAR, "周": WEEKS_PER_YEAR,
    "month": 12.0, "月": 12.0,
    "quarter": 4.0, "季度": 4.0, "季": 4.0,
    "year": 1.0, "年": 1.0,
}  # fmt: skip
_NUMBER = r"\d+(?:\.\d+)?"
_DURATION_PART = re.compile(rf"\s*({_NUMBER})\s*([a-z]+|[\u4e00-\u9fff]+)")
_RATES = (
    re.compile(rf"(?P<count>{_NUMBER})\s*(?:times?\b)?\s*(?:per|a|each|/)\s*(?P<unit>[a-z]+(?: day)?)"),
    re.compile(rf"每(?:个|一)?(?P<unit>[\u4e00-\u9fff]+?)\s*(?P<count>{_NUMBER})\s*[次件项个场份]?"),
    re.compile(rf"(?P<count>{_NUMBER})\s*[次件项个场份]?\s*[每/](?:个|一)?(?P<unit>[\u4e00-\u9fff]+)"),
)
_SHARE = re.compile(rf"({_NUMBER})\s*%")
_WORKDAYS = re.compile(r"(\d+)\s*(?:workdays?|working days?|个?工作日)")


_AMBIGUOUS: dict[str, tuple[tuple[re.Pattern[str], str, str], ...]] = {
    "duration": (
        (
            re.compile(r"weeks?\b|周|星期"),
            "一周可指 168 h（钟表时间）或 5 workdays（40 小时工时）",
            "a week may be 168 h on the clock or 5 workdays (40 h of work)",
        ),
        (
            re.compile(r"months?\b|月"),
            "月的长短不一，请写 30 days 之类",
            "months differ in length; write 30 days or so",
        ),
    ),
    "rate": (
        (
            re.compile(r"calendar|natural|自然|日历"),
            "每天即每个工作日；把周末算在内请写 7 per week",
            "a day of a rate is a working day; to count weekends too, write 7 per week",
        ),
        (
            re.compile(r"\bbi|\bsemi|fortnight|隔|双周|双月"),
            "请写 0.5 per week 或 2 per week",
            "write 0.5 per week or 2 per week",
        ),
        (
            re.compile(r"hour|night|小时|晚|夜"),
            "请写每个工作日的次数，例如 4 per workday",
            "write the number a working day, for example 4 per workday",
        ),
    ),
    "number of workdays": (
        (
            re.compile(r"days?\b|[天日]"),
            "这里按工作日算，请写 3 workdays",
            "working days are counted here; write 3 workdays",
        ),
    ),
}
"""Texts that could mean two things: pattern, hint in zh, hint in en, by kind of quantity."""


def hint_about(code: str, text: str) -> dict[str, str]:
    """Return a hint, by language, about a refused text that could mean two things; empty without one."""
    found = ({"zh": zh, "en": en} for shape, zh, en in _AMBIGUOUS.get(code, ()) if shape.search(plain(text)))
    return next(found, {})


def plain(text: str) -> str:
    """Return the text in lower case, with full-width characters made half-width and outer blanks removed."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def _digits(number: float, shift: int = 0) -> str:
    """Write `number * 10**shift` without exponent, in the fewest digits that parse back to the same number."""
    return f"{Decimal(repr(number)).scaleb(shift).normalize():f}"


class TextQuantity:
    """Mixin for a quantity that is validated from text, written as text, and described as text in the JSON Schema."""

    code: ClassVar[str]
    examples: ClassVar[tuple[str, ...]]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text.

        Raises:
            ValueError: the text is not a quantity of this kind.
        """
        raise NotImplementedError

    @classmethod
    def validate(cls, value: object) -> Self:
        """Return an instance unchanged; parse text. The error message lists examples."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            try:
                return cls.parse(value)
            except (ValueError, OverflowError):
                pass
        raise PydanticCustomError(
            f"not_a_{cls.code}",
            "'{found}' is not a " + cls.code + "; write for example {examples}",
            {"found": str(value), "examples": ", ".join(cls.examples)},
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "title": cls.code, "examples": list(cls.examples)}


class Duration(TextQuantity, int):
    """A length of time in whole seconds."""

    code = "duration"
    examples = ("90 min", "2h30m", "1.5 小时", "1 workday")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `90 min`, `2h30m`, `1.5 小时` or `1 workday` (8 h), rounded to whole seconds."""
        rest, seconds = plain(text), 0.0
        if not rest:
            raise ValueError(text)
        while rest:
            found = _DURATION_PART.match(rest)
            if not found or found[2] not in _SECONDS:
                raise ValueError(text)
            seconds += float(found[1]) * _SECONDS[found[2]]
            rest = rest[found.end() :].strip()
        if seconds > LONGEST:
            raise ValueError(text)
        return cls(round(seconds))

    def __str__(self) -> str:
        """Write hours, minutes and seconds, leaving out zeros; `0 min` for zero."""
        seconds = int(self)
        parts = ((seconds // HOUR, "h"), (seconds % HOUR // MINUTE, "min"), (seconds % MINUTE, "s"))
        return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"

    __repr__ = __str__


class Length(Duration):
    """A length of time of one second at least."""

    code = "duration longer than zero"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a duration; zero is refused."""
        length = super().parse(text)
        if length == 0:
            raise ValueError(text)
        return length


class Share(TextQuantity, float):
    """A part of a whole, 0 to 1, written in per cent."""

    code = "share"
    examples = ("30%", "7.5%")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `30%`; refuse less than 0 % and more than 100 %."""
        found = _SHARE.fullmatch(plain(text))
        if not found or float(found[1]) > 100:
            raise ValueError(text)
        return cls(float(Decimal(found[1]).scaleb(-2)))

    def __str__(self) -> str:
        """Write per cent with all digits."""
        return f"{_digits(float(self), 2)}%"

    __repr__ = __str__


class Rate(TextQuantity, float):
    """Occurrences a year, written as a number per working day, week, month, quarter or year.

    A number per working day is kept as such: in a year the rate is that number times the days that the shift works.
    """

    code = "rate"
    examples = ("3 per week", "400 per year", "2 per workday", "每周 3 次")
    daily: float | None
    """Number per working day, for a rate that was written so."""

    def __new__(cls, per_year: float, *, daily: float | None = None) -> Self:
        """Return a rate of so many a year; with `daily` that many a working day, whatever `per_year` is."""
        made = super().__new__(cls, per_year if daily is None else daily * WORKDAYS_PER_YEAR)
        made.daily = daily
        return made

    def in_year(self, workdays: int) -> float:
        """Return the occurrences in a year of so many working days."""
        return float(self) if self.daily is None else self.daily * workdays

    def times(self, factor: float) -> Self:
        """Return the rate times a factor, per working day if this one is."""
        return type(self)(float(self) * factor, daily=None if self.daily is None else self.daily * factor)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `3 per week`, `2 times a day` or `每周 3 次`; a day is a working day."""
        tidy = plain(text)
        found = next(filter(None, (shape.fullmatch(tidy) for shape in _RATES)), None)
        if found is None:
            raise ValueError(text)
        count, unit = float(found["count"]), found["unit"]
        if unit in _WORKDAY:
            rate = cls(0.0, daily=count)
        elif unit in _PER_YEAR:
            rate = cls(count * _PER_YEAR[unit])
        else:
            raise ValueError(text)
        if rate > MOST_PER_YEAR:
            raise ValueError(text)
        return rate

    def __str__(self) -> str:
        """Write per working day if it was written so, else per year, month or week: the first with six decimals."""
        if self.daily is not None:
            return f"{_digits(self.daily)} per workday"
        for unit, times in (("year", 1.0), ("month", 12.0), ("week", WEEKS_PER_YEAR)):
            count = _digits(round(float(self) / times, 6))
            if float(count) * times == float(self):
                return f"{count} per {unit}"
        return f"{_digits(float(self))} per year"

    __repr__ = __str__


class Workdays(TextQuantity, int):
    """A number of working days; 0 means the same day."""

    code = "number of workdays"
    examples = ("3 workdays", "same day", "5 个工作日")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `3 workdays`, `5 个工作日`, `same day` or `当天`."""
        tidy = plain(text)
        if tidy in {"same day", "当天", "当日"}:
            return cls(0)
        found = _WORKDAYS.fullmatch(tidy)
        if not found:
            raise ValueError(text)
        if len(found[1]) > 5:
            raise ValueError(text)
        return cls(int(found[1]))

    def __str__(self) -> str:
        """Write the number with its unit; `same day` for 0."""
        return "same day" if int(self) == 0 else f"{int(self)} workday{'s' * (int(self) != 1)}"

    __repr__ = __str__
