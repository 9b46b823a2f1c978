"""`jianfu bench`: work is counted before time is taken, and regressions are found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.cli.main import run
from sim.errors import CheckFailed
from sim.experiment.bench import BenchRow, check_against

SMALL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "base" / "small.yaml"


def row(ratio: float | None = 2.0, tasks: int = 10) -> BenchRow:
    return BenchRow("county", "reference", tasks, 20, 1.0, 10.0, 5.0, ratio)


def recorded(ratio: float = 2.0, tasks: int = 10) -> list[dict[str, object]]:
    return [{"case": "county", "engine": "reference", "tasks": tasks, "events": 20, "ratio_to_reference": ratio}]


@pytest.mark.slow
def test_a_bench_prints_one_row_for_each_case_and_engine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = tmp_path / "rows.json"

    assert run(["bench", str(SMALL), "--rounds", "1", "--engine", "reference", "--json", "-o", str(kept)]) == 0

    rows = json.loads(capsys.readouterr().out)["data"]["rows"]
    assert json.loads(kept.read_text("utf-8"))["rows"] == rows
    wanted = {"case", "engine", "tasks", "seconds", "tasks_per_second", "peak_mb", "ratio_to_reference"}
    assert all(wanted <= set(found) for found in rows)
    assert len({found["tasks"] for found in rows}) == 1


def test_other_work_than_recorded_fails() -> None:
    with pytest.raises(CheckFailed, match="work 11/20 -> 10/20"):
        check_against([row()], recorded(tasks=11))


def test_a_much_smaller_ratio_than_recorded_fails() -> None:
    with pytest.raises(CheckFailed, match="times the reference"):
        check_against([row(ratio=1.0)], recorded())


def test_noise_passes() -> None:
    check_against([row(ratio=1.5), row(ratio=None)], recorded())


def test_what_bench_did_not_write_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")

    assert run(["bench", "--against", str(tmp_path / "x.json"), "--lang", "en"]) == 2
    assert "not written by bench" in capsys.readouterr().err
