"""Waiting times of residents: the share of matters begun within a time, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.i18n.writing import number
from sim.metrics.definitions import WAIT_EDGES_HOURS
from sim.report.figures.basis import subtitle
from sim.report.figures.nothing import nothing_to_draw
from sim.report.findings import level_finding
from sim.report.numbers import percent
from sim.report.sheet import MARGIN, sheet
from sim.report.style import AFTER, BEFORE, BETTER, INK, MUTED, SMALL, WIDTH, WORSE, bare, look
from sim.report.tables import Table
from sim.report.words import AFTER as AFTER_WORD
from sim.report.words import BEFORE as BEFORE_WORD
from sim.report.words import scope_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang

_HEIGHT, _TOP, _LEFT = 2.75, 0.42, 0.5
_DAY = 24.0
_WIDE = WIDTH - MARGIN - _LEFT - 0.75
SERVICE_LEVELS = "service_level_hours"
"""Key of the manifest's options that maps each stream to its promised hours, nights and weekends included."""

_WORDS = {
    "zh": {"axis": "从提出到开始办理的时间（日历时间）", "share": "已开始办理的占比", "min": "{}分钟",
           "h": "{}小时", "d": "{}天", "promised": "承诺：{}", "none": "没有群众事项可比较",
           "in_time": "群众的事按承诺时限开始办理的占比"},
    "en": {"axis": "Time from asking until the matter is begun (on the clock)", "share": "Share begun within that time",
           "min": "{} min", "h": "{} h", "d": "{} d", "promised": "promised: {}",
           "none": "No matters of residents to compare",
           "in_time": "Matters of residents begun within the promised time"},
}  # fmt: skip
_HEADER = {
    "zh": ("不超过（小时）", "改革前件数", "改革后件数", "改革前累计占比", "改革后累计占比"),
    "en": ("within (hours)", "matters before", "matters after", "share before", "share after"),
}
_NOTE = {
    "zh": "合计{before}件（改革前）与{after}件（改革后），各年相加。横轴刻度等距排列，不按比例。"
    "放弃的和年末未办的不在图内，另见表。",
    "en": "{before} matters before and {after} after, all years together. Steps of the axis are evenly spaced, not to "
    "scale. Matters given up or still open at the end of the year are not in the picture; see the table.",
}


def data(comparison: Comparison, lang: Lang) -> Table:
    """Return the upper edges with matters and cumulative shares; the last row has no upper edge (inf)."""
    before, after = comparison.before.waits, comparison.after.waits
    edges = (*WAIT_EDGES_HOURS[1:], float("inf"))
    rows = zip(
        edges, map(int, before), map(int, after), map(float, begun_within(before)), map(float, begun_within(after)),
        strict=True,
    )  # fmt: skip
    return Table(_HEADER[lang], tuple(rows))


