"""Tables of posts, units, issuers and obligations: a line for each, a column for each metric."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, TypeVar

from sim.metrics.splits import SPLITS, kind_of_split
from sim.metrics.table import METRICS
from sim.report.numbers import level
from sim.report.tables import Table
from sim.report.words import label_of, metric_label, unit_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sim.experiment.comparison import SplitRow
    from sim.experiment.single import MeasuredRow
    from sim.i18n import Lang


class _Split(Protocol):
    @property
    def metric(self) -> str: ...
    @property
    def scope(self) -> str: ...


P = TypeVar("P", bound=_Split)

HEADING: dict[str, dict[Lang, str]] = {
    "post": {"zh": "按岗位", "en": "By post"},
    "unit": {"zh": "按单位", "en": "By unit"},
    "issuer": {"zh": "按任务来源", "en": "By issuer"},
    "obligation": {"zh": "按任务事项", "en": "By obligation"},
}
UNITS_OF_SPLITS: dict[Lang, str] = {
    "zh": "时间为每人每周小时数，件数为每单位每年次数。",
    "en": "Hours are those of a cadre and week, counts those of a unit and year.",
}
UNCLEAR: dict[Lang, str] = {
    "zh": "≈ 表示没有明确变化：差值的95%区间含零。",
    "en": "≈ means no clear change: the 95% interval of the difference includes zero.",
}


def split_table(
    kind: str, rows: Iterable[P], labels: Mapping[str, Mapping[str, str]], lang: Lang, cell: Callable[[P], str]
) -> Table:
    """Return the splits of one kind as text; a metric that a split has not is an empty cell."""
    mine = [row for row in rows if kind_of_split(row.scope) == kind]
    had = {row.metric for row in mine}
    metrics = [metric for metric in SPLITS[kind] if metric in had]
    lines = []
    for scope, of_split in groupby(mine, key=lambda row: row.scope):
        found = {row.metric: row for row in of_split}
        cells = (cell(found[metric]) if metric in found else "" for metric in metrics)
        lines.append((label_of(labels, scope, lang), *cells))
    hours = unit_label("h/week", lang)
    names = [hours if metric == "hours_by_issuer" else metric_label(metric, lang) for metric in metrics]
    return Table((HEADING[kind][lang], *names), tuple(lines))


def level_cell(row: MeasuredRow) -> str:
    """Return the mean of one scenario as text."""
    return level(row.mean, METRICS[row.metric].unit)


def change_cell(row: SplitRow) -> str:
    """Return the level before and after as text; one level if both read the same."""
    unit = METRICS[row.metric].unit
    before, after = level(row.before, unit, row.after), level(row.after, unit, row.before)
    if before == after:
        return before
    clear = row.low > 0 or row.high < 0 or math.isinf(row.low)
    return f"{before} {'→' if clear else '≈'} {after}"
