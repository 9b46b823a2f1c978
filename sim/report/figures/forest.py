"""Forest plot: paired differences with their intervals, relative to before, and the numbers beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.metrics.table import METRICS
from sim.report.figures.basis import subtitle
from sim.report.numbers import difference, level
from sim.report.sheet import MARGIN, Sheet, sheet
from sim.report.style import (
    AFTER,
    BETTER,
    FAINT,
    INK,
    LINE,
    MUTED,
    PAPER,
    SMALL,
    UNCLEAR,
    WIDTH,
    WORSE,
    bare,
    fit,
    look,
)
from sim.report.tables import Cell, Table, verdict
from sim.report.words import FAMILY, metric_label, scope_label, unit_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison, Row
    from sim.i18n import Lang


def chosen_rows(comparison: Comparison) -> list[Row]:
    """Return the rows of the picture: the primary metric for every role, other metrics for all or the primary role.

    Metrics marked as `detail` are left to the table.
    """
    metric, scope = comparison.primary
    return [
        row
        for row in comparison.rows
        if row.metric == metric or (not METRICS[row.metric].detail and row.scope in ("all", scope))
    ]


_LINE = 0.235
_LEFT, _RIGHT = 3.15, 5.75
_BEFORE, _AFTER, _DIFFERENCE, _INTERVAL = 6.4, 7.0, 7.72, WIDTH - MARGIN
_HEAD = 0.55
_WIDEST = 1.5
"""A change beyond +150 % is drawn as an arrow at the edge."""
_COLOUR = {"better": BETTER, "worse": WORSE, "unclear": UNCLEAR, "changed": AFTER}

_WORDS = {
    "zh": {"better": "改善", "worse": "变差", "unclear": "无明确变化", "changed": "有变化", "before": "改革前",
           "after": "改革后", "difference": "差值", "interval": "95%区间", "axis": "相对改革前的变化",
           "small": "改革前接近零", "primary": "主要指标"},
    "en": {"better": "better", "worse": "worse", "unclear": "no clear change", "changed": "changed",
           "before": "Before", "after": "After", "difference": "Difference", "interval": "95% interval",
           "axis": "Change relative to before", "small": "near zero before", "primary": "primary"},
}  # fmt: skip
_HEADER = {
    "zh": ("指标", "范围", "单位", "改革前", "改革后", "差值", "下限", "上限", "相对变化", "相对下限", "相对上限",
           "判断"),
    "en": ("metric", "for", "unit", "before", "after", "difference", "low", "high", "relative", "relative low",
           "relative high", "verdict"),
}  # fmt: skip
_NOTE = {
    "zh": "◆ 主要指标，事先声明；其余为探索性结果。未注明角色的，角色指标均指{role}。占比的差值以百分点计。",
    "en": "◆ Primary outcome, declared beforehand; all others are exploratory. Where no role is named, outcomes by "
    "role are those of: {role}. Differences of shares are in percentage points.",
}


@dataclass(frozen=True)
class _Line:
    """One line of the picture: a heading of a family, or a row."""

    heading: str
    row: Row | None


def data(comparison: Comparison, lang: Lang) -> Table:
    """Return the rows of the picture with their relative change."""
    rows: list[tuple[Cell, ...]] = []
    for row in chosen_rows(comparison):
        ratios = (row.ratio, row.ratio_low, row.ratio_high)
        rows.append((
            metric_label(row.metric, lang), scope_label(comparison, row.scope, lang),
            unit_label(METRICS[row.metric].unit, lang), row.before, row.after, row.difference, row.low, row.high,
            *(None if ratio is None else ratio - 1 for ratio in ratios), _WORDS[lang][verdict(row)],
        ))  # fmt: skip
    return Table(_HEADER[lang], tuple(rows))


def draw(comparison: Comparison, lang: Lang) -> Figure:
    """Draw one line for each chosen metric, in the order of the table of metrics, grouped by family."""
    lines = _lines(comparison, lang)
    with look():
        height = len(lines) * _LINE + 0.08
        note = _NOTE[lang].format(role=scope_label(comparison, comparison.primary[1], lang))
        page = sheet(_title(comparison, lang), subtitle(comparison, lang), _HEAD + height + 0.42, [note])
        _heads(page, lang)
        axes = page.panel(_LEFT, _HEAD, _RIGHT - _LEFT, height)
        low, high = _limits(lines)
        axes.set_xlim(low, high)
        axes.set_ylim(height, 0)
        bare(axes, keep="bottom")
        axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:+.0f}%".replace("-", "−").replace("+0%", "0"))
        axes.locator_params(axis="x", nbins=6)
        axes.grid(axis="x")
        axes.axvline(0, color=MUTED, linewidth=0.9)
        axes.set_xlabel(_WORDS[lang]["axis"])
        for i, line in enumerate(lines):
            middle = (i + 0.5) * _LINE + 0.04
            if line.row is None:
                page.text(MARGIN, _HEAD + middle, line.heading, weight="bold", size=SMALL, color=MUTED)
            else:
                _mark(axes, line.row, middle, lang)
                _write(page, comparison, line.row, _HEAD + middle, lang)
    return page.figure


def _title(comparison: Comparison, lang: Lang) -> str:
    judged = [verdict(row) for row in chosen_rows(comparison)]
    better, worse, unclear = (judged.count(way) for way in ("better", "worse", "unclear"))
    if lang == "zh":
        return f"{len(judged)}项结果中：{better}项改善，{worse}项变差，{unclear}项没有明确变化"
    return f"Of {len(judged)} outcomes {better} are better, {worse} worse, {unclear} without clear change"


def _lines(comparison: Comparison, lang: Lang) -> list[_Line]:
    lines: list[_Line] = []
    family = ""
    for row in chosen_rows(comparison):
        if METRICS[row.metric].family != family:
            family = METRICS[row.metric].family
            lines.append(_Line(FAMILY[family][lang], None))
        lines.append(_Line("", row))
    return lines


def _limits(lines: list[_Line]) -> tuple[float, float]:
    ends = [change for line in lines if line.row for change in _ends(line.row)]
    low, high = min(ends, default=-0.1), max(ends, default=0.1)
    low, high = max(-1.0, min(low, -0.05)), min(_WIDEST, max(high, 0.05))
    spare = 0.06 * (high - low)
    return low - spare, high + spare


def _ends(row: Row) -> tuple[float, ...]:
    """Return the ends of the relative interval; without an interval the change as both ends; nothing near zero."""
    if row.ratio is None:
        return ()
    low, high = (row.ratio if end is None else end for end in (row.ratio_low, row.ratio_high))
    return low - 1, high - 1


def _heads(page: Sheet, lang: Lang) -> None:
    words, height = _WORDS[lang], _HEAD - 0.13
    for right, key in ((_BEFORE, "before"), (_AFTER, "after"), (_DIFFERENCE, "difference"), (_INTERVAL, "interval")):
        page.text(right, height, words[key], size=SMALL, ha="right", color=MUTED)
    page.rule(MARGIN, WIDTH - MARGIN, _HEAD, colour=LINE)
    at = _LEFT
    for key in ("better", "worse", "unclear"):
        page.text(at, 0.1, "●" if key != "unclear" else "○", size=SMALL, color=_COLOUR[key])
        page.text(at + 0.16, 0.1, words[key], size=SMALL, color=INK)
        at += 0.95


def _mark(axes: Axes, row: Row, middle: float, lang: Lang) -> None:
    ends = _ends(row)
    if row.ratio is None or not ends:
        axes.text(0.01, middle, _WORDS[lang]["small"], transform=axes.get_yaxis_transform(), size=SMALL, color=MUTED,
                  va="center_baseline", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})  # fmt: skip
        return
    judged = verdict(row)
    colour = _COLOUR[judged]
    low, high = axes.get_xlim()
    left, right, at = max(ends[0], low), min(ends[1], high), row.ratio - 1
    axes.plot([left, right], [middle, middle], color=colour, linewidth=1.6, solid_capstyle="butt")
    if at > high:
        axes.plot([high], [middle], marker=">", color=colour, markersize=5, clip_on=False)
    else:
        face = PAPER if judged == "unclear" else colour
        axes.plot([at], [middle], marker="o", color=colour, markerfacecolor=face, markersize=5)


def _write(page: Sheet, comparison: Comparison, row: Row, height: float, lang: Lang) -> None:
    metric = METRICS[row.metric]
    primary = (row.metric, row.scope) in comparison.primaries
    weight = "bold" if primary else "normal"
    unit = unit_label(metric.unit, lang)
    words = metric_label(row.metric, lang)
    if row.metric == comparison.primary[0]:
        words += {"zh": "：", "en": ": "}[lang] + scope_label(comparison, row.scope, lang)
    if metric.unit != "share":
        words += {"zh": f"（{unit}）", "en": f" ({unit})"}[lang]
    if primary:
        page.rule(MARGIN, WIDTH - MARGIN, height + _LINE / 2, colour=FAINT)
        page.text(MARGIN, height, "◆", size=SMALL)
    room = _LEFT - MARGIN - 0.25
    page.text(MARGIN + 0.16, height, fit(words, room, SMALL, bold=primary), size=SMALL, weight=weight)
    middle, ends = difference(row, metric.unit)
    columns = (
        (_BEFORE, level(row.before, metric.unit, row.after)), (_AFTER, level(row.after, metric.unit, row.before)),
        (_DIFFERENCE, middle), (_INTERVAL, ends),
    )  # fmt: skip
    for right, text in columns:
        page.text(right, height, text, size=SMALL, ha="right", weight=weight)
