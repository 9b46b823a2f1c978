"""`jianfu runs` lists, shows and deletes saved comparisons, and deletes nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sim.cli.main import run
from sim.experiment.kept.manifest import make_manifest
from sim.experiment.kept.runs import save_run
from sim.experiment.kept.store import Store

OPTIONS = {"only": ["cap_frequency"], "settings": ["policy.home_visit=40 min"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two whole runs and one damaged."""
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "runs"))
    for root, title in enumerate(("first", "second", "third")):
        manifest = make_manifest(before="a", after="b", root=root, replications=20, engine="auto", options=OPTIONS)
        moment = datetime(2025, 3, 1 + root, 12, tzinfo=UTC)
        save_run(tmp_path / "runs", title, manifest, {"result.json": b"{}"}, finished=moment)
    (home(tmp_path / "runs", "third") / "result.json").write_bytes(b"changed")
    return tmp_path / "runs"


def home(folder: Path, title: str) -> Path:
    return next(folder.glob(f"*-{title}"))


def called(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    assert run(["runs", *arguments, "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_line_holds_time_size_options_and_damage(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert run(["runs", "--lang", "en"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [("first" in line, "second" in line, "third" in line) for line in lines] == [
        (False, False, True), (False, True, False), (True, False, False),
    ]  # fmt: skip
    assert "(damaged)" in lines[0]
    assert all("n=20" in line and "MB" in line and line.startswith("2025-03-0") for line in lines)
    assert all("--only cap_frequency  -s 'policy.home_visit=40 min'" in line for line in lines)


def test_the_beginning_of_a_name_shows_a_run(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    name = home(folder, "first").name

    shown = called(capsys, "show", name[:8])["data"]["runs"]

    assert [Path(one["folder"]).name for one in shown] == [name]
    assert shown[0]["whole"] is True


@pytest.mark.parametrize("name", ["nowhere", "", "../..", "/etc"])
def test_a_name_that_fits_no_run_deletes_nothing(capsys: pytest.CaptureFixture[str], folder: Path, name: str) -> None:
    called(capsys, "rm", name, code=2)

    assert len(list(folder.iterdir())) == 3


def test_a_beginning_that_fits_several_runs_is_refused(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    for title in ("one", "two"):
        (folder / f"same-{title}").mkdir()
        (folder / f"same-{title}" / "result.json").touch()

    assert "several" in called(capsys, "rm", "same", "--lang", "en", code=2)["message"]


def test_a_named_run_is_deleted_and_no_other(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    first = home(folder, "first")

    assert called(capsys, "rm", str(first), "--dry-run")["data"]["deleted"] == [str(first)]
    assert first.exists()
    called(capsys, "rm", str(first))

    assert not first.exists()
    assert len(list(folder.iterdir())) == 2


def test_prune_deletes_what_is_damaged_torn_or_outdated(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    store = Store(folder)
    store.write("ab" * 32, b"good")
    store.write("cd" * 32, b"bad")
    own = next(folder.glob("kept/*"))
    bad = next(own.glob("cd/*.bin"))
    bad.write_bytes(bad.read_bytes() + b"!")
    torn, older = own / "ab" / ".x.bin.1234.part", folder / "kept" / "0123456789abcdef" / "ee" / "ff.bin"
    older.parent.mkdir(parents=True)
    for path in (torn, older):
        path.write_bytes(b"rest")
    strange = folder / "notes"
    strange.mkdir()

    deleted = called(capsys, "prune")["data"]["deleted"]

    third = next((place for place in deleted if place.endswith("-third")), "")
    assert set(deleted) == {third, str(bad), str(torn), str(older.parents[1])}
    assert store.read("ab" * 32) == b"good"
    assert strange.exists()
    assert called(capsys, "prune")["data"] == {"deleted": [], "bytes": 0, "dry_run": False}


def test_prune_keeps_the_latest_whole_runs(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    called(capsys, "prune", "--keep", "1")

    assert [path.name.rpartition("-")[2] for path in folder.iterdir()] == ["second"]


def test_a_link_is_deleted_and_not_the_place_behind_it(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "result.json").touch()
    (folder / "linked").symlink_to(elsewhere)

    called(capsys, "rm", "linked")

    assert not (folder / "linked").exists()
    assert (elsewhere / "result.json").exists()


@pytest.mark.parametrize("arguments", [("list", "x"), ("prune", "x"), ("show",), ("rm",), ("list", "--keep", "2")])
def test_arguments_that_do_not_fit_the_action_are_refused(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: tuple[str, ...]
) -> None:
    called(capsys, *arguments, code=2)
