"""An empty picture that states why there is nothing to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.basis import subtitle
from sim.report.sheet import sheet
from sim.report.style import look

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang


def nothing_to_draw(comparison: Comparison, why: str, lang: Lang) -> Figure:
    """Return a sheet with the reason as its title."""
    with look():
        return sheet(why, subtitle(comparison, lang), 0.1).figure
