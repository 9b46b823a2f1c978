"""Days of a scenario's own: days off and workdays beside the announced ones, as dates or ranges of dates."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from sim.units import TextQuantity, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATE = r"\d{4}-\d{2}-\d{2}"
_RANGE = re.compile(rf"({_DATE})(?:\s*(?:to|\.\.|至|到|/)\s*({_DATE}))?")
_LONGEST = 366
"""Most days of one range; a longer one is taken for a typing error."""


class DayRange(TextQuantity, tuple[date, date]):
    """A first and a last day; both are the same for a single day."""

    code = "date or range of dates"
    examples = ("2027-02-05", "2027-02-05 to 2027-02-11")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `2027-02-05` or `2027-02-05 to 2027-02-11`; the last day must not be earlier than the first."""
        found = _RANGE.fullmatch(plain(text))
        if not found:
            raise ValueError(text)
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2] or found[1])
        if not 0 <= (last - first).days < _LONGEST:
            raise ValueError(text)
        return cls((first, last))

    @classmethod
    def validate(cls, value: object) -> Self:
        """Return an instance unchanged; take a date as a single day; parse text."""
        return cls((value, value)) if isinstance(value, date) else super().validate(value)

    def __str__(self) -> str:
        """Write the day, or both days with `to` between them."""
        return self[0].isoformat() if self[0] == self[1] else f"{self[0].isoformat()} to {self[1].isoformat()}"

    __repr__ = __str__


class OwnDays(NamedTuple):
    """Single days off, and single workdays."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    @classmethod
    def of(cls, off: Iterable[DayRange], worked: Iterable[DayRange]) -> Self:
        """Return the days of both lists."""
        return cls(frozenset(_days(off)), frozenset(_days(worked)))


NO_OWN_DAYS = OwnDays()


def _days(ranges: Iterable[DayRange]) -> list[date]:
    return [first + timedelta(days=n) for first, last in ranges for n in range((last - first).days + 1)]
