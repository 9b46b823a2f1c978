"""Hours of an ordinary week by category, before above after, role by role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.i18n.writing import number
from sim.report.figures.basis import regular_hours, subtitle
from sim.report.findings import formality, formality_finding
from sim.report.legend import LINE, category_legend
from sim.report.sheet import MARGIN, Sheet, sheet
from sim.report.style import (
    BODY,
    CATEGORY_COLOUR,
    INK,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    bare,
    ink_on,
    look,
    text_width,
    wrap,
)
from sim.report.tables import Table
from sim.report.words import AFTER, BEFORE, COLUMNS, STACK, category_label, role_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang

_BAR, _PAIR, _BLOCK = 0.27, 0.34, 1.0
"""Inches: height of a bar, from bar to bar, from role to role."""
_ROLE, _LEFT, _RIGHT = 1.45, 2.02, 7.35
"""Inches: width of the role's name, left and right end of the bars."""
_TOTAL, _FORMALITY = 8.0, WIDTH - MARGIN
_HEAD = 0.36

_HEADER = {
    "zh": ("角色", "时期", "类别", "小时/周"),
    "en": ("role", "period", "category", "hours per week"),
}
_LABELS = {
    "zh": {"regular": "正常工时 {}小时", "total": "合计", "formality": "对上", "axis": "每人每个普通工作周的小时数"},
    "en": {"regular": "regular {} h", "total": "Total", "formality": "Upwards",
           "axis": "Hours per cadre in an ordinary week"},
}  # fmt: skip
_NOTE = {
    "zh": "对上：会议、路途、文件、填报、检查、工作群。未安排：没有任务、也不用于走访巡查的工作时间，不算服务群众。",
    "en": "Upwards: meetings, travel, documents, forms, inspections, chat groups. Unassigned: regular time without "
    "tasks that does not go to home visits; it is not counted as service.",
}


def data(comparison: Comparison, lang: Lang) -> Table:
    """Return role, period, category and hours."""
    rows = [
        (role_label(comparison, role, lang), words[lang], category_label(name, lang), float(side.hours[i, column]))
        for i, role in enumerate(comparison.ground.roles)
        for words, side in ((BEFORE, comparison.before), (AFTER, comparison.after))
        for column, name in enumerate(COLUMNS)
    ]
    return Table(_HEADER[lang], tuple(rows))


def draw(comparison: Comparison, lang: Lang) -> Figure:
    """Draw one pair of stacked bars for each role, with the role's regular hours marked."""
    roles = comparison.ground.roles
    with look():
        legend = 2 * LINE + 0.1
        height = _HEAD + len(roles) * _BLOCK - 0.2
        page = sheet(
            formality_finding(comparison, lang), subtitle(comparison, lang), legend + height + 0.38, [_NOTE[lang]]
        )
        category_legend(page, MARGIN, 0.0, lang)
        axes = page.panel(_LEFT, legend, _RIGHT - _LEFT, height)
        longest = max(float(side.hours.sum(axis=1).max()) for side in (comparison.before, comparison.after))
        axes.set_xlim(0, longest * 1.01)
        axes.set_ylim(height, 0)
        bare(axes, keep="bottom")
        axes.set_xlabel(_LABELS[lang]["axis"])
        _column_heads(page, legend + _HEAD - 0.2, lang)
        for i, _ in enumerate(roles):
            top = _HEAD + i * _BLOCK
            _name(page, comparison, i, legend + top, lang)
            _bars(axes, comparison, i, top)
            _regular(axes, comparison, i, top, lang)
            _numbers(page, comparison, i, legend + top)
            for line, words in enumerate((BEFORE, AFTER)):
                page.text(_LEFT - 0.08, legend + top + line * _PAIR + _BAR / 2, words[lang], size=SMALL, ha="right",
                          color=MUTED)  # fmt: skip
    return page.figure


def _column_heads(page: Sheet, height: float, lang: Lang) -> None:
    for right, key in ((_TOTAL, "total"), (_FORMALITY, "formality")):
        page.text(right, height, _LABELS[lang][key], size=SMALL, ha="right", color=MUTED)


def _name(page: Sheet, comparison: Comparison, role: int, top: float, lang: Lang) -> None:
    lines = wrap(role_label(comparison, comparison.ground.roles[role], lang), _ROLE, BODY, bold=True)[:3]
    middle = top + (_PAIR + _BAR) / 2
    for i, line in enumerate(lines):
        page.text(MARGIN, middle + (i - (len(lines) - 1) / 2) * 0.18, line, weight="bold")


def _bars(axes: Axes, comparison: Comparison, role: int, top: float) -> None:
    inch = axes.get_xlim()[1] / (_RIGHT - _LEFT)
    for line, side in enumerate((comparison.before, comparison.after)):
        left, middle = 0.0, top + line * _PAIR + _BAR / 2
        for name in STACK:
            hours = float(side.hours[role, COLUMNS.index(name)])
            colour = CATEGORY_COLOUR[name]
            axes.barh(middle, hours, _BAR, left, color=colour, edgecolor=PAPER, linewidth=0.7)
            words = number(hours)
            if hours > (text_width(words, SMALL) + 0.06) * inch:
                axes.text(left + hours / 2, middle, words, size=SMALL, ha="center", va="center_baseline",
                          color=ink_on(colour))  # fmt: skip
            left += hours


def _regular(axes: Axes, comparison: Comparison, role: int, top: float, lang: Lang) -> None:
    hours = regular_hours(comparison, role)
    if hours is None:
        return
    for begin, end in ((top - 0.07, top), (top + _BAR, top + _PAIR), (top + _PAIR + _BAR, top + _PAIR + _BAR + 0.07)):
        axes.plot([hours, hours], [begin, end], color=INK, linewidth=1.3, solid_capstyle="butt")
    words = _LABELS[lang]["regular"].format(number(hours, 0 if hours == round(hours) else 1))
    axes.text(hours, top - 0.15, words, size=SMALL, ha="center", va="center_baseline", color=INK)


def _numbers(page: Sheet, comparison: Comparison, role: int, top: float) -> None:
    totals = [float(side.hours[role].sum()) for side in (comparison.before, comparison.after)]
    formal = formality(comparison, role)
    for line in (0, 1):
        height = top + line * _PAIR + _BAR / 2
        page.text(_TOTAL, height, number(totals[line]), ha="right")
        page.text(_FORMALITY, height, number(formal[line]), ha="right", weight="bold")
