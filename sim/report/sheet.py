"""A sheet: a figure with its finding on top, its notes below, and panels placed in inches between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.style import BODY, INK, MUTED, SMALL, SUBTITLE, TITLE, WIDTH, figure, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARGIN = 0.08
"""Inches left free on both sides."""
_TITLE_LINE, _SUBTITLE_LINE, _FOOTER_LINE = 0.255, 0.18, 0.165
_GAP = 0.16


@dataclass(frozen=True)
class Sheet:
    """A figure whose body is addressed in inches from its upper left corner."""

    figure: Figure
    height: float
    top: float
    """Inches from the upper edge of the figure to the body."""

    def panel(self, left: float, top: float, width: float, height: float) -> Axes:
        """Add axes at a place in the body and return them."""
        below = self.height - self.top - top - height
        return self.figure.add_axes((left / WIDTH, below / self.height, width / WIDTH, height / self.height))

    def text(self, left: float, top: float, text: str, *, size: float = BODY, **style: Any) -> None:
        """Write text at a place in the body, vertically centred on `top`."""
        x, y = self._at(left, top)
        self.figure.text(x, y, text, fontsize=size, **({"va": "center_baseline"} | style))

    def swatch(self, left: float, top: float, colour: str, *, size: float = 0.11, **style: Any) -> None:
        """Draw a small square at a place in the body, vertically centred on `top`."""
        self.block(left, top - size / 2, size, size, colour, **style)

    def block(self, left: float, top: float, width: float, height: float, colour: str, **style: Any) -> None:
        """Draw a filled rectangle at a place in the body."""
        from matplotlib.patches import Rectangle

        x, y = self._at(left, top + height)
        box = Rectangle((x, y), width / WIDTH, height / self.height, facecolor=colour, linewidth=0)
        box.set(transform=self.figure.transFigure, **style)
        self.figure.add_artist(box)

    def rule(self, left: float, right: float, top: float, *, colour: str, **style: Any) -> None:
        """Draw a fine horizontal line across the body."""
        from matplotlib.patches import Rectangle

        (x0, y), (x1, _) = self._at(left, top), self._at(right, top)
        box = Rectangle((x0, y), x1 - x0, 0, transform=self.figure.transFigure, **({"linewidth": 0.6} | style))
        box.set_edgecolor(colour)
        self.figure.add_artist(box)

    def _at(self, left: float, top: float) -> tuple[float, float]:
        return left / WIDTH, (self.height - self.top - top) / self.height


def sheet(title: str, subtitle: str, body: float, footer: Sequence[str] = ()) -> Sheet:
    """Return a sheet with a body `body` inches high; title, subtitle and footers are broken into lines."""
    room = WIDTH - 2 * MARGIN
    titles = wrap(title, room, TITLE, bold=True)
    subtitles = wrap(subtitle, room, SUBTITLE)
    footers = [line for note in footer for line in wrap(note, room, SMALL)]
    top = 0.06 + len(titles) * _TITLE_LINE + len(subtitles) * _SUBTITLE_LINE + _GAP
    below = len(footers) * _FOOTER_LINE + (_GAP if footers else 0) + 0.06
    height = round(top + body + below, 2)
    made = Sheet(figure(height), height, top)
    at = 0.06 - top
    for line in titles:
        made.text(MARGIN, at + _TITLE_LINE / 2, line, size=TITLE, weight="bold", color=INK)
        at += _TITLE_LINE
    for line in subtitles:
        made.text(MARGIN, at + 0.03 + _SUBTITLE_LINE / 2, line, size=SUBTITLE, color=MUTED)
        at += _SUBTITLE_LINE
    at = body + _GAP
    for line in footers:
        made.text(MARGIN, at + _FOOTER_LINE / 2, line, size=SMALL, color=MUTED)
        at += _FOOTER_LINE
    return made
