"""The report: one self-contained HTML page, without scripts and without references to other files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.domain.standing import Standing
from sim.i18n.labels import STANDING
from sim.i18n.visible import escaped, escaped_in_page
from sim.i18n.writing import DASH, capital, number
from sim.levers.base import describe_lever
from sim.metrics.splits import SPLITS
from sim.metrics.table import METRICS
from sim.report import style
from sim.report.fairness import fairness_sentences
from sim.report.figures import FIGURES
from sim.report.figures.winners import VERDICTS, counts
from sim.report.headlines import price_headlines, relief_headlines
from sim.report.inputs import InputRow, standing_counts
from sim.report.limits import limits
from sim.report.page_words import PAGE_WORDS
from sim.report.splits import UNCLEAR, UNITS_OF_SPLITS, change_cell, split_table
from sim.report.tables import PRINTED_HEADER, printed_rows
from sim.report.words import FAMILY, basis, role_label, unit_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang
    from sim.levers.table import Lever

_TEMPLATES = Path(__file__).parent / "templates"
_COLOURS = {
    name.lower(): getattr(style, name) for name in ("INK", "MUTED", "LINE", "FAINT", "BETTER", "WORSE", "UNCLEAR")
}


@dataclass(frozen=True)
class _Drawn:
    name: str
    caption: str
    svg: Markup


def write_page(
    comparison: Comparison,
    lang: Lang,
    pictures: Mapping[str, str],
    *,
    levers: Sequence[Lever] = (),
    inputs: Sequence[InputRow] = (),
) -> str:
    """Write the page with the given pictures, which are SVG by name, in the order of the table of pictures."""
    mark = {"zh": "：", "en": ": "}[lang]
    page = _template().render(
        lang=lang,
        w=PAGE_WORDS[lang],
        colour=_COLOURS,
        title=f"{comparison.before.title[lang]} → {comparison.after.title[lang]}",
        lead=f"{comparison.ground.year}{mark}{basis(comparison, lang)}",
        relief=relief_headlines(comparison, lang),
        price=price_headlines(comparison, lang),
        levers=[_lever(lever, comparison, lang) for lever in levers],
        pictures=[_drawn(name, pictures[name], lang) for name in FIGURES if name in pictures],
        winners=_winners(comparison, lang),
        header=[name for i, name in enumerate(PRINTED_HEADER[lang]) if i != _UNIT],
        families=list(_families(comparison, lang)),
        splits=[split_table(kind, comparison.splits, comparison.labels, lang, change_cell) for kind in SPLITS],
        splits_note=f"{UNITS_OF_SPLITS[lang]}{_AND[lang]}{UNCLEAR[lang]}",
        fairness=fairness_sentences(comparison, lang),
        inputs=_inputs(inputs, lang),
        standings=_standings(inputs, lang),
        limits=limits(comparison, inputs, lang),
        manifest=sorted(flat(comparison.manifest)),
    )
    return page + "\n"


_AND = {"zh": "", "en": " "}
_UNIT = 2
"""Index of the unit among the printed columns; the page writes it under the metric."""


def inline_svg(svg: str, name: str) -> str:
    """Return the SVG for use in a page with others: its own ids, no comments, no fixed size."""
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    for reference in (' id="', 'href="#', "url(#"):
        svg = svg.replace(reference, f"{reference}{name}-")
    return re.sub(
        r'(<svg\b[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg\b[^>]*?) height="[^"]*"', r"\1", svg, count=1), count=1
    )


def flat(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the leaves of nested mappings with their dotted keys."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=escaped_in_page,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["breakable"] = breakable
    return environment.get_template("report.html.j2")


def breakable(key: str) -> Markup:
    """Return the key with possible line breaks after its points and underscores."""
    return Markup("<wbr>").join(re.split(r"(?<=[._])", escaped(key)))


def _lever(lever: Lever, comparison: Comparison, lang: Lang) -> dict[str, str]:
    return {"title": capital(lever.label[lang]), "text": describe_lever(lever, lang, comparison.labels)}


def _drawn(name: str, svg: str, lang: Lang) -> _Drawn:
    return _Drawn(name, FIGURES[name].caption[lang], Markup(inline_svg(svg, name)))  # drawn here: its text is paths


def _winners(comparison: Comparison, lang: Lang) -> list[dict[str, Any]]:
    """Return the counts of winners, same and losers of each role, with the mean hours of its cadres."""
    told = []
    for role in comparison.ground.roles:
        cadres = [cadre for cadre in comparison.cadres if cadre.role == role]
        if not cadres:
            continue
        found = counts(cadres)
        stands_for = comparison.ground.represents.get(role)
        means = [sum(values) / len(cadres) for values in zip(*((c.before, c.after) for c in cadres), strict=True)]
        cells = (
            number(len(cadres), 0),
            DASH if stands_for is None else number(stands_for, 0),
            *(number(found[verdict], 0) for verdict in VERDICTS),
            " → ".join(map(number, means)),
        )
        told.append({"role": role_label(comparison, role, lang), "cells": cells})
    return told


def _families(comparison: Comparison, lang: Lang) -> Iterator[dict[str, Any]]:
    """Group the printed rows by family, then by metric."""
    rows = list(zip(comparison.rows, printed_rows(comparison, lang), strict=True))
    for family, of_family in groupby(rows, key=lambda pair: METRICS[pair[0].metric].family):
        metrics = [
            {
                "unit": "" if METRICS[metric].unit == "share" else unit_label(METRICS[metric].unit, lang),
                "rows": [printed for _, printed in of_metric],
            }
            for metric, of_metric in groupby(of_family, key=lambda pair: pair[0].metric)
        ]
        yield {"heading": FAMILY[family][lang], "metrics": metrics}


def _inputs(inputs: Sequence[InputRow], lang: Lang) -> list[dict[str, Any]]:
    """List inputs with a source before assumed ones, each in the order of the scenario."""
    assumed = [row for row in inputs if row.standing == Standing.ASSUMED]
    sourced = [row for row in inputs if row.standing != Standing.ASSUMED]
    return [
        {"heading": f"{PAGE_WORDS[lang][key]} ({len(rows)})", "rows": [_input(row, lang) for row in rows]}
        for key, rows in (("sourced", sourced), ("assumed", assumed))
        if rows
    ]


def _input(row: InputRow, lang: Lang) -> dict[str, str]:
    words = STANDING.get(row.standing)
    standing = words[lang] if words else row.standing
    return vars(row) | {"standing": standing, "text": row.text.get(lang, "")}


def _standings(inputs: Sequence[InputRow], lang: Lang) -> str:
    """Return the number of inputs by standing as text."""
    told = [f"{STANDING[key][lang]} {count}" for key, count in standing_counts(inputs).items()]
    return {"zh": "，", "en": ", "}[lang].join(told)
