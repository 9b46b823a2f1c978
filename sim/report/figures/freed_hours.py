"""Hours of an ordinary week that fell and rose, role by role; both sides have the same sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.i18n.writing import number
from sim.report.figures.basis import regular_hours, subtitle
from sim.report.findings import main_role
from sim.report.numbers import signed
from sim.report.sheet import MARGIN, sheet
from sim.report.style import BODY, CATEGORY_COLOUR, INK, LINE, MUTED, SMALL, UNCLEAR, WIDTH, bare, fit, look
from sim.report.tables import Table
from sim.report.words import COLUMNS, STACK, category_label, role_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang

SMALLEST = 0.05
"""Hours a week; smaller changes are added up and drawn as one."""
_SLOT = 0.2
"""Inches that a label needs."""
_TALL = 1.5
"""Inches of the tallest bar."""
_LEFT, _MIDDLE, _RIGHT, _BAR = 2.1, 4.44, 6.9, 0.12
_ROLE_LINE, _BETWEEN = 0.3, 0.28

_OTHERS = {"over": "#BBBBBB", "less": UNCLEAR, "more": UNCLEAR, "small_falls": LINE, "small_rises": LINE}
_WORDS = {
    "zh": {"over": "加班减少", "less": "总工时减少", "more": "总工时增加", "small_falls": "零星减少",
           "small_rises": "零星增加", "moved": "{}小时", "none": "各类时间没有变化",
           "from": "从哪里来", "to": "到哪里去"},
    "en": {"over": "Less overtime", "less": "Shorter week", "more": "Longer week", "small_falls": "Small falls",
           "small_rises": "Small rises", "moved": "{} h", "none": "No time was shifted", "from": "From", "to": "To"},
}  # fmt: skip
_HEADER = {
    "zh": ("角色", "方向", "类别", "小时/周"),
    "en": ("role", "side", "category", "hours per week"),
}
_NOTE = {
    "zh": "每人每个普通工作周，前后均值之差；左右两边合计相等。图只说明哪些时间少了、哪些多了，"
    "不说明某一小时换成了什么。",
    "en": "Per cadre and ordinary week, differences of means; both sides have the same sum. The picture tells which "
    "times shrank and which grew, not what became of any one hour.",
}


@dataclass(frozen=True)
class Flow:
    """Hours a week that a category, or the length of the week, lost or gained."""

    name: str
    """A category, outreach, unassigned time, or a key of `_WORDS`."""
    hours: float


@dataclass(frozen=True)
class Shift:
    """Losses and gains in one role's week; both sides have the same sum."""

    role: str
    falls: tuple[Flow, ...]
    rises: tuple[Flow, ...]

    @property
    def hours(self) -> float:
        """Hours a week that moved."""
        return sum(flow.hours for flow in self.falls)


def shifts(comparison: Comparison) -> list[Shift]:
    """Split each role's changes into falls and rises; a shorter week counts as a rise, a longer one as a fall."""
    return [_shift(comparison, i, role) for i, role in enumerate(comparison.ground.roles)]


def data(comparison: Comparison, lang: Lang) -> Table:
    """Return role, side, category and hours."""
    rows = [
        (role_label(comparison, shift.role, lang), _WORDS[lang][side], _label(flow.name, lang), flow.hours)
        for shift in shifts(comparison)
        for side, flows in (("from", shift.falls), ("to", shift.rises))
        for flow in flows
    ]
    return Table(_HEADER[lang], tuple(rows))


def draw(comparison: Comparison, lang: Lang) -> Figure:
    """Draw one flow for each role: falls on the left, the hours moved in the middle, rises on the right."""
    found = [_visible(shift) for shift in shifts(comparison)]
    most = max((shift.hours for shift in found), default=0.0)
    scale = _TALL / most if most > 0 else 0.0
    with look():
        heights = [max(_height(shift.falls, scale), _height(shift.rises, scale), 0.25) for shift in found]
        body = sum(heights) + len(found) * _ROLE_LINE + (len(found) - 1) * _BETWEEN
        page = sheet(_title(comparison, found, lang), subtitle(comparison, lang), body, [_NOTE[lang]])
        top = 0.0
        for shift, height in zip(found, heights, strict=True):
            name = fit(role_label(comparison, shift.role, lang), 4, BODY, bold=True)
            page.text(MARGIN, top + 0.1, name, weight="bold")
            axes = page.panel(MARGIN, top + _ROLE_LINE, WIDTH - 2 * MARGIN, height)
            axes.set_xlim(MARGIN, WIDTH - MARGIN)
            axes.set_ylim(height, 0)
            bare(axes)
            _flows(axes, shift, height, scale, lang)
            top += _ROLE_LINE + height + _BETWEEN
    return page.figure


