"""The scoreboard as a page and as a table."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from sim.domain.evidence import Figure
from sim.files.sheet import csv_text
from sim.i18n.labels import VERDICT
from sim.i18n.visible import escaped_in_page
from sim.metrics.table import METRICS
from sim.report.verdicts import reading_of
from sim.report.words import metric_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.domain.evidence import Evidence
    from sim.domain.frozen import Label
    from sim.i18n import Lang
    from sim.scoreboard.targets import ScoreRow

_TEMPLATES = Path(__file__).parent / "templates"
HEADER = {
    "zh": (
        "地方",
        "数字",
        "角色",
        "公布值",
        "口径",
        "指标",
        "范围",
        "模拟值",
        "下限",
        "上限",
        "只用有报道的举措",
        "未报道的举措",
        "结论",
        "改革后情景",
    ),
    "en": (
        "place",
        "figure",
        "role",
        "published",
        "bound",
        "metric",
        "scope",
        "simulated",
        "low",
        "high",
        "reported levers only",
        "unreported levers",
        "verdict",
        "scenario after",
    ),
}
WORDS = {
    "zh": {
        "title": "计分板：公布的数字与模拟的结果",
        "lead": "区间为 5% 至 95%，既含年与年之间的偶然，也含有范围的输入。没有给数的说法，写明在多少次抽样中成立。"
        "输入一行写的是所用的值及其范围，不再算复现；没有报道的举措另算：“只用有报道的举措”一栏把它们关掉；少了它们就不成立的，不算复现。如实的未复现也是好结果。",
        "role": {"input": "输入", "target": "目标", "untestable": "无法检验"},
        "holds": "的抽样中成立",
        "head": ("数字", "角色", "公布值", "模拟值（90%区间）", "只用有报道的举措", "结论"),
        "unreported": "未报道的举措：",
    },
    "en": {
        "title": "Scoreboard: published figures and simulated results",
        "lead": "Bands run from 5 to 95 % and contain the chance between years and every input that has a range. For a "
        "claim without a number, the share of draws in which it holds is shown. The row of an input shows the value "
        "used and its range; it never counts as reproduced. Levers that no source reports are switched off in the "
        "column 'reported levers only'; what holds only with them is not reproduced. An honest miss is a good result.",
        "role": {"input": "input", "target": "target", "untestable": "untestable"},
        "holds": "of draws",
        "head": ("Figure", "Role", "Published", "Simulated (90 % band)", "Reported levers only", "Verdict"),
        "unreported": "not reported: ",
    },
}
_BOUND = {
    "zh": {"at_least": "至少 ", "more_than": "多于 ", "about": "约 ", "down": "下降", "up": "上升", "claim": "未给数"},
    "en": {
        "at_least": "at least ",
        "more_than": "more than ",
        "about": "about ",
        "down": "down",
        "up": "up",
        "claim": "no number",
    },
}


def score_csv(rows: Sequence[ScoreRow], lang: Lang) -> str:
    """Return the rows as CSV."""
    table = [
        (
            row.system, row.figure, row.role, row.published, row.bound, row.metric, row.scope, row.simulated, row.low,
            row.high, row.reported, ", ".join(row.unreported), VERDICT[row.verdict][lang], row.scenario,
        )
        for row in rows
    ]  # fmt: skip
    return csv_text(HEADER[lang], table)


def score_page(
    rows: Sequence[ScoreRow], places: Mapping[str, Label], evidence: Mapping[str, Evidence], lang: Lang
) -> str:
    """Return one self-contained page, place by place; `places` holds the words for each place, and its evidence."""
    told = [
        {
            "name": places[found[0].system][lang],
            "rows": [_printed(row, evidence[row.system], lang) for row in found],
        }
        for found in (list(group) for _, group in groupby(rows, key=lambda row: row.system))
    ]
    return _template().render(lang=lang, w=WORDS[lang], places=told) + "\n"


def _printed(row: ScoreRow, evidence: Evidence, lang: Lang) -> dict[str, str]:
    found = evidence.find(row.figure)
    text = found.sentence[lang] if isinstance(found, Figure) else found.measure[lang] if found else row.reading[lang]
    metric = f"{metric_label(row.metric, lang)}, {row.scope}" if row.metric in METRICS else ""
    return {
        "id": row.figure + reading_of(row),
        "text": text,
        "reading": "" if row.role == "input" or text == row.reading[lang] else row.reading[lang],
        "used": row.used,
        "why": row.why.get(lang, "") if row.role != "untestable" else "",
        "metric": metric,
        "role": WORDS[lang]["role"][row.role],  # type: ignore[index]
        "published": _published(row, lang),
        "simulated": simulated_text(row, lang),
        "reported": reported_text(row, lang),
        "unreported": f"{WORDS[lang]['unreported']}{', '.join(row.unreported)}" if row.unreported else "",
        "verdict": VERDICT[row.verdict][lang],
        "kind": row.verdict,
    }


def simulated_text(row: ScoreRow, lang: Lang) -> str:
    """Return the simulated value, or the input used, with its range; empty if there is none."""
    return _band_text(row.bound, (row.simulated, row.low, row.high), lang)


def reported_text(row: ScoreRow, lang: Lang) -> str:
    """Return the simulated value with the reported levers only; empty if all levers are reported."""
    return _band_text(row.bound, (row.reported, row.reported_low, row.reported_high), lang)


def _band_text(bound: str, band: tuple[float | None, float | None, float | None], lang: Lang) -> str:
    middle, low, high = band
    if middle is None:
        return ""
    if bound == "claim":
        return f"{middle:.0%} [{low:.0%}, {high:.0%}] {WORDS[lang]['holds']}"
    return f"{middle:.3g} [{low:.3g}, {high:.3g}]"


def _published(row: ScoreRow, lang: Lang) -> str:
    words = _BOUND[lang].get(row.bound, "")
    return words if row.published is None else f"{words}{row.published:g}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=escaped_in_page,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template("scoreboard.html.j2")
