"""Simulated years are saved and found again, exactly; damaged ones are simulated again."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import zlib
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import sim
from sim.domain.organisation import Organisation
from sim.errors import UsageError
from sim.experiment.comparison import TwinCheck, YearPair
from sim.experiment.kept.manifest import canonical_text, code_fingerprint, make_manifest, outcome_key
from sim.experiment.kept.packing import pack_outcome, unpack_outcome
from sim.experiment.kept.record import comparison_hash, comparison_to_data
from sim.experiment.kept.runs import is_whole, list_runs, run_name, save_run
from sim.experiment.kept.shelves import PairShelf, YearKeys, YearShelf
from sim.experiment.kept.store import Store, runs_folder
from sim.experiment.replicate import replicate
from sim.metrics.definitions import WAIT_EDGES_HOURS
from sim.metrics.outcome import Outcome
from tests.comparisons import comparison

KEY = "0123456789abcdef"
FIRST = YearKeys(regime="before", code="code", root=1, engine="reference")
SECOND = YearKeys(regime="after", code="code", root=1, engine="reference")
MANIFEST = make_manifest(before="a", after="b", root=1, replications=20, engine="reference", code="c")


def outcome(seed: int = 0) -> Outcome:
    rng = np.random.default_rng(seed)
    return Outcome(
        values={("formality_hours", "all"): 0.1 + seed, ("waiting", "窗口"): float("nan"), ("x", "y"): 5e-324},
        hours=rng.random((2, 9)),
        weekly=rng.random((2, 53, 9)),
        weekly_overtime=rng.random((2, 53)),
        cadre_hours=rng.random(5),
        waits=rng.integers(0, 9, len(WAIT_EDGES_HOURS)),
        work={"activities": 2**70, "events": 7},
        splits={("formality_hours", "post:village/secretary"): 0.2 + seed},
    )


def same(one: Outcome, other: Outcome) -> bool:
    """Return whether two outcomes are equal to the last bit."""
    plain = list(one.values) == list(other.values) and one.work == other.work and one.splits == other.splits
    numbers = np.array(list(one.values.values())).tobytes() == np.array(list(other.values.values())).tobytes()
    return plain and numbers and all(_same_array(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))


def _same_array(one: Any, other: Any) -> bool:
    if not isinstance(one, np.ndarray):
        return True
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def entry(store: Store) -> Path:
    (path,) = store.folder.rglob("*.bin")
    return path


def test_an_outcome_comes_back_to_the_last_bit() -> None:
    assert same(unpack_outcome(pack_outcome(outcome())), outcome())


def test_the_same_outcome_is_the_same_bytes() -> None:
    assert pack_outcome(outcome()) == pack_outcome(outcome())
    assert pack_outcome(outcome()) != pack_outcome(outcome(1))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    values=st.dictionaries(st.tuples(st.text(), st.text()), st.floats()),
    hours=arrays.arrays(np.float64, arrays.array_shapes(min_dims=2, max_dims=2, min_side=0)),
    work=st.dictionaries(st.text(), st.integers()),
)
def test_any_outcome_comes_back(values: dict[Any, float], hours: Any, work: dict[str, int]) -> None:
    some = outcome()
    odd = Outcome(values, hours.T, some.weekly[:, ::2], some.weekly_overtime, some.cadre_hours[:0], some.waits, work)

    assert same(unpack_outcome(pack_outcome(odd)), odd)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", pickle.dumps(outcome()), pack_outcome(outcome())[:-30]])
def test_other_bytes_are_no_outcome(content: bytes) -> None:
    with pytest.raises(ValueError, match="not an outcome"):
        unpack_outcome(content)


class Trap:
    """An object whose pickle would run code when read."""

    def __init__(self, sprung: Path) -> None:
        self.sprung = sprung

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.sprung,)


def test_nothing_in_an_entry_can_run(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with np.load(io.BytesIO(pack_outcome(outcome()))) as archive:
        trap = np.array([Trap(tmp_path / "sprung")], dtype=object)
        np.savez(stream, **{**archive, "hours": trap})

    with pytest.raises(ValueError, match="not an outcome"):
        unpack_outcome(stream.getvalue())

    assert not (tmp_path / "sprung").exists()


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    store = Store(tmp_path)

    store.save_outcome(KEY, outcome())
    found = Store(tmp_path).load_outcome(KEY)

    assert found is not None
    assert same(found, outcome())
    assert store.load_outcome("f" + KEY) is None


@pytest.mark.parametrize("place", [0, 12, 73, 74, 500, -1])
def test_an_entry_with_one_wrong_bit_is_not_trusted(tmp_path: Path, place: int) -> None:
    store = Store(tmp_path)
    store.save_outcome(KEY, outcome())
    content = bytearray(entry(store).read_bytes())
    content[place] ^= 1

    entry(store).write_bytes(content)

    assert store.load_outcome(KEY) is None


@pytest.mark.parametrize("length", [0, 9, 73, 74, 100, 1000])
def test_a_torn_entry_is_not_trusted(tmp_path: Path, length: int) -> None:
    store = Store(tmp_path)
    store.save_outcome(KEY, outcome())

    entry(store).write_bytes(entry(store).read_bytes()[:length])

    assert store.load_outcome(KEY) is None


def test_whole_entries_of_another_kind_are_not_trusted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(KEY, b"[1, 2]")

    assert store.load_outcome(KEY) is None
    assert store.load_numbers(KEY) is None


def test_a_comparison_comes_back_to_the_last_bit_with_its_mappings_in_order(tmp_path: Path) -> None:
    usual = comparison()
    store = Store(tmp_path)

    store.save_comparison(KEY, usual)
    found = store.load_comparison(KEY)

    assert found is not None
    assert comparison_hash(found) == comparison_hash(usual)
    assert json.dumps(comparison_to_data(found)) == json.dumps(comparison_to_data(usual))


@pytest.mark.parametrize("content", [b"", b"{}", zlib.compress(b"{}"), zlib.compress(b'{"schema": 1}')])
def test_other_bytes_are_no_comparison(content: bytes, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(KEY, content)

    assert store.load_comparison(KEY) is None


def test_an_entry_under_the_key_of_another_is_ignored(tmp_path: Path) -> None:
    store = Store(tmp_path)
    keys = ["a" * 64, "b" * 64]
    for key in keys:
        store.write(key, key.encode())
    paths = [next(tmp_path.rglob(f"{key[2:]}.bin")) for key in keys]

    paths[0].write_bytes(paths[1].read_bytes())

    assert store.read(keys[0]) is None
    assert store.read(keys[1]) == keys[1].encode()


def test_a_damaged_year_is_simulated_again_and_mended(tmp_path: Path) -> None:
    shelf = YearShelf(Store(tmp_path), FIRST)
    ran: list[int] = []

    def year(replication: int) -> Outcome:
        ran.append(replication)
        return outcome(replication)

    list(replicate(year, range(3), store=shelf))
    next(iter(tmp_path.rglob("*.bin"))).write_bytes(b"torn")
    again = list(replicate(year, range(3), store=shelf))
    list(replicate(year, range(3), store=shelf))

    assert len(ran) == 4
    assert all(same(found, outcome(replication)) for replication, found in enumerate(again))


def test_a_pair_is_found_only_when_both_years_and_their_twin_check_are(tmp_path: Path) -> None:
    shelf = PairShelf(Store(tmp_path), FIRST, SECOND, touched=("obligations.report",))
    shelf.save(4, YearPair(outcome(1), outcome(2), TwinCheck(compared=10, changed=1)))

    found = shelf.load(4)

    assert found is not None
    assert (same(found.before, outcome(1)), same(found.after, outcome(2))) == (True, True)
    assert found.twin_check == TwinCheck(compared=10, changed=1)
    assert shelf.load(5) is None
    assert PairShelf(shelf.store, FIRST, SECOND).load(4) is None
    for kept in tmp_path.rglob("*.bin"):
        content = kept.read_bytes()
        kept.unlink()
        assert shelf.load(4) is None
        kept.write_bytes(content)


def test_the_years_of_a_pair_serve_other_comparisons(tmp_path: Path) -> None:
    PairShelf(Store(tmp_path), FIRST, SECOND).save(4, YearPair(outcome(1), outcome(2), TwinCheck(1, 0)))

    found = YearShelf(Store(tmp_path), SECOND).load(4)

    assert found is not None
    assert same(found, outcome(2))


def test_everything_a_year_depends_on_is_in_its_name() -> None:
    known: dict[str, Any] = {"regime": "r", "code": "c", "root": 1, "replication": 2, "engine": "reference"}
    others = [{**known, name: value} for name, value in zip(known, ["s", "d", 2, 3, "compiled"], strict=True)]

    assert len({outcome_key(**each) for each in [known, *others]}) == 6


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_without_permission_is_a_trouble_to_report_and_no_failure(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    results = list(replicate(outcome, range(2), store=YearShelf(Store(tmp_path), FIRST)))

    assert len(results) == 2


def test_a_folder_that_cannot_be_written_is_a_trouble_to_report_and_no_failure(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file stands where the folder should be")
    store = Store(tmp_path / "runs")

    results = list(replicate(outcome, range(2), store=YearShelf(store, FIRST)))

    assert same(results[1], outcome(1))
    assert store.trouble is not None
    assert "无法写入" in store.trouble.render("zh")


def test_a_full_disk_is_a_trouble_to_report_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def no_space(handle: int) -> None:
        tried.append(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    store = Store(tmp_path)

    results = list(replicate(outcome, range(3), store=YearShelf(store, FIRST)))

    assert len(results) == 3
    assert len(tried) == 1
    assert "No space left" in str(store.trouble)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_folder_of_results_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert runs_folder({}) == Path("reports/runs")
    assert runs_folder({"JIANFU_RUNS": "elsewhere"}) == Path("elsewhere")

    monkeypatch.setenv("JIANFU_RUNS", "chosen")
    assert runs_folder() == Path("chosen")


def test_a_run_is_listed_once_its_manifest_is_there(tmp_path: Path) -> None:
    early, late = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
    first = save_run(tmp_path, "Jiayu: quarterly", MANIFEST, {"rows.csv": b"1"}, finished=late)
    second = save_run(tmp_path, "嘉鱼县", MANIFEST, {"rows.csv": b"2"}, finished=early)
    torn = save_run(tmp_path, "torn", MANIFEST, {"rows.csv": b"3"})
    (torn / "manifest.json").unlink()

    runs = list_runs(tmp_path)

    assert [run.folder for run in runs] == [first, second]
    assert first.name.endswith("-jiayu-quarterly")
    assert second.name.endswith("-嘉鱼县")
    assert runs[0].manifest["finished"] == "2025-04-01T00:00:00+00:00"
    assert all(is_whole(run) for run in runs)
    (first / "rows.csv").write_bytes(b"9")
    assert not is_whole(runs[0])
    (second / "rows.csv").unlink()
    assert not is_whole(runs[1])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": 3}', b"\xff\xfe"])
def test_a_torn_manifest_is_no_run(tmp_path: Path, content: bytes) -> None:
    home = save_run(tmp_path, "one", MANIFEST, {})

    (home / "manifest.json").write_bytes(content)

    assert list_runs(tmp_path) == ()
    assert list_runs(tmp_path / "nowhere") == ()


def test_the_manifest_is_written_after_everything_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there: list[str] = []
    monkeypatch.setattr(
        "sim.experiment.kept.runs.write_json", lambda path, _: there.extend(p.name for p in path.parent.iterdir())
    )

    save_run(tmp_path, "one", MANIFEST, {"z.csv": b"", "a.html": b""})

    assert sorted(there) == ["a.html", "z.csv"]


def test_the_same_run_has_the_same_folder_and_another_one_has_not(tmp_path: Path) -> None:
    other = make_manifest(before="a", after="b", root=2, replications=20, engine="reference", code="c")

    assert run_name("one", MANIFEST) == run_name("one", dict(reversed(MANIFEST.items())))
    assert run_name("one", MANIFEST) == run_name("Ｏｎｅ！", MANIFEST)
    assert run_name("one", MANIFEST) != run_name("one", other)
    assert save_run(tmp_path, "one", MANIFEST, {}) == save_run(tmp_path, "one", MANIFEST, {"a": b""})


@pytest.mark.parametrize("title", ["../../etc", "a/b\\c", "=cmd|x", "\x1b[31mred", "con", "", "  ", "长" * 300])
def test_a_title_cannot_leave_the_folder_or_break_its_name(title: str) -> None:
    name = run_name(title, MANIFEST)

    assert Path(name).name == name
    assert len(name) < 60
    assert all(part.isalnum() or part in "-_" for part in name)


def test_a_run_that_cannot_be_written_is_a_clean_message(tmp_path: Path) -> None:
    (tmp_path / "runs").touch()

    with pytest.raises(UsageError, match="cannot write"):
        save_run(tmp_path / "runs", "one", MANIFEST, {"a": b""})


def test_a_manifest_says_what_was_run_and_nothing_of_when_or_where() -> None:
    manifest = make_manifest(before="a", after="b", root=1, replications=20, engine="reference", options={"p": 0.02})

    assert manifest["version"] == sim.__version__
    assert manifest["scenarios"]["before"] != manifest["scenarios"]["after"]
    assert manifest["code"] == code_fingerprint()
    assert (manifest["root"], manifest["replications"], manifest["engine"]) == (1, 20, "reference")
    assert manifest["libraries"]["numpy"] == np.__version__
    assert str(Path.cwd()) not in str(manifest)
    assert manifest == make_manifest(
        before="a", after="b", root=1, replications=20, engine="reference", options={"p": 0.02}
    )


@pytest.mark.parametrize("change", ["plan/year.py", "engine/new.py", "units.py", "experiment/twins.py"])
def test_a_change_of_code_that_counts_changes_the_fingerprint(tmp_path: Path, change: str) -> None:
    for name in ["plan/year.py", "units.py", "experiment/twins.py", "report/page.py"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("pass\n")
    before = code_fingerprint(tmp_path)

    (tmp_path / "report/page.py").write_text("changed\n")
    (tmp_path / "plan/notes.txt").write_text("no code\n")
    unchanged = code_fingerprint(tmp_path)
    (tmp_path / change).parent.mkdir(exist_ok=True)
    (tmp_path / change).write_text("changed\n")

    assert unchanged == before
    assert code_fingerprint(tmp_path) != before


def test_the_canonical_text_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "from sim.experiment.kept.manifest import canonical_text, text_hash\n"
        "from sim.domain.organisation import Organisation\n"
        "roles = {name: {'zh': name, 'en': name} for name in ('b', 'a')}\n"
        "print(text_hash(canonical_text(Organisation.model_validate({'roles': roles, 'units': {}}))))\n"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(hashes) == 1


def test_different_values_have_different_canonical_texts() -> None:
    roles = {name: {"zh": name, "en": name} for name in ("b", "a")}

    one = Organisation.model_validate({"roles": roles, "units": {}})
    other = Organisation.model_validate({"roles": {"b": roles["b"]}, "units": {}})

    assert canonical_text(one) != canonical_text(other)
