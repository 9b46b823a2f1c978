"""Fairness of a comparison: the same random numbers on both sides, and no change in work that no lever touches."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from sim.i18n.writing import number

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang

_WORDS = {
    "zh": {
        "luck": "公共随机数：改革前后用同一组随机数，同一次检查、同一位群众的事项在两边相同。"
        "首个主要指标前后的相关系数为{}，各指标的中位数为{}。",
        "width": "配对区间更窄：首个主要指标的配对区间宽度是独立抽样的{}倍，各指标的中位数为{}。",
        "twins": "孪生检查：没有举措触及的工作共{}项，逐项比较，{}项不同。",
        "moved": "{}个未被举措触及的约定中，{}个因日程松紧变化而改期或只在一边举行；这是改革的效果，不是差错。",
        "broken": "不应有任何不同：这一次比较不可信，请先查明原因。",
        "family": "检验：主要指标事先声明，共{}项，p值在其间按Holm法校正；其余{}项另行一并校正，只作探索。",
    },
    "en": {
        "luck": "Common random numbers: both sides draw the same inspections and the same matters of residents. "
        "Correlation of the first primary outcome between before and after: {}; median over all outcomes: {}.",
        "width": "Paired intervals are narrower: that of the first primary outcome is {} times as wide as an "
        "independent one; median over all outcomes: {}.",
        "twins": "Twin check: {} pieces of work that no lever touches were compared one by one; {} differ.",
        "moved": "Of {} appointments that no lever touches, {} are held at another time or in one year only, because "
        "calendars have filled otherwise. That is an effect of the measures.",
        "broken": "None may differ: do not use this comparison before the cause is found.",
        "family": "Tests: primary outcomes were declared beforehand ({}), and their p values are adjusted for their "
        "number after Holm; the other {} are adjusted together and are exploratory.",
    },
}


def fairness_sentences(comparison: Comparison, lang: Lang) -> list[str]:
    """Return sentences on correlation, interval width, twin check and adjustment of tests."""
    words = _WORDS[lang]
    primary = comparison.row(*comparison.primary)
    correlations = [row.correlation for row in comparison.rows if row.correlation is not None]
    widths = [row.width_ratio for row in comparison.rows if row.width_ratio is not None]
    check = comparison.twin_check
    declared = sum((row.metric, row.scope) in comparison.primaries for row in comparison.rows)
    told = [
        words["luck"].format(_known(primary.correlation if primary else None), _middle(correlations)),
        words["width"].format(_known(primary.width_ratio if primary else None), _middle(widths)),
        words["twins"].format(number(check.compared, 0), number(check.changed, 0)),
        words["moved"].format(number(check.appointments, 0), number(check.moved, 0)),
        words["family"].format(number(declared, 0), number(len(comparison.rows) - declared, 0)),
    ]
    if not check.appointments:
        del told[3]
    if not check.ok:
        told.insert(3, words["broken"])
    return told


def _known(value: float | None) -> str:
    return "–" if value is None else number(value, 2)


def _middle(values: list[float]) -> str:
    return _known(median(values) if values else None)
