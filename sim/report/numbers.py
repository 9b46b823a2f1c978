"""Numbers as text: few digits, a true minus sign, per cent for shares."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.i18n.writing import DASH, MINUS, number

if TYPE_CHECKING:
    from sim.experiment.comparison import Row
    from sim.i18n import Lang

_SMALL = 0.01
_ONE_PLACE = frozenset({"h/week", "h", "days"})


def signed(value: float, digits: int = 1) -> str:
    """Return the number with its sign; zero has none."""
    text = number(value, digits)
    return text if text.startswith((MINUS, DASH)) or not text.strip("0.,") else f"+{text}"


def percent(share: float, digits: int = 0) -> str:
    """Return a share in per cent; a dash if it is not finite."""
    return f"{number(100 * share, digits)}%" if math.isfinite(share) else DASH


def signed_percent(share: float, digits: int = 0) -> str:
    """Return a relative change in per cent with its sign; a dash if it is not finite."""
    return f"{signed(100 * share, digits)}%" if math.isfinite(share) else DASH


def p_value(p: float | None) -> str:
    """Return a p value with three decimals, `<0.001` below that, a dash if unknown."""
    if p is None or not math.isfinite(p):
        return DASH
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def digits_for(*values: float) -> int:
    """Return the number of decimals with which the largest of the values has about three figures."""
    size = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if 0 < size < _SMALL:
        return 4
    return 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 or not size else 3


def level(value: float, unit: str, *beside: float) -> str:
    """Return a level in its unit, with the decimals that suit it and the values `beside` it."""
    if unit == "share":
        return percent(value, 1)
    return number(value, _digits(unit, value, *beside))


def difference(row: Row, unit: str) -> tuple[str, str]:
    """Return a difference and its interval: percentage points for shares, else the metric's unit."""
    scale = 100.0 if unit == "share" else 1.0
    middle = scale * row.difference
    ends = [scale * end for end in (row.low, row.high) if math.isfinite(end)]
    digits = 1 if unit == "share" else _digits(unit, row.before, row.after)
    digits += _hides_its_sign(row.low, row.high, [round(end, digits) for end in ends])
    low_high = ", ".join(signed(end, digits) for end in ends)
    return signed(middle, digits), f"[{low_high}]" if ends else DASH


def interval(low: float, high: float, lang: Lang, digits: int = 1) -> str:
    """Return both ends of an interval in words."""
    word = {"zh": "至", "en": " to "}[lang]
    return f"{signed(low, digits)}{word}{signed(high, digits)}"


def _digits(unit: str, *values: float) -> int:
    """Return the decimals: for hours and days one (two if all values are below 1), for other units by size."""
    if unit in _ONE_PLACE:
        return 1 if max((abs(value) for value in values if math.isfinite(value)), default=0.0) >= 1 else 2
    return digits_for(*values)


def _hides_its_sign(low: float, high: float, rounded: list[float]) -> bool:
    """Return whether rounding would make an interval without zero appear to end at zero."""
    return (low > 0 or high < 0) and not all(rounded)
