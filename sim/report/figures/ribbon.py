"""A band that swings from one bar to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.patches import PathPatch
from matplotlib.path import Path

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def ribbon(axes: Axes, ends: tuple[float, float], tops: tuple[float, float], thick: float, colour: str) -> None:
    """Draw a band of constant thickness between two places, with level ends."""
    (x0, x1), (y0, y1) = ends, tops
    half = (x0 + x1) / 2
    corners = [
        (x0, y0), (half, y0), (half, y1), (x1, y1),
        (x1, y1 + thick), (half, y1 + thick), (half, y0 + thick), (x0, y0 + thick), (x0, y0),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(corners, codes), facecolor=colour, alpha=0.35, linewidth=0))
