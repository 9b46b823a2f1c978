"""A row of colour swatches with labels, for pictures whose parts are too small for labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.style import CATEGORY_COLOUR, MUTED, SMALL, text_width
from sim.report.words import OUTREACH, STACK, category_label

if TYPE_CHECKING:
    from sim.i18n import Lang
    from sim.report.sheet import Sheet

LINE = 0.21
"""Inches from one line to the next."""
_BOX, _AFTER_BOX, _BETWEEN = 0.11, 0.05, 0.17

_FORMALITY = {"zh": "对上", "en": "Upwards"}
_RESIDENTS = {"zh": "对群众", "en": "Residents"}


def category_legend(sheet: Sheet, left: float, top: float, lang: Lang) -> None:
    """Draw the colours of the categories in two lines: work for superiors; residents and the rest."""
    cut = STACK.index("service")
    column = max(text_width(words[lang], SMALL) for words in (_FORMALITY, _RESIDENTS)) + 0.12
    for line, (words, names) in enumerate(((_FORMALITY, STACK[:cut]), (_RESIDENTS, STACK[cut:]))):
        at, height = left, top + line * LINE + LINE / 2
        sheet.text(at, height, words[lang], size=SMALL, color=MUTED)
        at += column
        for name in names:
            at = entry(sheet, at, height, CATEGORY_COLOUR[name], category_label(name, lang))
            at += _BETWEEN if name == OUTREACH else 0


def entry(sheet: Sheet, left: float, height: float, colour: str, words: str) -> float:
    """Draw one swatch with its label, and return the left edge of the next."""
    sheet.swatch(left, height, colour)
    sheet.text(left + _BOX + _AFTER_BOX, height, words, size=SMALL)
    return left + _BOX + _AFTER_BOX + text_width(words, SMALL) + _BETWEEN
