"""Style of the pictures: colours, fonts, sizes; the same data always make the same bytes.

Nothing here uses `pyplot` or leaves a setting behind: drawing and writing happen inside `look()`. The functions that
draw import matplotlib, and this module does not, so that a report of kept pictures starts without it.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font

FAMILY = "Jianfu Sans"
_FONTS = Path(__file__).parent / "fonts"
_FACES = {False: _FONTS / "JianfuSans-Regular.otf", True: _FONTS / "JianfuSans-Bold.otf"}

WIDTH = 9.0
"""Inches; shown 900 px wide, so one point is 1.4 px."""
_DPI = 100
_POINT = 1 / 72

TITLE, SUBTITLE, BODY, SMALL = 13.0, 9.0, 9.0, 8.0
"""Sizes of type in points; `SMALL` is the smallest."""

INK, MUTED, LINE, FAINT, PAPER = "#222222", "#666666", "#BBBBBB", "#EEEEEE", "#FFFFFF"
BEFORE, AFTER = "#999999", "#222255"
"""Lines and bands of the two regimes: grey, and Tol's dark blue."""
BETTER, WORSE, UNCLEAR = "#4477AA", "#EE7733", "#999999"
"""Change for the better, for the worse, and unclear change; blue and orange differ also for the colour-blind."""

CATEGORY_COLOUR: dict[str, str] = {
    "meetings": "#332288",
    "meeting_travel": "#AA4499",
    "documents": "#88CCEE",
    "reports": "#CC6677",
    "inspections": "#882255",
    "inspection_travel": "#999933",
    "channels": "#DDCC77",
    "service": "#44AA99",
    "outreach": "#117733",
    "other": "#DDDDDD",
    "unassigned": "#EEEEBB",
}
"""Tol's muted scheme, in the order of the pictures: work for superiors, work for residents, the rest."""

_LOCK = RLock()
_LOOK: dict[str, Any] = {
    "font.family": FAMILY,
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,  # a `$` in a planner's title is not mathematics
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.labelsize": SMALL,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.6,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "path",
    "svg.hashsalt": "jianfu",
}


@contextmanager
def look() -> Iterator[None]:
    """Context for drawing: the settings hold inside it only, for one thread at a time.

    matplotlib's own warnings about missing characters are ignored; `not_in_font` lists them.
    """
    import matplotlib as mpl

    _register_fonts()
    with _LOCK, mpl.rc_context(cast("Any", _LOOK)), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ ")
        yield


def not_in_font(texts: Iterable[str]) -> str:
    """Return the characters of the texts that pictures show as boxes, each once, sorted; "" if the font has all."""
    known = _face(False).get_charmap()
    return "".join(sorted({letter for text in texts for letter in text if ord(letter) not in known}))


def figure(height: float) -> Figure:
    """Return an empty figure of the page's width; `height` in inches."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, height), dpi=_DPI)


def svg_text(figure: Figure) -> str:
    """Return the figure as one `<svg>` element: text as paths, no date, no reference to other files."""
    stream = StringIO()
    with look():
        figure.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    text = stream.getvalue()
    return text[text.index("<svg") :]


def png_bytes(figure: Figure, dpi: int = _DPI) -> bytes:
    """Return the figure as PNG without date or version."""
    stream = BytesIO()
    with look():
        figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
    return stream.getvalue()


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = BODY, *, bold: bool = False) -> float:
    """Return the width of a line of text in inches."""
    from matplotlib.ft2font import LoadFlags

    font = _face(bold)
    font.set_size(size, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, _ = font.get_width_height()
    return float(width) / 64 * _POINT


def fit(text: str, width: float, size: float = BODY, *, bold: bool = False) -> str:
    """Return the line, cut and ended with an ellipsis if it is wider than `width` inches."""
    line = " ".join(text.split())
    if text_width(line, size, bold=bold) <= width:
        return line
    while line and text_width(line + "…", size, bold=bold) > width:
        line = line[:-1].rstrip()
    return line + "…"


_WORD = re.compile(r"[（「“《]?(?:[\x21-\x7e\u00a0-\u2012\u2014-\u2fff]+|.)[，。；：、）」”》％]*\s*")


def wrap(text: str, width: float, size: float = BODY, *, bold: bool = False) -> list[str]:
    """Break a text into lines of at most `width` inches: between words, or between Chinese characters."""
    words = _WORD.findall(" ".join(text.split()))
    lines = []
    while words:
        count = max(1, _fitting(words, width, size, bold))
        lines.append("".join(words[:count]).rstrip())
        words = words[count:]
    return lines or [""]


def _fitting(words: Sequence[str], width: float, size: float, bold: bool) -> int:
    """Return how many of the first words fit into `width` inches; a longer line is never narrower."""
    counts = range(1, len(words) + 1)
    return bisect_right(counts, width, key=lambda count: text_width("".join(words[:count]).rstrip(), size, bold=bold))


def ink_on(colour: str) -> str:
    """Return the text colour, dark or white, for a coloured ground."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 150 else PAPER


def bare(axes: Axes, *, keep: str = "") -> None:
    """Remove the spines, ticks and labels of all sides except those named in `keep` (`bottom`, `left`)."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep.split())
    if "bottom" not in keep:
        axes.set_xticks([])
    if "left" not in keep:
        axes.set_yticks([])


@cache
def _register_fonts() -> None:
    from matplotlib.font_manager import fontManager

    for path in _FACES.values():
        fontManager.addfont(path)


@cache
def _face(bold: bool) -> FT2Font:
    from matplotlib.ft2font import FT2Font

    return FT2Font(_FACES[bold])
