"""Everything that is shown of one comparison, as it is saved: numbers, levers, inputs, and the files made of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiment.kept.record import comparison_from_data, comparison_to_data, plain
from sim.files.dump import scenario_from_json
from sim.files.write import json_text
from sim.report.figures import FIGURES
from sim.report.inputs import InputRow
from sim.report.page import write_page
from sim.report.pictures import PNG, SVG, every_svg
from sim.report.tables import comparison_csv
from sim.scenario.apply import lever_name
from sim.scenario.ordered import changed_levers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sim.experiment.comparison import Comparison
    from sim.i18n import Lang
    from sim.report.pictures import Form
    from sim.scenario.scenario import Scenario

RESULT = "result.json"
REPORT = "report.html"
METRICS_TABLE = "metrics.csv"
PICTURES = "pictures"
SAVED = (RESULT, METRICS_TABLE, REPORT, *(f"{PICTURES}/{name}.{end}" for name in FIGURES for end in (SVG, "csv")))
"""Files that every saved comparison holds: result, table, report, and each picture with its data."""


@dataclass(frozen=True)
class Bundle:
    """One comparison with all data of its report."""

    comparison: Comparison
    scenario: Scenario
    """The scenario after the reform, with the levers used."""
    inputs: tuple[InputRow, ...]


def pulled(scenario: Scenario, only: Collection[str] | None) -> Scenario:
    """Return the scenario with only the levers named in `only`; None keeps all of them."""
    if only is None:
        return scenario
    return scenario.replace(
        levers=changed_levers(scenario.levers, lambda _, lever: lever if lever_name(lever) in only else None)
    )


def bundle_text(bundle: Bundle) -> str:
    """Return a bundle as JSON."""
    return json_text(
        {
            "comparison": comparison_to_data(bundle.comparison),
            "scenario": bundle.scenario.model_dump(mode="json"),
            "inputs": [plain(row) for row in bundle.inputs],
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


def check_name(name: str) -> None:
    """Refuse, before anything is simulated, the name of a file that cannot be written.

    Raises:
        UsageError: with the names that can be written.
    """
    stem, suffix = _parts(name)
    if suffix in {"html", "json", "csv"} or not stem or (suffix in {PNG, SVG} and stem in FIGURES):
        return
    zh, en = "、".join(FIGURES), ", ".join(FIGURES)
    raise UsageError(
        zh=f"不知道怎样写“{name}”：可用 .html、.json、.csv，图片用 图名.png 或 图名.svg（{zh}）",
        en=f"cannot make '{name}': use .html, .json, .csv, or PICTURE.png, PICTURE.svg ({en})",
    )


def shown_in(names: Iterable[str]) -> list[Form]:
    """List the pictures that the named files show: a page shows all of them, a picture's file its own."""
    shown: list[Form] = []
    for stem, suffix in map(_parts, names):
        if suffix == "html":
            shown += every_svg()
        elif suffix in {PNG, SVG}:
            shown.append((stem, suffix))
    return shown


def write_report(bundle: Bundle, lang: Lang, names: Iterable[str], pictures: Mapping[Form, bytes]) -> dict[str, bytes]:
    """Write the named files: `.html` the page, `.json` the result, `.csv` a table; pictures go by their own names."""
    asked = {name: _parts(name) for name in names}
    kinds = {name: (stem if stem in FIGURES else "", suffix) for name, (stem, suffix) in asked.items()}
    written = {kind: _write(bundle, lang, *kind, pictures) for kind in dict.fromkeys(kinds.values())}
    return {name: written[kind] for name, kind in kinds.items()}


def _write(bundle: Bundle, lang: Lang, stem: str, suffix: str, pictures: Mapping[Form, bytes]) -> bytes:
    comparison = bundle.comparison
    if suffix == "html":
        shown = {picture: svg.decode() for (picture, form), svg in pictures.items() if form == SVG}
        page = write_page(comparison, lang, shown, levers=bundle.scenario.every_lever, inputs=bundle.inputs)
        return page.encode()
    if suffix == "json":
        return bundle_text(bundle).encode()
    if suffix == "csv":
        data = FIGURES[stem].data(comparison, lang).csv() if stem else comparison_csv(comparison, lang)
        return b"\xef\xbb\xbf" + data.encode()
    return pictures[stem, suffix]


def _parts(name: str) -> tuple[str, str]:
    """Split the name of a file into stem and suffix, without the folders above it; a folder's name has no stem."""
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return stem, suffix
