"""The commands that simulate: their output, their files, their exit codes."""

from __future__ import annotations

import json
import logging
import re
import shutil
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from sim.cli.language import speak
from sim.cli.main import run
from sim.cli.output import Output, hearing

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"


@pytest.fixture(autouse=True)
def runs_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the results of all tests of this module in one folder, so that years are simulated once."""
    folder = tmp_path_factory.getbasetemp() / "shared-runs"
    monkeypatch.setenv("JIANFU_RUNS", str(folder))
    return folder


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def compare(*more: str) -> int:
    return run(["compare", str(PLACE), "-n", "3", "-j", "1", *more])


@pytest.mark.slow
def test_compare_prints_the_promised_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("--json") == 0

    told = document(capsys)
    assert (told["schema"], told["ok"]) == (1, True)
    wanted = {
        "metric", "unit", "scope", "before", "after", "difference", "low", "high", "n", "better", "share_better",
        "share_worse",
    }  # fmt: skip
    assert all(wanted <= set(row) for row in told["data"]["metrics"])
    assert told["data"]["twin_check"]["changed"] == 0
    assert told["data"]["manifest"]["replications"] == 3
    assert "correlation" in told["data"]


@pytest.mark.slow
def test_compare_leaves_a_whole_run_with_report_pictures_and_tables(
    capsys: pytest.CaptureFixture[str], runs_folder: Path
) -> None:
    assert compare() == 0

    ended = capsys.readouterr().err.strip().splitlines()[-1]
    home = next(runs_folder.glob("*/manifest.json")).parent
    assert str(home) in ended
    assert "jianfu report" in ended
    assert {path.name for path in home.iterdir()} == {
        "manifest.json",
        "result.json",
        "metrics.csv",
        "report.html",
        "pictures",
    }
    assert len(list((home / "pictures").glob("*.svg"))) == len(list((home / "pictures").glob("*.csv"))) >= 6

    assert run(["runs", "--json"]) == 0
    assert document(capsys)["data"]["runs"][0]["whole"] is True


@pytest.mark.slow
def test_a_saved_run_is_reported_again_in_english(
    capsys: pytest.CaptureFixture[str], runs_folder: Path, tmp_path: Path
) -> None:
    compare("-q")
    home = next(runs_folder.glob("*/manifest.json")).parent

    assert (
        run(
            ["report", str(home), "--lang", "en", "-o", str(tmp_path / "page.html"), "-o", str(tmp_path / "forest.png")]
        )
        == 0
    )

    page = (tmp_path / "page.html").read_text("utf-8")
    assert '<html lang="en"' in page
    assert "Test county: before" in page
    assert (tmp_path / "forest.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_saved_run_is_reported_as_it_was_compared_and_not_if_it_was_changed(
    capsys: pytest.CaptureFixture[str], runs_folder: Path, tmp_path: Path
) -> None:
    assert compare("-q", "--lang", "en", "-o", str(tmp_path / "first.html"), "-o", str(tmp_path / "waiting.svg")) == 0
    home = next(runs_folder.glob("*/manifest.json")).parent
    shutil.rmtree(runs_folder / "quick")

    outputs = ["-o", str(tmp_path / "again.html"), "-o", str(tmp_path / "again" / "waiting.svg")]
    assert run(["report", str(home), "--lang", "en", *outputs]) == 0

    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "first.html").read_bytes()
    assert (tmp_path / "again" / "waiting.svg").read_bytes() == (tmp_path / "waiting.svg").read_bytes()

    result = home / "result.json"
    text = result.read_text("utf-8")
    digit = re.search(r'"after": \d', text)
    assert digit is not None
    other = str((int(text[digit.end() - 1]) + 1) % 10)
    result.write_text(text[: digit.end() - 1] + other + text[digit.end() :], "utf-8")

    assert run(["report", str(home), "-o", str(tmp_path / "changed.html")]) == 2
    assert str(result) in capsys.readouterr().err
    assert not (tmp_path / "changed.html").exists()

    result.write_text(text, "utf-8")
    (home / "manifest.json").write_text("{", "utf-8")
    assert run(["report", str(home), "-o", str(tmp_path / "changed.html")]) == 2
    assert "manifest.json" in capsys.readouterr().err


def test_a_dry_run_simulates_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert compare("--dry-run", "-o", str(tmp_path / "x.html")) == 0

    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claim", "code"),
    [("visits_received[village_cadre] < 0", 1), ("visits_received[village_cadre] > 0", 0)],
)
def test_a_forbidden_claim_that_holds_ends_with_one(claim: str, code: int) -> None:
    assert compare("-q", "--fail-if", claim) == code


@pytest.mark.slow
def test_an_expectation_that_fails_ends_with_one_and_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = tmp_path / "scenarios"
    for source in PLACE.parent.rglob("*.yaml"):
        copy = place / source.relative_to(PLACE.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text("utf-8"), "utf-8")
    after = place / "place" / "after.yaml"
    after.write_text(
        after.read_text("utf-8") + "expect:\n  - {metric: visits_received, scope: village_cadre, above: 0.0}\n"
    )

    assert run(["compare", str(place / "place"), "-n", "3", "-j", "1", "--lang", "en"]) == 1
    assert "expectation fails: visits_received[village_cadre]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["compare", str(PLACE / "before.yaml")], "before.yaml"),
        (["compare", str(PLACE.parent)], "missing"),
        (["compare", str(PLACE), "--only", "one_teem"], "one_team"),
        (["compare", str(PLACE), "--fail-if", "nonsense"], "cannot read"),
        (["compare", str(PLACE), "--precision", "none"], "2%"),
        (["compare", str(PLACE), "-s", "levers[one_team].strenth=1"], "strength"),
        (["compare", str(PLACE), "-n", "3", "-j", "1", "-o", "drawing.xyz"], "forest"),
        (["run", str(PLACE / "before.yaml"), "-n", "1", "-j", "1", "-o", "x.txt"], ".csv"),
        (["report", "nowhere"], "jianfu compare"),
        (["trace", str(PLACE), "--unit", "village.99"], "village.99"),
    ],
)
def test_a_wrong_call_says_what_to_do_and_ends_with_two(
    call: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*call, "--lang", "en"]) == 2

    assert words in capsys.readouterr().err


def test_run_tells_means_and_intervals(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["run", str(PLACE / "before.yaml"), "-n", "3", "-j", "1", "--json", "-o", str(tmp_path / "m.csv")]) == 0

    rows = document(capsys)["data"]["metrics"]
    formality = next(row for row in rows if (row["metric"], row["scope"]) == ("formality_hours", "village_cadre"))
    assert formality["low"] < formality["mean"] < formality["high"]
    assert (tmp_path / "m.csv").read_text("utf-8-sig").startswith("metric,scope,mean,low,high,n")


def test_trace_lists_a_week_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["trace", str(PLACE), "--unit", "village.01", "--cadre", "member.01", "--week", "10"]

    assert run([*call, "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert run([*call, "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "改革前" in chinese
    assert "before" in english
    assert len(chinese.splitlines()) == len(english.splitlines()) > 20


def test_the_number_of_workers_is_not_ours_to_give_on_a_lasting_cluster(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("--cluster", "tcp://127.0.0.1:1", "--lang", "en") == 2

    assert "leave out -j" in capsys.readouterr().err


def test_what_is_said_on_another_thread_is_told_in_the_language_of_the_call(
    capsys: pytest.CaptureFixture[str],
) -> None:
    speak(["--lang", "en"])
    said = {"zh": "正在编译", "en": "compiling"}

    with hearing(Output()):
        thread = Thread(target=logging.getLogger("jianfu").info, args=(said,))
        thread.start()
        thread.join()
    logging.getLogger("jianfu").info(said)

    assert capsys.readouterr().err == "compiling\n"
