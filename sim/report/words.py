"""Words for what a comparison names: metrics, scopes, units, families, and what every picture says about its basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.domain.category import CATEGORIES, FORMALITY, Category
from sim.i18n.labels import CATEGORY, CATEGORY_SHORT, UNIT
from sim.metrics.table import METRICS
from sim.report.numbers import number

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang

OUTREACH = "outreach"
COLUMNS: tuple[str, ...] = (*(category.value for category in CATEGORIES), OUTREACH)
"""What the last axis of the hours in a comparison stands for."""
STACK: tuple[str, ...] = (
    *(category.value for category in CATEGORIES if category in FORMALITY),
    Category.SERVICE.value,
    OUTREACH,
    Category.OTHER.value,
)
"""The same in the order of the pictures: what answers superiors, what residents get, the rest."""
FORMAL_COLUMNS: tuple[int, ...] = tuple(i for i, name in enumerate(COLUMNS) if name in {c.value for c in FORMALITY})

FAMILY: dict[str, dict[str, str]] = {
    "time": {"zh": "时间", "en": "Time"},
    "pressure": {"zh": "压力", "en": "Pressure"},
    "counted": {"zh": "件数", "en": "Counts"},
    "residents": {"zh": "群众", "en": "Residents"},
    "oversight": {"zh": "监督", "en": "Oversight"},
    "cost": {"zh": "成本", "en": "Cost"},
}
BEFORE = {"zh": "改革前", "en": "before"}
AFTER = {"zh": "改革后", "en": "after"}
_PLAIN = {
    "all": {"zh": "全体", "en": "all"},
    "residents": {"zh": "群众", "en": "residents"},
    "province": {"zh": "省级", "en": "province"},
    "city": {"zh": "市级", "en": "city"},
    "county": {"zh": "县级", "en": "county"},
}
"""Scopes that a scenario need not name: everybody, residents, and superiors outside it."""


def category_label(name: str, lang: Lang, *, short: bool = False) -> str:
    """Give the words for a category or for outreach."""
    return (CATEGORY_SHORT if short else CATEGORY)[name][lang]


def metric_label(key: str, lang: Lang) -> str:
    """Give the words for a metric, as they stand at the head of a line."""
    return capital(METRICS[key].label(lang))


def unit_label(unit: str, lang: Lang) -> str:
    """Give the words for a unit; one that is not in the table is written as it stands."""
    return UNIT[unit][lang] if unit in UNIT else unit


def role_label(comparison: Comparison, role: str, lang: Lang) -> str:
    """Give the words for a role, as they stand at the head of a line."""
    return capital(scope_label(comparison, role, lang))


def scope_label(comparison: Comparison, scope: str, lang: Lang) -> str:
    """Give the words for what a metric is told for: everybody, a role, a stream, or `role/category`, `role/issuer`."""
    if "/" in scope:
        return " / ".join(scope_label(comparison, part, lang) for part in scope.split("/"))
    for kind in ("role", "unit", "obligation", "demand"):
        if words := comparison.labels.get(f"{kind}.{scope}"):
            return _spoken(words[lang], lang)
    words = CATEGORY.get(scope) or _PLAIN.get(scope)
    return words[lang] if words else scope


def basis(comparison: Comparison, lang: Lang) -> str:
    """Say on how many years, at which level and from which root a picture rests."""
    years, root = number(comparison.replications, 0), comparison.root
    if comparison.replications == 1:
        alone = {"zh": f"仅1个模拟年份，没有区间；随机根 {root}", "en": f"1 simulated year, no intervals; root {root}"}
        return alone[lang]
    if lang == "zh":
        return f"{years}个模拟年份，前后配对；95%区间；随机根 {root}"
    return f"{years} simulated years, paired; 95% intervals; root {root}"


def capital(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]


def _spoken(words: str, lang: Lang) -> str:
    """Use the straight apostrophe in English: the curved one is as wide as a character in a Chinese font."""
    return words.replace("’", "'") if lang == "en" else words
