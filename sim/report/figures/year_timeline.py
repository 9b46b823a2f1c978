"""Formality hours and overtime by calendar week, with the band of the simulated years, holidays and the year end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from sim.i18n.writing import number
from sim.metrics.definitions import YEAR_END
from sim.report.figures.basis import subtitle
from sim.report.findings import level_finding, main_role
from sim.report.sheet import MARGIN, Sheet, sheet
from sim.report.style import (
    AFTER,
    BEFORE,
    BODY,
    FAINT,
    INK,
    LINE,
    MUTED,
    SMALL,
    bare,
    fit,
    look,
    text_width,
)
from sim.report.tables import Cell, Table
from sim.report.words import AFTER as AFTER_WORD
from sim.report.words import BEFORE as BEFORE_WORD
from sim.report.words import FORMAL_COLUMNS, role_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.experiment.comparison import Comparison, Side
    from sim.i18n import Lang

_BAND = (5, 95)
"""Percentiles of the simulated years between which the band lies."""
_PANEL, _BLOCK = 1.15, 1.68
"""Inches: height of a panel, from role to role."""
_LEFTS, _WIDE = (0.42, 5.0), 3.92
_HEAD = 0.5
_SHADE = "#F3EBD8"
"""Colour of holiday weeks."""

_WORDS = {
    "zh": {"formality": "形式性事务，小时/周", "overtime": "加班，小时/周", "holiday": "节假日周", "end": "岁末年初",
           "december": "{}十二月每周加班", "hours": "小时",
           "months": "1月 3月 5月 7月 9月 11月"},
    "en": {"formality": "Formality, h per week", "overtime": "Overtime, h per week", "holiday": "holiday week",
           "december": "{}, overtime in December", "hours": " h a week",
           "end": "turn of the year", "months": "Jan Mar May Jul Sep Nov"},
}  # fmt: skip
_HEADER = {
    "zh": ("角色", "周一", "时期", "形式性均值", "形式性5%", "形式性95%", "加班均值", "加班5%", "加班95%"),
    "en": ("role", "monday", "period", "formality mean", "formality 5%", "formality 95%", "overtime mean",
           "overtime 5%", "overtime 95%"),
}  # fmt: skip
_NOTE = {
    "zh": "线：各模拟年份的均值；带：其5%至95%。每人每个日历周，不足一周的首尾两周只计当年的天数。",
    "en": "Line: mean of the simulated years; band: their 5 to 95 per cent. Per cadre and calendar week; of the first "
    "and the last week only the days of the year count.",
}


def data(comparison: Comparison, lang: Lang) -> Table:
    """Return role, week, period, and mean and band of formality and overtime."""
    rows: list[tuple[Cell, ...]] = []
    for i, role in enumerate(comparison.ground.roles):
        for words, side in ((BEFORE_WORD, comparison.before), (AFTER_WORD, comparison.after)):
            formal, over = _course(_formality(side, i)), _course(side.weekly_overtime[:, i])
            for week, monday in enumerate(comparison.ground.week_monday):
                values = (*map(float, formal[:, week]), *map(float, over[:, week]))
                rows.append((role_label(comparison, role, lang), monday, words[lang], *values))
    return Table(_HEADER[lang], tuple(rows))


def draw(comparison: Comparison, lang: Lang) -> Figure:
    """Draw two panels for each role: formality hours, and overtime."""
    with look():
        roles = comparison.ground.roles
        body = _HEAD + len(roles) * _BLOCK - 0.1
        page = sheet(_title(comparison, lang), subtitle(comparison, lang), body, [_NOTE[lang]])
        _heads(page, lang)
        for column, pick in enumerate((_formality, _overtime)):
            values = [pick(side, i) for side in (comparison.before, comparison.after) for i in range(len(roles))]
            most = max(float(_course(value).max()) for value in values) * 1.08 or 1.0
            for i, role in enumerate(roles):
                top = _HEAD + i * _BLOCK
                axes = page.panel(_LEFTS[column], top + 0.28, _WIDE, _PANEL)
                _ground(axes, comparison, most, lang)
                _curve(axes, pick(comparison.before, i), BEFORE)
                _curve(axes, pick(comparison.after, i), AFTER)
                if column == 0:
                    name = fit(role_label(comparison, role, lang), 4.0, bold=True)
                    page.text(MARGIN, top + 0.12, name, weight="bold")
    return page.figure


def _formality(side: Side, role: int) -> NDArray[np.float64]:
    hours: NDArray[np.float64] = side.weekly[:, role][..., list(FORMAL_COLUMNS)].sum(axis=-1)
    return hours


def _overtime(side: Side, role: int) -> NDArray[np.float64]:
    return side.weekly_overtime[:, role]


def _course(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return mean, low and high over replications, shape (3, weeks)."""
    return np.stack([values.mean(axis=0), *np.percentile(values, _BAND, axis=0)])


