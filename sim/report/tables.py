"""Tables behind the pictures and the page, as plain rows and as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.files.sheet import csv_text
from sim.i18n.writing import capital
from sim.metrics.table import METRICS
from sim.report.findings import way
from sim.report.numbers import difference, level, p_value, percent, signed_percent
from sim.report.words import metric_label, scope_label, unit_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.comparison import Comparison, Row
    from sim.i18n import Lang

Cell = str | int | float | None
"""None for an unknown number."""


@dataclass(frozen=True)
class Table:
    """A header and rows; numbers are not converted to text."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """Return the table as CSV; numbers with six digits, a missing number as an empty cell."""
        return csv_text(self.header, self.rows, digits=6)


_HEADER = {
    "zh": (
        "指标代码", "范围代码", "指标", "范围", "单位", "改革前", "改革后", "差值", "下限", "上限", "比值", "比值下限",
        "比值上限", "样本数", "改善占比", "变差占比", "相关系数", "区间宽度比", "校正p值",
    ),
    "en": (
        "metric", "scope", "metric label", "scope label", "unit", "before", "after", "difference", "low", "high",
        "ratio", "ratio low", "ratio high", "n", "share better", "share worse", "correlation", "width ratio",
        "adjusted p",
    ),
}  # fmt: skip


_KNOWN_OF_SPLITS = 10
"""Columns of a split, from the first on: it has no ratio and is not tested."""


def comparison_table(comparison: Comparison, lang: Lang) -> Table:
    """Return every metric and scope with all its numbers, then the splits, which have fewer."""
    rows: list[tuple[Cell, ...]] = [
        (
            row.metric, row.scope, metric_label(row.metric, lang), scope_label(comparison, row.scope, lang),
            unit_label(METRICS[row.metric].unit, lang), row.before, row.after, row.difference, row.low, row.high,
            row.ratio, row.ratio_low, row.ratio_high, row.n, row.share_better, row.share_worse, row.correlation,
            row.width_ratio, row.adjusted_p,
        )
        for row in comparison.rows
    ]  # fmt: skip
    unknown = (None,) * (len(_HEADER[lang]) - _KNOWN_OF_SPLITS)
    rows += [
        (
            row.metric, row.scope, metric_label(row.metric, lang), scope_label(comparison, row.scope, lang),
            unit_label(METRICS[row.metric].unit, lang), row.before, row.after, row.difference, row.low, row.high,
            *unknown,
        )
        for row in comparison.splits
    ]  # fmt: skip
    return Table(_HEADER[lang], tuple(rows))


def comparison_csv(comparison: Comparison, lang: Lang) -> str:
    """Return every metric and scope as CSV."""
    return comparison_table(comparison, lang).csv()


@dataclass(frozen=True)
class PrintedRow:
    """One metric and scope as text for readers."""

    metric: str
    scope: str
    unit: str
    before: str
    after: str
    difference: str
    interval: str
    change: str
    """Relative change in per cent."""
    share_better: str
    adjusted_p: str
    verdict: str
    """`better`, `worse`, `unclear`, or `changed` if neither direction is better."""
    primary: bool


PRINTED_HEADER: dict[str, tuple[str, ...]] = {
    "zh": ("指标", "范围", "单位", "改革前", "改革后", "差值", "95%区间", "变化", "改善的年份", "校正p值"),
    "en": ("Metric", "For", "Unit", "Before", "After", "Difference", "95% interval", "Change", "Years better",
           "Adjusted p"),
}  # fmt: skip


def printed_rows(comparison: Comparison, lang: Lang, rows: Sequence[Row] | None = None) -> list[PrintedRow]:
    """Return rows (default: all) as text for the terminal and the page."""
    return [_printed(comparison, row, lang) for row in (comparison.rows if rows is None else rows)]


def verdict(row: Row) -> str:
    """Judge a difference by its interval: `better`, `worse`, `changed` (neither direction is better) or `unclear`."""
    went = way(row)
    if went == "unclear":
        return "unclear"
    better = METRICS[row.metric].better
    if better == "neither":
        return "changed"
    return "better" if (went == "down") == (better == "less") else "worse"


def _printed(comparison: Comparison, row: Row, lang: Lang) -> PrintedRow:
    unit = METRICS[row.metric].unit
    middle, ends = difference(row, unit)
    return PrintedRow(
        metric=metric_label(row.metric, lang),
        scope=capital(scope_label(comparison, row.scope, lang)),
        unit=unit_label(unit, lang),
        before=level(row.before, unit, row.after),
        after=level(row.after, unit, row.before),
        difference=middle,
        interval=ends,
        change="" if row.ratio is None else signed_percent(row.ratio - 1),
        share_better="" if METRICS[row.metric].better == "neither" else percent(row.share_better),
        adjusted_p=p_value(row.adjusted_p),
        verdict=verdict(row),
        primary=(row.metric, row.scope) in comparison.primaries,
    )
