"""A command rebuilds the gallery, and finds a change in its sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.cli.main import run

PLACES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "scenarios").glob("*/study.yaml"))


@pytest.mark.slow
def test_a_changed_sentence_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "runs"))
    folder = tmp_path / "gallery"
    call = ["gallery", "haimen", "-n", "2", "-j", "1", "-q", "--lang", "en", "-o", str(folder)]

    assert run(call) == 0
    assert {path.name for path in folder.iterdir()} == {"gallery.json", "haimen.zh.png", "haimen.en.png"}
    assert run([*call, "--check"]) == 0

    kept = json.loads((folder / "gallery.json").read_text("utf-8"))
    kept["haimen"]["en"][1] = "Something else."
    (folder / "gallery.json").write_text(json.dumps(kept), "utf-8")
    capsys.readouterr()
    assert run([*call, "--check"]) == 1
    assert "haimen" in capsys.readouterr().err


@pytest.mark.slow
def test_without_a_kept_gallery_there_is_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "runs"))

    assert run(["gallery", "haimen", "-n", "1", "-j", "1", "-q", "--lang", "en", "--check", "-o", str(tmp_path)]) == 2
    assert "run jianfu gallery" in capsys.readouterr().err


@pytest.mark.golden
@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_the_committed_gallery_still_says_what_comes_out(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "runs"))
    committed = Path(__file__).parents[2] / "reports" / "gallery"

    assert run(["gallery", place, "-n", "6", "-j", "1", "-q", "--check", "-o", str(committed)]) == 0


def test_the_gallery_shows_every_place() -> None:
    kept = json.loads((Path(__file__).parents[2] / "reports" / "gallery" / "gallery.json").read_text("utf-8"))

    assert sorted(kept) == PLACES
