"""The scoreboard as a page and as a table."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from sim.files.write import csv_text
from sim.i18n.labels import VERDICT
from sim.metrics.table import METRICS
from sim.report.words import metric_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.domain.evidence import Evidence
    from sim.experiment.scoreboard import ScoreRow
    from sim.i18n import Lang

_TEMPLATES = Path(__file__).parent / "templates"
HEADER = {
    "zh": ("地方", "数字", "角色", "公布值", "口径", "指标", "范围", "模拟值", "下限", "上限", "结论"),
    "en": ("place", "figure", "role", "published", "bound", "metric", "scope", "simulated", "low", "high", "verdict"),
}
WORDS = {
    "zh": {
        "title": "计分板：公布的数字与模拟的结果",
        "lead": "区间为 5% 至 95%，既含年与年之间的偶然，也含有范围的输入。"
        "作为输入的数字不再算复现；如实的未复现也是好结果。",
        "role": {"input": "输入", "target": "目标", "untestable": "无法检验"},
        "head": ("数字", "角色", "公布值", "模拟值（90%区间）", "结论"),
    },
    "en": {
        "title": "Scoreboard: published figures and what comes out",
        "lead": "Bands run from 5 to 95 %: chance between years and every input that has a range. A figure that is an "
        "input is never counted as reproduced; an honest miss is a good row.",
        "role": {"input": "input", "target": "target", "untestable": "untestable"},
        "head": ("Figure", "Role", "Published", "Simulated (90 % band)", "Verdict"),
    },
}
_BOUND = {
    "zh": {"at_least": "至少 ", "more_than": "多于 ", "about": "约 ", "down": "下降", "up": "上升"},
    "en": {"at_least": "at least ", "more_than": "more than ", "about": "about ", "down": "down", "up": "up"},
}


def score_csv(rows: Sequence[ScoreRow], _evidence: Evidence, lang: Lang) -> str:
    """Write the rows as CSV."""
    table = [
        (
            row.system, row.figure, row.role, row.published, row.bound, row.metric, row.scope, row.simulated, row.low,
            row.high, VERDICT[row.verdict][lang],
        )
        for row in rows
    ]  # fmt: skip
    return csv_text(HEADER[lang], table)


def score_page(rows: Sequence[ScoreRow], evidence: Evidence, lang: Lang) -> str:
    """Write one self-contained page, place by place."""
    places = [
        {
            "name": evidence.figures[found[0].figure].place[lang],
            "rows": [_printed(row, evidence, lang) for row in found],
        }
        for found in (list(group) for _, group in groupby(rows, key=lambda row: row.system))
    ]
    return _template().render(lang=lang, w=WORDS[lang], places=places) + "\n"


def _printed(row: ScoreRow, evidence: Evidence, lang: Lang) -> dict[str, str]:
    figure = evidence.figures[row.figure]
    metric = f"{metric_label(row.metric, lang)}, {row.scope}" if row.metric in METRICS else ""
    return {
        "id": row.figure,
        "text": figure.paraphrase[lang],
        "reading": row.reading[lang] if row.role != "input" else "",
        "metric": metric,
        "role": WORDS[lang]["role"][row.role],  # type: ignore[index]
        "published": _published(row, lang),
        "simulated": "" if row.simulated is None else f"{row.simulated:.3g} [{row.low:.3g}, {row.high:.3g}]",
        "verdict": VERDICT[row.verdict][lang],
        "kind": row.verdict,
    }


def _published(row: ScoreRow, lang: Lang) -> str:
    words = _BOUND[lang].get(row.bound, "")
    return words if row.published is None else f"{words}{row.published:g}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("scoreboard.html.j2")
