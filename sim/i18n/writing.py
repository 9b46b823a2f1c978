"""Numbers and lists as text: thousands separators, a true minus sign, the comma of a language, a capital letter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.i18n import Lang

MINUS, DASH = "−", "–"


def number(value: float, digits: int = 1) -> str:
    """Return the number with thousands separators, without negative zero; a dash if it is not finite."""
    if not math.isfinite(value):
        return DASH
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        text = text.removeprefix("-")
    return text.replace("-", MINUS)


def counted(count: float, one: str, many: str) -> str:
    """Write a whole number with its English noun: the first form for 1, the second for any other number."""
    return f"{number(count, 0)} {one if count == 1 else many}"


def capital(words: str) -> str:
    """Return the words with a capital first letter."""
    return words[:1].upper() + words[1:]


def listed(words: list[str], lang: Lang) -> str:
    """Return the words joined with the comma of the language."""
    return {"zh": "、", "en": ", "}[lang].join(words)