def _shift(comparison: Comparison, i: int, role: str) -> Shift:
    before, after = comparison.before.hours[i], comparison.after.hours[i]
    changes = {name: float(after[k] - before[k]) for k, name in enumerate(COLUMNS)}
    falls = [Flow(name, -changes[name]) for name in STACK if changes[name] < 0]
    rises = [Flow(name, changes[name]) for name in STACK if changes[name] > 0]
    shorter = sum(flow.hours for flow in falls) - sum(flow.hours for flow in rises)
    if shorter < 0:
        falls.append(Flow("more", -shorter))
    elif shorter > 0:
        regular = regular_hours(comparison, i)
        over = 0.0 if regular is None else min(shorter, max(0.0, float(before.sum()) - regular))
        rises += [Flow(name, hours) for name, hours in (("over", over), ("less", shorter - over)) if hours > 0]
    return Shift(role, _gathered(falls, "small_falls"), _gathered(rises, "small_rises"))


def _gathered(flows: list[Flow], rest: str) -> tuple[Flow, ...]:
    """Add up flows smaller than `SMALLEST` as one flow, so that the sum is unchanged."""
    large = [flow for flow in flows if flow.hours >= SMALLEST]
    small = sum(flow.hours for flow in flows if flow.hours < SMALLEST)
    return (*large, Flow(rest, small)) if small > 1e-9 else tuple(large)


def _visible(shift: Shift) -> Shift:
    """Drop flows smaller than `SMALLEST`, which cannot be seen."""
    falls, rises = (tuple(flow for flow in side if flow.hours >= SMALLEST) for side in (shift.falls, shift.rises))
    return Shift(shift.role, falls, rises)


def _label(name: str, lang: Lang) -> str:
    return category_label(name, lang) if name in COLUMNS else _WORDS[lang][name]


def _title(comparison: Comparison, found: list[Shift], lang: Lang) -> str:
    shift = found[main_role(comparison)]
    name = role_label(comparison, shift.role, lang)
    if not shift.rises or not shift.falls:
        return f"{name}{'：' if lang == 'zh' else ': '}{_WORDS[lang]['none']}"
    largest = max(shift.rises, key=lambda flow: flow.hours)
    hours, most, word = number(shift.hours), number(largest.hours), _label(largest.name, lang)
    if lang == "zh":
        return f"{name}每周有{hours}小时换了用处，最多的是{word}（{most}小时）"
    return f"{name}: {hours} h a week changed use, most of it to: {word.lower()} ({most} h)"


def _height(flows: tuple[Flow, ...], scale: float) -> float:
    return sum(max(flow.hours * scale, _SLOT) for flow in flows)


def _amount(flow: Flow, sign: int) -> str:
    """Return the hours, with the sign of the change for categories; other labels already contain the direction."""
    return (
        signed(-sign * flow.hours) if flow.name in COLUMNS else number(flow.hours, 1 if flow.hours >= SMALLEST else 2)
    )


def _flows(axes: Axes, shift: Shift, height: float, scale: float, lang: Lang) -> None:
    if not shift.falls or not shift.rises:
        axes.text(_LEFT, height / 2, _WORDS[lang]["none"], size=SMALL, color=MUTED, va="center_baseline")
        return
    tall = shift.hours * scale
    start = (height - tall) / 2
    for flows, x, ends in ((shift.falls, _LEFT, "right"), (shift.rises, _RIGHT, "left")):
        inner = start
        outer = (height - _height(flows, scale)) / 2
        sign = 1 if ends == "right" else -1
        for flow in flows:
            thick, slot = flow.hours * scale, max(flow.hours * scale, _SLOT)
            colour = CATEGORY_COLOUR.get(flow.name) or _OTHERS[flow.name]
            first = outer + (slot - thick) / 2
            axes.bar(x + (0 if sign > 0 else -_BAR), thick, _BAR, first, color=colour, align="edge")
            ends_at = (x + _BAR, _MIDDLE) if sign > 0 else (x - _BAR, _MIDDLE + _BAR)
            ribbon(axes, ends_at, (first, inner), thick, colour)
            words = f"{_label(flow.name, lang)}  {_amount(flow, sign)}"
            axes.text(x - sign * 0.08, first + thick / 2, words, size=SMALL, ha=ends, va="center_baseline")
            inner += thick
            outer += slot
    axes.bar(_MIDDLE, tall, _BAR, start, color=INK, align="edge")
    axes.text(_MIDDLE + _BAR / 2, start - 0.11, _WORDS[lang]["moved"].format(number(shift.hours)), size=SMALL,
              ha="center", va="center_baseline", weight="bold")  # fmt: skip


def ribbon(axes: Axes, ends: tuple[float, float], tops: tuple[float, float], thick: float, colour: str) -> None:
    """Draw a band of constant thickness between two places, horizontal at both ends."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (x0, x1), (y0, y1) = ends, tops
    half = (x0 + x1) / 2
    corners = [
        (x0, y0), (half, y0), (half, y1), (x1, y1),
        (x1, y1 + thick), (half, y1 + thick), (half, y0 + thick), (x0, y0 + thick), (x0, y0),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(corners, codes), facecolor=colour, alpha=0.35, linewidth=0))
