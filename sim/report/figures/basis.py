"""Parts common to all pictures: the subtitle, and the regular hours of a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.words import basis

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang


def subtitle(comparison: Comparison, lang: Lang) -> str:
    """Return the titles of the two regimes, the number of years, the level and the root as one line."""
    before, after = comparison.before.title[lang], comparison.after.title[lang]
    mark = {"zh": "；", "en": "; "}[lang]
    return f"{before} → {after}{mark}{basis(comparison, lang)}"


def regular_hours(comparison: Comparison, role: int) -> float | None:
    """Return the regular hours of a role in an ordinary week, or None if unknown."""
    return comparison.ground.regular_hours.get(comparison.ground.roles[role])