def _title(comparison: Comparison, lang: Lang) -> str:
    role = main_role(comparison)
    name = role_label(comparison, comparison.ground.roles[role], lang)
    row = comparison.row("overtime_december", comparison.ground.roles[role])
    if row:
        return level_finding(_WORDS[lang]["december"].format(name), row, lang, _WORDS[lang]["hours"])
    months = np.array([date.fromisoformat(monday).month for monday in comparison.ground.week_monday])
    december = [float(_overtime(side, role)[:, months == 12].mean()) for side in (comparison.before, comparison.after)]
    before, after = map(number, december)
    mark = {"zh": "：", "en": ": "}[lang]
    return f"{_WORDS[lang]['december'].format(name)}{mark}{before} → {after}{_WORDS[lang]['hours']}"


def _heads(page: Sheet, lang: Lang) -> None:
    words = _WORDS[lang]
    for left, key in zip(_LEFTS, ("formality", "overtime"), strict=True):
        page.text(left if left > 1 else MARGIN, 0.36, words[key], size=BODY, color=INK)
    at = MARGIN
    for text, colour, thick in (
        (BEFORE_WORD[lang], BEFORE, 0.05), (AFTER_WORD[lang], AFTER, 0.05), (words["holiday"], _SHADE, 0.12),
        (words["end"], LINE, 0.05),
    ):  # fmt: skip
        page.block(at, 0.09 - thick / 2, 0.24, thick, colour)
        page.text(at + 0.3, 0.09, text, size=SMALL)
        at += 0.3 + text_width(text, SMALL) + 0.25


def _ground(axes: Axes, comparison: Comparison, most: float, lang: Lang) -> None:
    """Draw the panel: months below, holidays shaded, the turn of the year marked on top."""
    mondays = [date.fromisoformat(monday) for monday in comparison.ground.week_monday]
    bare(axes, keep="bottom left")
    axes.set_xlim(-0.5, len(mondays) - 0.5)
    axes.set_ylim(0, most)
    axes.grid(axis="y")
    axes.locator_params(axis="y", nbins=4)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    for week in comparison.ground.holiday_weeks:
        axes.axvspan(week - 0.5, week + 0.5, color=_SHADE, linewidth=0, zorder=0)
    year = comparison.ground.year
    starts = {monday.month: week for week, monday in reversed(list(enumerate(mondays))) if monday.year == year}
    for week, monday in enumerate(mondays):
        if _in_year(monday, year) in YEAR_END:
            axes.plot([week - 0.5, week + 0.5], [most, most], color=LINE, linewidth=4, solid_capstyle="butt")
    odd = [starts.get(month, 0) for month in range(1, 13, 2)]
    axes.set_xticks(odd, labels=_WORDS[lang]["months"].split(), ha="left")
    axes.tick_params(axis="x", color=FAINT, labelcolor=MUTED)


def _in_year(monday: date, year: int) -> int:
    """Return the month of a week within the year; 1 for a week that begins in the year before."""
    return monday.month if monday.year == year else 1


def _curve(axes: Axes, values: NDArray[np.float64], colour: str) -> None:
    mean, low, high = _course(values)
    weeks = np.arange(len(mean))
    axes.fill_between(weeks, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.plot(weeks, mean, color=colour, linewidth=1.4)
