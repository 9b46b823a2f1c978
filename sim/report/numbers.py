"""How numbers are written: few digits, a true minus sign, per cent for shares."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment.comparison import Row
    from sim.i18n import Lang

MINUS, DASH = "−", "–"
_SMALL = 0.01
_ONE_PLACE = frozenset({"h/week", "h", "days"})


def number(value: float, digits: int = 1) -> str:
    """Write with thousands separators and without a negative zero; a dash where there is no number."""
    if not math.isfinite(value):
        return DASH
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        text = text.removeprefix("-")
    return text.replace("-", MINUS)


def signed(value: float, digits: int = 1) -> str:
    """Write with its sign; zero bears none."""
    text = number(value, digits)
    return text if text.startswith((MINUS, DASH)) or not text.strip("0.,") else f"+{text}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share as per cent."""
    return f"{number(100 * share, digits)}%" if math.isfinite(share) else DASH


def signed_percent(share: float, digits: int = 0) -> str:
    """Write a relative change as per cent with its sign."""
    return f"{signed(100 * share, digits)}%" if math.isfinite(share) else DASH


def p_value(p: float | None) -> str:
    """Write a p value to three places."""
    if p is None or not math.isfinite(p):
        return DASH
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def digits_for(*values: float) -> int:
    """Choose digits so that the largest of the values shows about three figures."""
    size = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if 0 < size < _SMALL:
        return 4
    return 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 or not size else 3


def level(value: float, unit: str, *beside: float) -> str:
    """Write a level in its unit, with the digits that suit the values it stands beside."""
    if unit == "share":
        return percent(value, 1)
    return number(value, _digits(unit, value, *beside))


def difference(row: Row, unit: str) -> tuple[str, str]:
    """Write a difference and its interval: points of a per cent for shares, the metric's unit otherwise."""
    scale = 100.0 if unit == "share" else 1.0
    middle = scale * row.difference
    ends = [scale * end for end in (row.low, row.high) if math.isfinite(end)]
    digits = 1 if unit == "share" else _digits(unit, row.before, row.after)
    digits += _hides_its_sign(row.low, row.high, [round(end, digits) for end in ends])
    low_high = ", ".join(signed(end, digits) for end in ends)
    return signed(middle, digits), f"[{low_high}]" if ends else DASH


def interval(low: float, high: float, lang: Lang, digits: int = 1) -> str:
    """Write both ends of an interval in words."""
    word = {"zh": "至", "en": " to "}[lang]
    return f"{signed(low, digits)}{word}{signed(high, digits)}"


def _digits(unit: str, *values: float) -> int:
    """Hours a week, hours and days are told to one place (two below 1), the same in every line of a table."""
    if unit in _ONE_PLACE:
        return 1 if max((abs(value) for value in values if math.isfinite(value)), default=0.0) >= 1 else 2
    return digits_for(*values)


def _hides_its_sign(low: float, high: float, rounded: list[float]) -> bool:
    """Tell whether an interval without zero would look as if it ended there."""
    return (low > 0 or high < 0) and not all(rounded)
