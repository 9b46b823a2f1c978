"""Labels of metrics, scopes, units and families in a comparison, and the line on its basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.domain.category import CATEGORIES, FORMALITY, Category
from sim.i18n.labels import CATEGORY, CATEGORY_SHORT, UNIT
from sim.i18n.writing import capital, number
from sim.metrics.table import METRICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang

OUTREACH, UNASSIGNED = "outreach", "unassigned"
COLUMNS: tuple[str, ...] = (*(category.value for category in CATEGORIES), OUTREACH, UNASSIGNED)
"""Entries of the last axis of the hours in a comparison."""
STACK: tuple[str, ...] = (
    *(category.value for category in CATEGORIES if category in FORMALITY),
    Category.SERVICE.value,
    OUTREACH,
    Category.OTHER.value,
    UNASSIGNED,
)
"""`COLUMNS` in the order of the pictures: work for superiors, work for residents, the rest."""
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
"""Labels of scopes that a scenario does not name: all, residents, and superiors outside it."""


def category_label(name: str, lang: Lang, *, short: bool = False) -> str:
    """Return the label of a category, of outreach or of unassigned time."""
    return (CATEGORY_SHORT if short else CATEGORY)[name][lang]


def metric_label(key: str, lang: Lang) -> str:
    """Return the label of a metric with a capital first letter."""
    return capital(METRICS[key].label[lang])


def unit_label(unit: str, lang: Lang) -> str:
    """Return the label of a unit; a unit that is not in the table is returned unchanged."""
    return UNIT[unit][lang] if unit in UNIT else unit


def role_label(comparison: Comparison, role: str, lang: Lang) -> str:
    """Return the label of a role with a capital first letter."""
    return capital(scope_label(comparison, role, lang))


def scope_label(comparison: Comparison, scope: str, lang: Lang) -> str:
    """Return the label of a scope: `all`, a role, a stream, `role/category`, `role/issuer`, or a split."""
    return label_of(comparison.labels, scope, lang)


def label_of(labels: Mapping[str, Mapping[str, str]], scope: str, lang: Lang) -> str:
    """Return the label of a scope; of a split such as `post:village/secretary` without its kind."""
    scope = scope.rpartition(":")[2]
    if "/" in scope:
        return " / ".join(label_of(labels, part, lang) for part in scope.split("/"))
    for kind in ("role", "unit", "obligation", "demand"):
        if words := labels.get(f"{kind}.{scope}"):
            return _spoken(words[lang], lang)
    words = CATEGORY.get(scope) or _PLAIN.get(scope)
    return words[lang] if words else scope


def basis(comparison: Comparison, lang: Lang) -> str:
    """Return a line with the number of years, the confidence level and the root."""
    years, root = number(comparison.replications, 0), comparison.root
    if comparison.replications == 1:
        alone = {"zh": f"仅1个模拟年份，没有区间；随机根 {root}", "en": f"1 simulated year, no intervals; root {root}"}
        return alone[lang]
    if lang == "zh":
        return f"{years}个模拟年份，前后配对；95%区间；随机根 {root}"
    return f"{years} simulated years, paired; 95% intervals; root {root}"


def _spoken(words: str, lang: Lang) -> str:
    """Return English words with straight apostrophes: a curved one is as wide as a Chinese character in the font."""
    return words.replace("’", "'") if lang == "en" else words
