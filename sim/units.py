"""Quantities with a unit, written as text: durations, shares, rates, working days.

Each type parses text, refuses a bare number, and is written back as text that parses to the same value. In the program
a `Duration` is an int of seconds, a `Share` a float between 0 and 1, a `Rate` a float of occurrences a year, `Workdays`
an int.
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
MONTHS_PER_YEAR = 12
DAYS_PER_WEEK = 7
WEEKDAYS = 5
"""Days of a week from Monday to Friday."""
WAN = 10_000
"""Ten thousand (万), in which sums of money are written."""
LONGEST = 100 * 365 * DAY_SECONDS
"""Longest duration accepted; above a century the text is taken for a typing error."""
MOST_PER_YEAR = 1e9

_SECONDS = {
    "s": 1, "sec": 1, "second": 1, "seconds": 1, "秒": 1,
    "min": MINUTE, "m": MINUTE, "minute": MINUTE, "minutes": MINUTE, "分钟": MINUTE, "分": MINUTE,
    "h": HOUR, "hour": HOUR, "hours": HOUR, "小时": HOUR,
    "workday": WORKDAY, "workdays": WORKDAY, "个工作日": WORKDAY, "工作日": WORKDAY,
    "day": 24 * HOUR, "days": 24 * HOUR, "天": 24 * HOUR,
}  # fmt: skip
_PER_YEAR = {
    "day": 365.0, "天": 365.0, "日": 365.0,
    "week": WEEKS_PER_YEAR, "周": WEEKS_PER_YEAR,
    "month": 12.0, "月": 12.0,
    "quarter": 4.0, "季度": 4.0, "季": 4.0,
    "year": 1.0, "年": 1.0,
}  # fmt: skip
_NUMBER = r"\d+(?:\.\d+)?"
_DURATION_PART = re.compile(rf"\s*({_NUMBER})\s*([a-z]+|[\u4e00-\u9fff]+)")
_RATE = re.compile(rf"({_NUMBER})\s*(?:per|a|/)\s*([a-z]+)")
_RATE_ZH = re.compile(rf"每([\u4e00-\u9fff]+?)\s*({_NUMBER})\s*[次件项个场份]?")
_SHARE = re.compile(rf"({_NUMBER})\s*%")
_WORKDAYS = re.compile(r"(\d+)\s*(?:workdays?|working days?|个?工作日)")


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
    """Occurrences a year, written as a number per day, week, month, quarter or year."""

    code = "rate"
    examples = ("3 per week", "400 per year", "每周 3 次")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `3 per week` or `每周 3 次`."""
        tidy = plain(text)
        if found := _RATE.fullmatch(tidy):
            count, unit = found[1], found[2]
        elif found := _RATE_ZH.fullmatch(tidy):
            count, unit = found[2], found[1]
        else:
            raise ValueError(text)
        if unit not in _PER_YEAR:
            raise ValueError(text)
        rate = float(count) * _PER_YEAR[unit]
        if rate > MOST_PER_YEAR:
            raise ValueError(text)
        return cls(rate)

    def __str__(self) -> str:
        """Write per year, month, week or day: the first of these in which six decimals suffice."""
        for unit, times in (("year", 1.0), ("month", 12.0), ("week", WEEKS_PER_YEAR), ("day", 365.0)):
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
