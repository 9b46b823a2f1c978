"""Labels and titles that would act on a spreadsheet, a page, a picture, a terminal or a file system stay text."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli.commands import compare as comparing
from sim.cli.language import speak
from sim.cli.output import Output
from sim.cli.studying import progress_bar
from sim.experiment.comparison import Comparison
from sim.experiment.kept.runs import run_name
from sim.files.sheet import csv_text, write_csv
from sim.i18n.visible import escaped
from sim.report.figures import FIGURES
from sim.report.page import write_page
from sim.report.pictures import PNG, SVG, draw
from sim.report.tables import comparison_csv
from tests.comparisons import LABELS, comparison

FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u00a0=1", "\u3000@x", "\n=1", "＝1+1", "\ufeff=1")
HIDDEN = ("\x1b[31m", "\x00", "\x07", "\x9b", "\u202e", "\u2066", "\u200b", "\u200f", "\ufeff", "\x7f", "\ud800")
HOSTILE = "=1+1[/b]" + "".join(HIDDEN)


def hostile() -> Comparison:
    usual, words = comparison(), {"zh": HOSTILE, "en": HOSTILE}
    return replace(
        usual,
        before=replace(usual.before, title=words),
        after=replace(usual.after, title=words),
        labels=dict.fromkeys(LABELS, words),
    )


def has_hidden(text: str) -> bool:
    return any(sign[0] in text for sign in HIDDEN)


def acts(table: str) -> list[str]:
    """List the cells of a table that a spreadsheet would take for a formula, and those that hide a character."""
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    texts = [cell for cell in cells if not cell.lstrip("+-").replace(".", "", 1).replace("e-", "", 1).isdigit()]
    return [cell for cell in texts if (cell.strip()[:1] in tuple("=+-@＝") and cell.strip()) or has_hidden(cell)]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_starts_no_formula(text: str) -> None:
    table = csv_text([text], [[text, -1.5, -2, "x" + text]])

    assert acts(table) == []
    assert "-1.5,-2" in table


@pytest.mark.parametrize("sign", HIDDEN)
def test_a_hidden_character_becomes_an_escape(sign: str) -> None:
    assert escaped(f"a{sign}b").startswith("a\\")
    assert not has_hidden(csv_text([sign], [[sign]]))


def test_spaces_of_chinese_text_stay() -> None:
    assert escaped("甲\u3000乙\u00a0丙") == "甲\u3000乙\u00a0丙"


def test_a_table_written_to_a_file_is_as_harmless(tmp_path: Path) -> None:
    write_csv(tmp_path / "table.csv", ["name"], [[HOSTILE]])

    assert acts((tmp_path / "table.csv").read_text("utf-8-sig")) == []


def test_a_comparison_as_a_table_is_harmless() -> None:
    table = comparison_csv(hostile(), "en")

    assert acts(table) == []
    assert "'=1+1" in table


@pytest.mark.parametrize("name", FIGURES)
def test_the_data_of_a_picture_is_harmless(name: str) -> None:
    assert acts(FIGURES[name].data(hostile(), "zh").csv()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_and_the_page_hide_nothing(name: str) -> None:
    drawn = draw(hostile(), "en", [(name, SVG), (name, PNG)])
    svg = drawn[name, SVG].decode()

    page = write_page(hostile(), "en", {name: svg})

    assert not has_hidden(svg)
    assert not has_hidden(page)
    assert "\\x1b[31m" in page


def test_the_name_of_a_folder_holds_letters_only() -> None:
    name = run_name(f"{HOSTILE}/../../etc", {"root": 1})

    assert not set(name) & set("./\\=+@[] \n\t")
    assert not has_hidden(name)


def test_a_terminal_gets_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output()
    output.line(HOSTILE)
    output.warn(HOSTILE, HOSTILE)
    output.note(HOSTILE, HOSTILE)

    told = capsys.readouterr()
    assert not has_hidden(told.out + told.err)


def test_brackets_in_a_label_are_no_markup_of_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    speak(["--lang", "en"])
    comparing._table(Output(), hostile())

    told = capsys.readouterr().out
    assert "[/b]" in told.replace("\n", "")
    assert not has_hidden(told)


def test_a_progress_bar_shows_a_hostile_title(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    with progress_bar(Output(), HOSTILE) as told:
        told(1, 2)

    assert "\u202e" not in capsys.readouterr().err
