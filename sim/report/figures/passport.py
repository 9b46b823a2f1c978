"""The burden passport: one cadre's week as a calendar, before and after side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sim.domain.category import FORMALITY
from sim.i18n.writing import number
from sim.report.figures.basis import subtitle
from sim.report.figures.nothing import nothing_to_draw
from sim.report.sheet import MARGIN, Sheet, sheet
from sim.report.style import (
    CATEGORY_COLOUR,
    FAINT,
    INK,
    LINE,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    bare,
    ink_on,
    look,
    text_width,
)
from sim.report.tables import Table
from sim.report.words import AFTER, BEFORE, STACK, category_label, role_label, scope_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison, Passport, WeekSpan
    from sim.i18n import Lang

_HOUR, _DAY = 3_600, 24 * 3_600
_OPENS, _CLOSES = 7, 22
_CALENDAR, _WIDE = 4.35, 4.02
_LEFTS = (0.42, 0.42 + _WIDE + 0.44)
_TOP = 0.6
_LEGEND_LINE = 0.215
_REGULAR, _SHUT = PAPER, "#F2F2F2"

_DAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_WORDS = {
    "zh": {"overtime": "斜线：加班", "total": "合计{}小时", "hours": "{} → {}小时", "none": "没有选出要展示的一周"},
    "en": {
        "overtime": "hatched: overtime",
        "total": "Total {} h",
        "hours": "{} → {} h",
        "none": "No week was chosen to be shown",
    },
}
_HEADER = {
    "zh": ("时期", "日期", "开始", "结束", "类别", "事项", "加班"),
    "en": ("period", "date", "begin", "end", "category", "obligation", "overtime"),
}
_NOTE = {
    "zh": "一次模拟中的同一周、同一运气；底色灰的是正常工作时间以外。正常时间里没有任务的记为走访巡查。",
    "en": "The same week of one simulated year, with the same luck. Grey ground: outside regular hours. Regular time "
    "without a task counts as home visits and patrol.",
}


def data(comparison: Comparison, lang: Lang) -> Table:
    """Return every span of the week, before and after; no rows without a passport."""
    week = comparison.passport
    if week is None:
        return Table(_HEADER[lang], ())
    rows = []
    for words, spans in ((BEFORE, week.before), (AFTER, week.after)):
        for span in spans:
            day = date.fromisoformat(week.monday) + timedelta(days=span.begin // _DAY)
            obligation = scope_label(comparison, span.obligation, lang) if span.obligation else ""
            rows.append((
                words[lang], day.isoformat(), _clock(span.begin), _clock(span.end), category_label(span.category, lang),
                obligation, int(span.overtime),
            ))  # fmt: skip
    return Table(_HEADER[lang], tuple(rows))


def draw(comparison: Comparison, lang: Lang) -> Figure:
    """Draw two calendars, Monday to Sunday from 7:00 to 22:00, with the hours of each category below."""
    week = comparison.passport
    if week is None:
        return nothing_to_draw(comparison, _WORDS[lang]["none"], lang)
    with look():
        names = [name for name in STACK if any(span.category == name for span in (*week.before, *week.after))]
        body = _TOP + _CALENDAR + 0.14 + (len(names) + 1) // 2 * _LEGEND_LINE
        page = sheet(_title(comparison, week, lang), subtitle(comparison, lang), body, [_NOTE[lang]])
        for left, words, spans in zip(_LEFTS, (BEFORE, AFTER), (week.before, week.after), strict=True):
            total = _WORDS[lang]["total"].format(number(_hours(spans)))
            page.text(left, 0.1, words[lang], weight="bold")
            page.text(left + _WIDE, 0.1, total, size=SMALL, ha="right", color=MUTED)
            axes = page.panel(left, _TOP, _WIDE, _CALENDAR)
            _calendar(axes, week, lang)
            for span in _joined(spans):
                _span(axes, span, lang)
        _legend(page, week, names, _TOP + _CALENDAR + 0.12, lang)
    return page.figure


def _title(comparison: Comparison, week: Passport, lang: Lang) -> str:
    formal = [_hours([span for span in spans if span.category in FORMALITY]) for spans in (week.before, week.after)]
    name = role_label(comparison, week.role, lang)
    before, after = map(number, formal)
    if lang == "zh":
        return f"{name}的一周（{week.monday}起）：形式性事务{before} → {after}小时"
    return f"{name}, one week from {week.monday}: formality {before} → {after} h"


def _hours(spans: list[WeekSpan] | tuple[WeekSpan, ...]) -> float:
    return sum(span.end - span.begin for span in spans) / _HOUR


def _clock(seconds: int) -> str:
    minutes = seconds % _DAY // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _calendar(axes: Axes, week: Passport, lang: Lang) -> None:
    """Draw the days and hours; regular windows are white, other times grey."""
    from matplotlib.patches import Rectangle

    bare(axes, keep="left")
    axes.set_xlim(0, 7)
    axes.set_ylim(_CLOSES, _OPENS)
    axes.set_facecolor(_SHUT)
    axes.spines["left"].set_visible(False)
    for opens, closes in week.windows:
        day = opens // _DAY
        axes.add_patch(
            Rectangle((day, opens % _DAY / _HOUR), 1, (closes - opens) / _HOUR, facecolor=_REGULAR, zorder=0)
        )
    for hour in range(_OPENS, _CLOSES + 1):
        axes.axhline(hour, color=FAINT, linewidth=0.6, zorder=0.5)
    axes.set_yticks(range(8, _CLOSES + 1, 2), labels=[f"{hour}:00" for hour in range(8, _CLOSES + 1, 2)])
    axes.tick_params(axis="y", length=0, pad=2)
    monday = date.fromisoformat(week.monday)
    for day, name in enumerate(_DAYS[lang]):
        axes.axvline(day, color=LINE, linewidth=0.6, zorder=0.6)
        at = monday + timedelta(days=day)
        axes.text(day + 0.5, _OPENS - 0.95, name, size=SMALL, ha="center", va="center_baseline")
        axes.text(
            day + 0.5, _OPENS - 0.38, f"{at.month}/{at.day}", size=SMALL, ha="center", va="center_baseline", color=MUTED
        )


def _joined(spans: tuple[WeekSpan, ...]) -> list[WeekSpan]:
    """Join touching spans of one category, so that the picture shows blocks rather than slices."""
    joined: list[WeekSpan] = []
    for span in sorted(spans, key=lambda span: span.begin):
        last = joined[-1] if joined else None
        touches = last and last.end == span.begin and span.begin % _DAY
        if last and touches and (last.category, last.overtime) == (span.category, span.overtime):
            joined[-1] = type(span)(last.begin, span.end, span.category, span.obligation, span.overtime)
        else:
            joined.append(span)
    return joined


def _span(axes: Axes, span: WeekSpan, lang: Lang) -> None:
    from matplotlib.patches import Rectangle

    day, begin = span.begin // _DAY, span.begin % _DAY / _HOUR
    end = min(begin + (span.end - span.begin) / _HOUR, _CLOSES)
    begin = max(begin, _OPENS)
    if end <= begin:
        return
    colour = CATEGORY_COLOUR[span.category]
    thin = end - begin < 0.2
    box = Rectangle((day + 0.04, begin), 0.92, end - begin, facecolor=colour, edgecolor=colour if thin else PAPER,
                    linewidth=0.2 if thin else 0.7, zorder=2)  # fmt: skip
    axes.add_patch(box)
    if span.overtime:
        lines = Rectangle(box.get_xy(), 0.92, end - begin, fill=False, hatch="////", edgecolor=PAPER, linewidth=0)
        lines.set_zorder(2.5)
        axes.add_patch(lines)
    words = category_label(span.category, lang, short=True)
    tall = (end - begin) * _CALENDAR / (_CLOSES - _OPENS)
    if tall > 0.19 and text_width(words, SMALL) < 0.92 * _WIDE / 7:
        ground = {"facecolor": colour, "edgecolor": "none", "pad": 1.2} if span.overtime else None
        axes.text(day + 0.5, (begin + end) / 2, words, size=SMALL, ha="center", va="center_baseline",
                  color=ink_on(colour), bbox=ground, zorder=3)  # fmt: skip


def _legend(page: Sheet, week: Passport, names: list[str], top: float, lang: Lang) -> None:
    """List the hours of each category before and after, in two columns."""
    lines = (len(names) + 1) // 2
    for i, name in enumerate(names):
        left, height = _LEFTS[i // lines], top + (i % lines + 0.5) * _LEGEND_LINE
        before, after = (
            _hours([span for span in spans if span.category == name]) for spans in (week.before, week.after)
        )
        page.swatch(left, height, CATEGORY_COLOUR[name])
        page.text(left + 0.17, height, category_label(name, lang), size=SMALL)
        page.text(
            left + 2.35,
            height,
            _WORDS[lang]["hours"].format(number(before), number(after)),
            size=SMALL,
            ha="right",
            color=INK,
        )
    page.text(WIDTH - MARGIN, top + (lines - 0.5) * _LEGEND_LINE, _WORDS[lang]["overtime"], size=SMALL, ha="right",
              color=MUTED)  # fmt: skip
