"""Writes tables as CSV. The only place that does: no cell starts a formula in a spreadsheet, or hides a character."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from pathlib import Path

from sim.files.write import write_text
from sim.i18n.visible import escaped

_FORMULA = re.compile(r"[\s\x00]*[=+\-@\t\r＝＋－＠]")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table to `path`, in UTF-8 with a byte order mark so that spreadsheets show Chinese.

    Raises:
        UsageError: it cannot be written.
    """
    write_text(path, "\ufeff" + csv_text(header, rows))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]], digits: int | None = None) -> str:
    """Return the table as CSV; with `digits`, numbers are rounded to so many and nan is an empty cell.

    A text that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    for row in (header, *rows):
        writer.writerow([_harmless(cell, digits) for cell in row])
    return sheet.getvalue()


def _harmless(cell: object, digits: int | None) -> object:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, Integral):
        return int(cell)
    if isinstance(cell, Real):
        return _number(float(cell), digits)
    text = str(cell)
    return f"'{escaped(text)}" if _FORMULA.match(text) else escaped(text)


def _number(value: float, digits: int | None) -> str:
    if digits is None:
        return repr(value)
    return "" if math.isnan(value) else f"{value:.{digits}g}"