def begun_within(waits: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of matters begun within each upper edge, 1 at the last, open one; zeros without matters."""
    total = int(waits.sum())
    return np.cumsum(waits) / total if total else np.zeros(len(waits))


def draw(comparison: Comparison, lang: Lang) -> Figure:
    """Draw both cumulative shares over evenly spaced steps of time, and the promised times if known."""
    counts = [int(side.waits.sum()) for side in (comparison.before, comparison.after)]
    if not all(counts):
        return nothing_to_draw(comparison, _WORDS[lang]["none"], lang)
    with look():
        note = _NOTE[lang].format(before=number(counts[0], 0), after=number(counts[1], 0))
        page = sheet(_title(comparison, lang), subtitle(comparison, lang), _TOP + _HEIGHT + 0.42, [note])
        page.text(MARGIN, 0.08, _WORDS[lang]["share"], color=INK)
        axes = page.panel(_LEFT, _TOP, _WIDE, _HEIGHT)
        steps = np.arange(len(WAIT_EDGES_HOURS))
        axes.set_xlim(0, len(steps) - 1)
        axes.set_ylim(0, 1)
        bare(axes, keep="bottom left")
        axes.spines["left"].set_visible(False)
        axes.grid(axis="y")
        axes.yaxis.set_major_formatter(lambda share, _: percent(share))
        axes.set_xticks(steps[1:], labels=_edge_labels(lang))
        axes.set_xlabel(_WORDS[lang]["axis"])
        shares = [
            np.concatenate([[0.0], begun_within(side.waits)[:-1]]) for side in (comparison.before, comparison.after)
        ]
        axes.fill_between(steps, shares[0], shares[1], where=shares[1] >= shares[0], color=BETTER, alpha=0.18,
                          linewidth=0, interpolate=True)  # fmt: skip
        axes.fill_between(steps, shares[0], shares[1], where=shares[1] < shares[0], color=WORSE, alpha=0.25,
                          linewidth=0, interpolate=True)  # fmt: skip
        for share, colour in zip(shares, (BEFORE, AFTER), strict=True):
            axes.plot(steps, share, color=colour, linewidth=1.7, marker="o", markersize=3.2, clip_on=False)
        _name_ends(axes, shares, lang)
        _promises(axes, comparison, lang)
    return page.figure


def _title(comparison: Comparison, lang: Lang) -> str:
    row = comparison.row("within_service_level")
    if row:
        return level_finding(_WORDS[lang]["in_time"], row, lang)
    edge = WAIT_EDGES_HOURS.index(_DAY)
    shares = [percent(float(begun_within(side.waits)[edge - 1])) for side in (comparison.before, comparison.after)]
    if lang == "zh":
        return f"群众的事一天之内开始办理的占比：{shares[0]} → {shares[1]}"
    return f"Matters of residents begun within a day: {shares[0]} → {shares[1]}"


def _edge_labels(lang: Lang) -> list[str]:
    return [_time(hours, lang) for hours in WAIT_EDGES_HOURS[1:]]


def _time(hours: float, lang: Lang) -> str:
    words = _WORDS[lang]
    if hours < 1:
        return words["min"].format(number(hours * 60, 0))
    if hours < _DAY:
        return words["h"].format(number(hours, 0 if hours == int(hours) else 1))
    return words["d"].format(number(hours / _DAY, 0 if hours % _DAY == 0 else 1))


def _name_ends(axes: Axes, shares: list[NDArray[np.float64]], lang: Lang) -> None:
    """Write before and after at the right ends of their lines, without overlap."""
    ends = [float(share[-1]) for share in shares]
    gap = 0.17 / _HEIGHT
    if abs(ends[0] - ends[1]) < gap:
        middle, upper = sum(ends) / 2, 0 if ends[0] > ends[1] else 1
        ends[upper], ends[1 - upper] = middle + gap / 2, middle - gap / 2
    for end, words, colour in zip(ends, (BEFORE_WORD, AFTER_WORD), (MUTED, AFTER), strict=True):
        axes.annotate(words[lang], (1, end), xycoords="axes fraction", xytext=(7, 0), textcoords="offset points",
                      va="center_baseline", color=colour, weight="bold")  # fmt: skip


def _promises(axes: Axes, comparison: Comparison, lang: Lang) -> None:
    """Mark the promised times on the evenly spaced axis."""
    promised: dict[str, float] = comparison.manifest.get("options", {}).get(SERVICE_LEVELS, {})
    by_hours: dict[float, list[str]] = {}
    for stream, hours in sorted(promised.items()):
        by_hours.setdefault(float(hours), []).append(scope_label(comparison, stream, lang))
    for line, (hours, streams) in enumerate(sorted(by_hours.items())):
        at = float(np.interp(hours, WAIT_EDGES_HOURS, np.arange(len(WAIT_EDGES_HOURS))))
        axes.axvline(at, color=INK, linewidth=0.9, linestyle=(0, (3, 2)))
        mark = {"zh": "、", "en": ", "}[lang]
        words = f"{mark.join(streams)} {_WORDS[lang]['promised'].format(_time(hours, lang))}"
        axes.text(at - 0.08, 0.965 - 0.075 * line, words, size=SMALL, ha="right", va="center_baseline")
