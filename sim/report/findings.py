"""The finding of a comparison in one sentence, for titles and headlines; an unclear change is called unclear."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from sim.i18n.writing import number
from sim.metrics.table import METRICS
from sim.report.numbers import interval, level
from sim.report.words import FORMAL_COLUMNS, role_label

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison, Row
    from sim.i18n import Lang

Way = Literal["down", "up", "unclear"]
FORMALITY_HOURS = "formality_hours"


def way(row: Row) -> Way:
    """Return the direction of a difference; `unclear` if its interval includes zero or is infinite (a single year)."""
    return "down" if row.high < 0 else "up" if row.low > 0 else "unclear"


def main_role(comparison: Comparison) -> int:
    """Return the index of the role that titles are about: the primary outcome's, else the one that changed most."""
    roles = comparison.ground.roles
    if comparison.primary[1] in roles:
        return roles.index(comparison.primary[1])
    return max(range(len(roles)), key=lambda role: abs(formality(comparison, role)[0] - formality(comparison, role)[1]))


def formality(comparison: Comparison, role: int) -> tuple[float, float]:
    """Return a role's formality hours in an ordinary week, before and after."""
    columns = list(FORMAL_COLUMNS)
    before, after = comparison.before.hours, comparison.after.hours
    return float(before[role, columns].sum()), float(after[role, columns].sum())


def level_finding(what: str, row: Row, lang: Lang, unit: str = "") -> str:
    """Return a title with the level before and after, and a remark if the change is unclear."""
    key = METRICS[row.metric].unit
    levels = f"{level(row.before, key, row.after)} → {level(row.after, key, row.before)}{unit}"
    unclear = {"zh": "（没有明确变化）", "en": " (no clear change)"}[lang] if way(row) == "unclear" else ""
    mark = {"zh": "：", "en": ": "}[lang]
    return f"{what}{mark}{levels}{unclear}"


def formality_finding(comparison: Comparison, lang: Lang) -> str:
    """Return a title about the main role's formality hours."""
    role = main_role(comparison)
    name = role_label(comparison, comparison.ground.roles[role], lang)
    row = comparison.row(FORMALITY_HOURS, comparison.ground.roles[role])
    before, after = (row.before, row.after) if row else formality(comparison, role)
    went: Way = way(row) if row else "down" if after < before else "up"
    levels = f"{number(before)} → {number(after)}"
    if row and not math.isfinite(row.low):
        return {"zh": f"{name}每周的形式性事务：{levels}小时（仅一年，没有区间）",
                "en": f"{name}: formality {levels} h a week (one year only, no interval)"}[lang]  # fmt: skip
    if row and went == "unclear":
        ends = interval(row.low, row.high, lang)
        if lang == "zh":
            return f"{name}每周的形式性事务没有明确变化：{levels}小时（差值{ends}）"
        return f"{name}: no clear change in formality hours, {levels} h a week (difference {ends})"
    gap = number(abs(before - after))
    if lang == "zh":
        return f"{name}每周的形式性事务{'减少' if went == 'down' else '增加'}{gap}小时：{levels}"
    return f"{name}: {gap} h {'less' if went == 'down' else 'more'} formality a week, {levels} h"
