"""The first sentences of the page: the relief and its price; an unclear change is called unclear."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.i18n.writing import capital
from sim.metrics.table import METRICS
from sim.report.findings import FORMALITY_HOURS, way
from sim.report.numbers import difference, level
from sim.report.tables import verdict
from sim.report.words import metric_label, scope_label, unit_label

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison, Row
    from sim.i18n import Lang

RELIEF: tuple[str, ...] = ("service_share", "overtime_hours", "overtime_december", "late_reports")
"""Metrics of the main role that are reported after formality hours."""
PRICE: tuple[str, ...] = ("wait_mean", "within_service_level", "gave_up", "detection_delay", "undetected")
"""Metrics that relief must not worsen."""

_SENTENCE = {
    "zh": {
        "down": "{what}从{before}降到{after}{unit}（{middle}，95%区间{ends}）。",
        "up": "{what}从{before}升到{after}{unit}（{middle}，95%区间{ends}）。",
        "unclear": "{what}没有明确变化：{before} → {after}{unit}（{middle}，95%区间{ends}，含零）。",
        "same": "{what}没有变化：{before}{unit}。",
        "alone": "{what}：{before} → {after}{unit}；只模拟了一年，没有区间，不能说有变化。",
    },
    "en": {
        "down": "{what}: down from {before} to {after}{unit} ({middle}, 95% interval {ends}).",
        "up": "{what}: up from {before} to {after}{unit} ({middle}, 95% interval {ends}).",
        "unclear": "{what}: no clear change, {before} → {after}{unit} ({middle}, 95% interval {ends} includes zero).",
        "same": "{what}: unchanged, {before}{unit}.",
        "alone": "{what}: {before} → {after}{unit}; a single simulated year gives no interval, so no change can be "
        "claimed.",
    },
}
_POINTS = {"zh": "个百分点", "en": " points"}
_NOBODY_WORSE = {
    "zh": "在所比较的全部结果中，没有一项的95%区间落在变差一边。",
    "en": "Of all outcomes none is worse by its own 95% interval.",
}
_WORSE = {
    "zh": "变差的结果（各看自己的95%区间，未校正）共{count}项：{names}。",
    "en": "Worse by their own 95% interval (not adjusted), of all outcomes: {count}. {names}.",
}
_MOST_NAMED = 8
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Headline:
    """One sentence, and the verdict on its change."""

    text: str
    verdict: str
    """`better`, `worse`, `unclear` or `changed`."""


def relief_headlines(comparison: Comparison, lang: Lang) -> list[Headline]:
    """Return headlines on the primary outcomes, the formality hours of every role, and `RELIEF` for the main role."""
    scope = comparison.primary[1]
    keys = list(comparison.primaries)
    keys += [(FORMALITY_HOURS, role) for role in comparison.ground.roles]
    keys += [(key, scope if scope in comparison.ground.roles else "all") for key in RELIEF]
    return _told(comparison, keys, lang)


def price_headlines(comparison: Comparison, lang: Lang) -> list[Headline]:
    """Return headlines on `PRICE`, then one on all outcomes that became worse."""
    told = _told(comparison, [(key, "all") for key in PRICE], lang)
    worse = [row for row in comparison.rows if verdict(row) == "worse"]
    if not worse:
        return [*told, Headline(_NOBODY_WORSE[lang], "unclear")]
    names = [_named(comparison, row, lang) for row in worse[:_MOST_NAMED]]
    if len(worse) > _MOST_NAMED:
        names.append({"zh": "等", "en": "and others"}[lang])
    words = {"zh": "、", "en": "; "}[lang].join(names)
    return [*told, Headline(_WORSE[lang].format(count=len(worse), names=words), "worse")]


def headline(comparison: Comparison, row: Row, lang: Lang) -> Headline:
    """Return one row as a sentence."""
    unit = METRICS[row.metric].unit
    middle, ends = difference(row, unit)
    form = ("same" if row.low == row.high == 0 else way(row)) if math.isfinite(row.low) else "alone"
    words = "" if unit == "share" else unit_label(unit, lang)
    text = _SENTENCE[lang][form].format(
        what=_what(comparison, row, lang),
        before=level(row.before, unit, row.after),
        after=level(row.after, unit, row.before),
        unit=f" {words}" if words and lang == "en" else words,
        middle=middle + (_POINTS[lang] if unit == "share" else ""),
        ends=ends.replace(" ", _NO_BREAK),
    )
    return Headline(text, verdict(row))


def _told(comparison: Comparison, keys: list[tuple[str, str]], lang: Lang) -> list[Headline]:
    """Return headlines for the rows that exist, each once."""
    rows = [row for key in dict.fromkeys(keys) if (row := comparison.row(*key))]
    return [headline(comparison, row, lang) for row in rows]


def _named(comparison: Comparison, row: Row, lang: Lang) -> str:
    """Return an outcome's name with its difference."""
    unit = METRICS[row.metric].unit
    words = _POINTS[lang].strip() if unit == "share" else unit_label(unit, lang)
    text = {"zh": "{}（{}{}）", "en": "{} ({} {})"}[lang]
    return text.format(_what(comparison, row, lang), difference(row, unit)[0], words)


def _what(comparison: Comparison, row: Row, lang: Lang) -> str:
    name = metric_label(row.metric, lang)
    if row.scope == "all":
        return name
    scope = scope_label(comparison, row.scope, lang)
    return f"{scope}的{name}" if lang == "zh" else f"{capital(scope)}, {name[:1].lower()}{name[1:]}"
