"""Everything that is shown of one comparison, as it is saved: numbers, levers, inputs, and the files made of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiment.kept.record import comparison_from_data, comparison_to_data
from sim.files.dump import canonical_json, scenario_from_json
from sim.files.explain import explain_values
from sim.files.seeds import read_evidence, seeds_folder
from sim.files.write import json_text
from sim.report import style
from sim.report.figures import FIGURES
from sim.report.inputs import InputRow
from sim.report.page import write_report
from sim.report.tables import comparison_csv
from sim.scenario.apply import lever_name
from sim.scenario.ordered import changed_levers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang
    from sim.scenario.scenario import Scenario

RESULT = "result.json"
REPORT = "report.html"
METRICS_TABLE = "metrics.csv"
PICTURES = "pictures"


@dataclass(frozen=True)
class Bundle:
    """One comparison with all data of its report."""

    comparison: Comparison
    scenario: Scenario
    """The scenario after the reform, with the levers used."""
    inputs: tuple[InputRow, ...]


def pulled(scenario: Scenario, only: tuple[str, ...] | None) -> Scenario:
    """Return the scenario with only the levers named in `only`; None keeps all."""
    if only is None:
        return scenario
    return scenario.replace(
        levers=changed_levers(scenario.levers, lambda _, lever: lever if lever_name(lever) in only else None)
    )


def list_inputs(path: Path, overrides: Sequence[str] = ()) -> tuple[InputRow, ...]:
    """List every number of a scenario that has a standing, with its sources.

    Raises:
        ScenarioError: the scenario cannot be read.
    """
    evidence = read_evidence(seeds_folder())
    rows = []
    for value in explain_values(path, overrides):
        if not value.is_quantity or not value.standing:
            continue
        named = [source for source in value.sources if evidence.find(source) is not None]
        told = dict.fromkeys(("zh", "en"), value.note)
        figure = evidence.figures.get(named[0]) if named else None
        if figure is not None:
            told = {lang: f"{figure.paraphrase[lang]} {value.note}".strip() for lang in ("zh", "en")}
        rows.append(InputRow(value.key, value.value, value.standing, ", ".join(named), value.grade, told))
    return tuple(rows)


def bundle_text(bundle: Bundle) -> str:
    """Return a bundle as JSON."""
    return json_text(
        {
            "comparison": comparison_to_data(bundle.comparison),
            "scenario": json.loads(canonical_json(bundle.scenario)),
            "inputs": [asdict(row) for row in bundle.inputs],
        }
    )


def bundle_from_text(text: str) -> Bundle:
    """Read a bundle written by `bundle_text`.

    Raises:
        UsageError: the text is something else.
    """
    try:
        data = json.loads(text)
        return Bundle(
            comparison_from_data(data["comparison"]),
            scenario_from_json(json.dumps(data["scenario"])),
            tuple(InputRow(**row) for row in data["inputs"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(zh="这不是本程序保存的比较结果", en="not a comparison saved by this program") from error


def saved_files(bundle: Bundle, lang: Lang) -> dict[str, bytes]:
    """Return the files that every comparison saves, by name: result, table, report, and each picture with its data."""
    drawn = {name: picture.draw(bundle.comparison, lang) for name, picture in FIGURES.items()}
    files = {
        RESULT: bundle_text(bundle).encode(),
        METRICS_TABLE: made(bundle, lang, METRICS_TABLE),
        REPORT: _report(bundle, lang, drawn),
    }
    for name, figure in drawn.items():
        files[f"{PICTURES}/{name}.png"] = style.png_bytes(figure)
        files[f"{PICTURES}/{name}.csv"] = made(bundle, lang, f"{name}.csv")
    return files


def _report(bundle: Bundle, lang: Lang, drawn: Mapping[str, Figure] | None = None) -> bytes:
    levers = bundle.scenario.every_lever
    return write_report(bundle.comparison, lang, levers=levers, inputs=bundle.inputs, drawn=drawn).encode()


def check_name(name: str) -> None:
    """Check that a file of this name can be made, before anything is simulated.

    Raises:
        UsageError: it cannot; the message lists the names that can.
    """
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    if suffix in {"html", "json", "csv"} or not stem or (suffix in {"png", "svg"} and stem in FIGURES):
        return
    zh, en = "、".join(FIGURES), ", ".join(FIGURES)
    raise UsageError(
        zh=f"不知道怎样写“{name}”：可用 .html、.json、.csv，图片用 图名.png 或 图名.svg（{zh}）",
        en=f"cannot make '{name}': use .html, .json, .csv, or PICTURE.png, PICTURE.svg ({en})",
    )


def made(bundle: Bundle, lang: Lang, name: str) -> bytes:
    """Return one file by its name: `.html` report, `.json` result, `.csv` table; pictures by their own names.

    Raises:
        UsageError: no file of that name can be made.
    """
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    comparison = bundle.comparison
    picture = FIGURES.get(stem)
    if suffix == "html":
        return _report(bundle, lang)
    if suffix == "json":
        return bundle_text(bundle).encode()
    if suffix == "csv":
        table = comparison_csv(comparison, lang) if picture is None else picture.data(comparison, lang).csv()
        return b"\xef\xbb\xbf" + table.encode()
    check_name(name)
    figure = FIGURES[stem].draw(comparison, lang)
    return style.png_bytes(figure) if suffix == "png" else style.svg_text(figure).encode()
