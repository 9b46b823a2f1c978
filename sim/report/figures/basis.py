"""What pictures have in common: the line under the title, and hours a role is paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.words import basis

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang


def subtitle(comparison: Comparison, lang: Lang) -> str:
    """Name the two regimes, the years, the level and the root."""
    before, after = comparison.before.title[lang], comparison.after.title[lang]
    mark = {"zh": "；", "en": "; "}[lang]
    return f"{before} → {after}{mark}{basis(comparison, lang)}"


def regular_hours(comparison: Comparison, role: int) -> float | None:
    """Give the regular hours of an ordinary week of a role, where they are known."""
    return comparison.ground.regular_hours.get(comparison.ground.roles[role])
