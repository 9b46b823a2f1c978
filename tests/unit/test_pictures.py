"""Kept pictures are the bytes that drawing makes, and anything they are drawn from draws them anew when it changes."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli.main import run
from sim.experiment.kept.manifest import program_fingerprint
from sim.experiment.kept.record import comparison_from_data, comparison_hash, comparison_to_data
from sim.experiment.kept.store import Store
from sim.i18n import Lang
from sim.report.bundle import SAVED, shown_in
from sim.report.figures import FIGURES, Picture
from sim.report.pictures import PNG, SVG, Form, draw, every_svg
from tests.comparisons import comparison

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"
WANTED: list[Form] = [("winners", SVG), ("waiting", SVG), ("winners", PNG)]
Drawn = list[tuple[str, Lang]]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Note every picture that is drawn."""
    found: Drawn = []

    def noting(name: str, picture: Picture) -> Picture:
        def noted(comparison: object, lang: Lang) -> object:
            found.append((name, lang))
            return picture.draw(comparison, lang)  # type: ignore[arg-type]

        return replace(picture, draw=noted)  # type: ignore[arg-type]

    for name, picture in list(FIGURES.items()):
        monkeypatch.setitem(FIGURES, name, noting(name, picture))
    return found


def entries(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.bin"))


def test_kept_pictures_are_the_bytes_of_drawn_ones_and_are_not_drawn_again(tmp_path: Path, drawn: Drawn) -> None:
    fresh = draw(comparison(), "zh", WANTED)
    first = draw(comparison(), "zh", WANTED, Store(tmp_path))
    drawn.clear()

    again = draw(comparison(), "zh", WANTED, Store(tmp_path))

    assert fresh == first == again
    assert not drawn


@pytest.mark.slow
def test_a_picture_is_the_same_bytes_whichever_form_is_written_first() -> None:
    svg, png = ("waiting", SVG), ("waiting", PNG)

    assert draw(comparison(), "en", [svg, png]) == draw(comparison(), "en", [png, svg])
    assert draw(comparison(), "en", [png])[png] == draw(comparison(), "en", [svg, png])[png]


@pytest.mark.slow
@pytest.mark.parametrize("damage", [lambda content: content[:-9], lambda content: content[:90] + b"?" + content[91:]])
def test_a_damaged_picture_is_drawn_again_and_mended(
    damage: Callable[[bytes], bytes], tmp_path: Path, drawn: Drawn
) -> None:
    first = draw(comparison(), "zh", WANTED, Store(tmp_path))
    whole = {path: path.read_bytes() for path in entries(tmp_path)}
    drawn.clear()
    for path, content in whole.items():
        path.write_bytes(damage(content))

    again = draw(comparison(), "zh", WANTED, Store(tmp_path))

    assert again == first
    assert drawn == [("winners", "zh"), ("waiting", "zh")]
    assert {path: path.read_bytes() for path in entries(tmp_path)} == whole


@pytest.mark.slow
def test_a_whole_entry_of_another_kind_is_no_picture(tmp_path: Path, drawn: Drawn) -> None:
    first = draw(comparison(), "zh", WANTED, Store(tmp_path))
    store = Store(tmp_path).quick
    for path in entries(tmp_path):
        store.write(path.parent.name + path.stem, b"not compressed")
    drawn.clear()

    assert draw(comparison(), "zh", WANTED, Store(tmp_path)) == first
    assert drawn


@pytest.mark.slow
def test_another_language_number_label_or_program_draws_anew(
    tmp_path: Path, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, svg = comparison(), [("winners", SVG)]
    cadre = replace(usual.cadres[0], before=usual.cadres[0].before + 1e-12)
    weekly = usual.before.weekly.copy()
    weekly[0, 0, 0, 0] += 1e-12
    draw(usual, "en", svg, Store(tmp_path))
    drawn.clear()

    draw(usual, "zh", svg, Store(tmp_path))
    draw(replace(usual, cadres=(cadre, *usual.cadres[1:])), "en", svg, Store(tmp_path))
    draw(replace(usual, before=replace(usual.before, weekly=weekly)), "en", svg, Store(tmp_path))
    draw(replace(usual, labels={**usual.labels, "role.x": {"zh": "某", "en": "x"}}), "en", svg, Store(tmp_path))
    monkeypatch.setattr("sim.report.pictures.own_program", lambda: "another")
    draw(usual, "en", svg, Store(tmp_path))

    assert drawn == [("winners", "zh"), *[("winners", "en")] * 4]


def test_sources_fonts_and_templates_are_the_program_and_nothing_else_is(tmp_path: Path) -> None:
    for name in ("style.py", "Sans.otf", "page.html.j2", "notes.md"):
        (tmp_path / name).write_bytes(b"1")
    found = {program_fingerprint(tmp_path)}

    for name in ("style.py", "Sans.otf", "page.html.j2", "notes.md"):
        (tmp_path / name).write_bytes(b"2")
        found.add(program_fingerprint(tmp_path))

    assert len(found) == 4


def test_a_saved_comparison_finds_the_pictures_of_the_one_that_was_saved() -> None:
    usual = comparison()

    read_back = comparison_from_data(json.loads(json.dumps(comparison_to_data(usual))))

    assert comparison_hash(read_back) == comparison_hash(usual)


def test_the_quick_store_keeps_the_entries_last_used(tmp_path: Path) -> None:
    store = Store(tmp_path, "quick", most=3)
    for number in range(3):
        store.write(f"{number}0key", b"content")
        os.utime(entries(tmp_path)[number], ns=(number, number))

    assert store.read("00key") == b"content"
    store.write("30key", b"content")

    assert [store.read(f"{number}0key") is not None for number in range(4)] == [True, False, True, True]


def test_a_page_shows_every_picture_and_a_table_none() -> None:
    assert shown_in(["report.html"]) == every_svg()
    assert shown_in(["metrics.csv", "winners.csv", "result.json"]) == []
    assert shown_in(["a/winners.png"]) == [("winners", PNG)]
    assert set(shown_in(SAVED)) == set(every_svg())


def imported(*call: str) -> bool:
    """Make a call in a process of its own, and return whether matplotlib was imported."""
    script = (
        "import sys\n"
        "from sim.cli.main import run\n"
        f"assert run({list(call)!r}) == 0\n"
        "print('matplotlib' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().endswith("True")


def pictures_of(page: Path) -> str:
    return page.read_text("utf-8").partition('<section id="pictures">')[2].partition("</section>")[0]


@pytest.mark.slow
def test_a_call_whose_pictures_are_kept_does_not_import_matplotlib(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "runs"))
    compare = ["compare", str(PLACE), "-n", "2", "-j", "1", "-q", "--lang", "en", "-o"]
    first, again, reported, chinese = (tmp_path / f"{name}.html" for name in ("first", "again", "reported", "chinese"))
    assert run([*compare, str(first)]) == 0

    assert not imported(*compare, str(again))
    assert not imported("report", "--lang", "en", "-o", str(reported))
    assert imported(*compare, str(chinese), "--lang", "zh")

    assert again.read_bytes() == first.read_bytes()
    assert pictures_of(again) == pictures_of(reported) != pictures_of(chinese)


def test_characters_without_a_shape_are_named_in_one_warning(caplog: pytest.LogCaptureFixture) -> None:
    plain = comparison()
    odd = replace(plain, before=replace(plain.before, title={"zh": "\U0002a6a5镇与鄠邑", "en": "\U0002a6a5 town"}))

    with caplog.at_level(logging.WARNING, logger="jianfu"):
        draw(odd, "zh", [("time_budget", SVG), ("time_budget", PNG), ("waiting", SVG)])

    said = [record.msg for record in caplog.records]
    assert len(said) == 1
    assert "\U0002a6a5；" in said[0]["zh"]


def test_a_comparison_with_ordinary_characters_draws_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="jianfu"):
        draw(comparison(), "zh", [("time_budget", SVG)])

    assert not caplog.records
