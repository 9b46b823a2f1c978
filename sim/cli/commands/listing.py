"""`jianfu list`: the program's own scenarios, the levers, the kinds, the metrics."""

from __future__ import annotations

import click

from sim.cli.language import say, spoken
from sim.cli.options import command, common
from sim.cli.output import Output

SECTIONS = {
    "scenarios": ("情景", "Scenarios"),
    "levers": ("举措", "Levers"),
    "kinds": ("事项与诉求种类", "Kinds of obligation and demand"),
    "metrics": ("指标", "Metrics"),
}


@command(zh="列出随程序提供的情景、举措、事项种类和指标。", en="List scenarios, levers, kinds and metrics.")
@click.argument("what", required=False, type=click.Choice(list(SECTIONS)))
@common
def listing(output: Output, what: str | None) -> None:
    """List scenarios, levers, kinds and metrics."""
    rows = {section: _ROWS[section]() for section in ([what] if what else SECTIONS)}
    text = "\n\n".join(_table(section, found) for section, found in rows.items())
    output.show(rows, text)


def _scenarios() -> list[dict[str, str]]:
    from sim.files.extend import scenarios_folder
    from sim.files.parse import parse
    from sim.files.study import STUDY
    from sim.files.text import read_text

    rows = []
    for path in sorted(scenarios_folder().rglob("*.yaml")):
        if path.name == STUDY:
            continue
        title = parse(read_text(path), str(path)).child("title")
        words = {lang: str(node.value) if title and (node := title.child(lang)) else "" for lang in ("zh", "en")}
        rows.append({"name": path.relative_to(scenarios_folder()).as_posix(), "file": str(path), **words})
    return rows


def _levers() -> list[dict[str, str]]:
    from sim.levers.table import LEVERS

    return [{"name": name, **lever.label} for name, lever in LEVERS.items()]


def _kinds() -> list[dict[str, str]]:
    from sim.domain.kinds import KIND_TEXTS

    return [{"name": name, "zh": text.label.zh, "en": text.label.en} for name, text in KIND_TEXTS.items()]


def _metrics() -> list[dict[str, str]]:
    from sim.metrics.table import METRICS

    return [
        {
            "name": key,
            "zh": metric.label["zh"],
            "en": metric.label["en"],
            "unit": metric.unit,
            "better": metric.better,
            "meaning_zh": metric.meaning["zh"],
            "meaning_en": metric.meaning["en"],
        }
        for key, metric in METRICS.items()
    ]


_ROWS = {"scenarios": _scenarios, "levers": _levers, "kinds": _kinds, "metrics": _metrics}


def _table(section: str, rows: list[dict[str, str]]) -> str:
    width = max((len(row["name"]) for row in rows), default=0)
    lines = [f"  {row['name']:<{width}}  {_words(row)}" for row in rows]
    return "\n".join([say(*SECTIONS[section]), *lines])


def _words(row: dict[str, str]) -> str:
    """Return the label, and the meaning behind it if the row has one."""
    meaning = row.get(f"meaning_{spoken()}")
    return row[spoken()] + (say("：", ": ") + meaning if meaning else "")
