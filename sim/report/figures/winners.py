"""Winners and losers: cadres with fewer, as many, or more formality hours, by role and one by one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.i18n.writing import number
from sim.report.figures.basis import subtitle
from sim.report.figures.nothing import nothing_to_draw
from sim.report.numbers import percent
from sim.report.sheet import MARGIN, Sheet, sheet
from sim.report.style import BETTER, BODY, LINE, MUTED, PAPER, SMALL, WIDTH, WORSE, bare, fit, ink_on, look, text_width
from sim.report.tables import Table
from sim.report.words import role_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.experiment.comparison import CadreChange, Comparison
    from sim.i18n import Lang

VERDICTS = ("winner", "same", "loser")
_COLOUR = {"winner": BETTER, "same": "#BBBBBB", "loser": WORSE}
_BAR_LEFT, _BAR_WIDE, _BAR = MARGIN, 3.0, 0.3
_DOTS_LEFT = 3.75
_PANEL, _BLOCK, _HEAD = 1.05, 1.38, 0.62

_WORDS = {
    "zh": {"winner": "减少", "same": "无明确变化", "loser": "增加", "cadres": "各角色的人数",
           "dots": "逐人：每周形式性事务的变化，小时（线为95%区间）", "count": "{}人", "none": "没有逐人的结果"},
    "en": {"winner": "fewer hours", "same": "no clear change", "loser": "more hours", "cadres": "Cadres by role",
           "dots": "One by one: change in formality, h per week (line: 95% interval)", "count": "{}",
           "none": "There is nothing to tell cadre by cadre"},
}  # fmt: skip
_HEADER = {
    "zh": ("姓名代号", "角色", "改革前", "改革后", "差值", "下限", "上限", "判断"),
    "en": ("cadre", "role", "before", "after", "difference", "low", "high", "verdict"),
}
_NOTE = {
    "zh": "判断以每人自己的配对区间为准；每名模拟干部代表的实有人数见表。",
    "en": "Each cadre is judged by the cadre's own paired interval. How many real cadres each one stands for is in the "
    "table.",
}


def sorted_cadres(comparison: Comparison, role: str) -> list[CadreChange]:
    """Return the cadres of a role, from the largest fall to the largest rise."""
    return sorted(
        (cadre for cadre in comparison.cadres if cadre.role == role), key=lambda c: (c.after - c.before, c.name)
    )


def counts(cadres: Sequence[CadreChange]) -> dict[str, int]:
    """Return the number of cadres by verdict: winner, same, loser."""
    return {verdict: sum(cadre.verdict == verdict for cadre in cadres) for verdict in VERDICTS}


def data(comparison: Comparison, lang: Lang) -> Table:
    """Return every cadre, sorted by role and change."""
    rows = [
        (c.name, role_label(comparison, role, lang), c.before, c.after, c.after - c.before, c.low, c.high,
         _WORDS[lang][c.verdict])
        for role in comparison.ground.roles
        for c in sorted_cadres(comparison, role)
    ]  # fmt: skip
    return Table(_HEADER[lang], tuple(rows))


def draw(comparison: Comparison, lang: Lang) -> Figure:
    """Draw for each role a bar of shares, and its cadres as dots sorted by their change."""
    roles = [role for role in comparison.ground.roles if sorted_cadres(comparison, role)]
    if not roles:
        return nothing_to_draw(comparison, _WORDS[lang]["none"], lang)
    ends = [0.0, *(end for cadre in comparison.cadres for end in _reach(cadre))]
    spare = 0.05 * (max(ends) - min(ends) or 1.0)
    with look():
        body = _HEAD + len(roles) * _BLOCK - 0.1
        page = sheet(_title(comparison, lang), subtitle(comparison, lang), body, [_NOTE[lang]])
        _heads(page, lang)
        for i, role in enumerate(roles):
            cadres = sorted_cadres(comparison, role)
            top = _HEAD + i * _BLOCK
            name = fit(role_label(comparison, role, lang), _BAR_WIDE, BODY, bold=True)
            page.text(_BAR_LEFT, top + 0.25, name, weight="bold")
            _bar(page, cadres, top + 0.42, lang)
            axes = page.panel(_DOTS_LEFT, top, WIDTH - MARGIN - _DOTS_LEFT, _PANEL)
            axes.set_ylim(min(ends) - spare, max(ends) + spare)
            _dots(axes, cadres)
    return page.figure


def _title(comparison: Comparison, lang: Lang) -> str:
    found = counts(comparison.cadres)
    winners, same, losers = (found[verdict] for verdict in VERDICTS)
    total = len(comparison.cadres)
    if lang == "zh":
        return f"{total}名干部中，{winners}人形式性事务减少，{same}人无明确变化，{losers}人增加"
    return f"Of {total} cadres {winners} have fewer formality hours, {same} no clear change, {losers} more"


def _heads(page: Sheet, lang: Lang) -> None:
    words = _WORDS[lang]
    at = MARGIN
    for verdict in VERDICTS:
        page.swatch(at, 0.09, _COLOUR[verdict])
        page.text(at + 0.16, 0.09, words[verdict], size=SMALL)
        at += 0.16 + text_width(words[verdict], SMALL) + 0.25
    page.text(MARGIN, 0.4, words["cadres"], size=SMALL, color=MUTED)
    page.text(_DOTS_LEFT, 0.4, words["dots"], size=SMALL, color=MUTED)


def _bar(page: Sheet, cadres: Sequence[CadreChange], top: float, lang: Lang) -> None:
    """Draw the shares as one bar; a count wider than its part is not written."""
    at = _BAR_LEFT
    for verdict, count in counts(cadres).items():
        wide = _BAR_WIDE * count / len(cadres)
        if not count:
            continue
        page.block(at, top, wide, _BAR, _COLOUR[verdict], edgecolor=PAPER, linewidth=0.7)
        words = _WORDS[lang]["count"].format(number(count, 0))
        longer = {"zh": "{}（{}）", "en": "{} ({})"}[lang].format(words, percent(count / len(cadres)))
        shown = longer if text_width(longer, SMALL) + 0.1 < wide else words
        if text_width(shown, SMALL) + 0.04 < wide:
            page.text(at + wide / 2, top + _BAR / 2, shown, size=SMALL, ha="center", color=ink_on(_COLOUR[verdict]))
        at += wide


def _dots(axes: Axes, cadres: Sequence[CadreChange]) -> None:
    bare(axes, keep="left")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(-0.8, len(cadres) - 0.2)
    axes.locator_params(axis="y", nbins=4)
    axes.grid(axis="y")
    axes.axhline(0, color=LINE, linewidth=1.0)
    size = 4.2 if len(cadres) <= 60 else 2.4
    for verdict in VERDICTS:
        places = [i for i, cadre in enumerate(cadres) if cadre.verdict == verdict]
        if places:
            chosen = [cadres[i] for i in places]
            colour = _COLOUR[verdict]
            axes.vlines(
                places, [c.low for c in chosen], [c.high for c in chosen], color=colour, linewidth=1.0, alpha=0.7
            )
            axes.plot(places, [c.after - c.before for c in chosen], "o", color=colour, markersize=size)


def _reach(cadre: CadreChange) -> tuple[float, float]:
    """Return the ends of the interval; the difference as both ends if a single year has no interval."""
    gap = cadre.after - cadre.before
    return (cadre.low, cadre.high) if math.isfinite(cadre.low) else (gap, gap)
