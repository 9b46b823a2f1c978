"""Figures are inputs or targets, never both; a scenario that is read can be written and read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError, UsageError
from sim.files.compose import scenario_yaml
from sim.files.dump import canonical_json, scenario_from_json, scenario_hash
from sim.files.extend import scenarios_folder
from sim.files.lint import lint_study
from sim.files.scenario import read_scenario
from sim.files.sheet import write_csv
from sim.files.study import read_study
from sim.files.write import write_bytes, write_json

SCENARIOS = Path(__file__).parents[1] / "fixtures" / "scenarios"
AFTER = SCENARIOS / "place" / "after.yaml"
STUDY = """
title: {zh: 研究, en: study}
place: {zh: 某县, en: a county}
did: {zh: 减少检查, en: fewer inspections}
inputs: [s3_jiayu_max_frequency]
targets:
  - figure: s3_jiayu_inspection_items_cut
    metric: visits_received
    reading: {zh: 次数, en: number of visits}
open_assumptions:
  - {zh: 其余不变, en: all else is as it was}
"""


def study(folder: Path, text: str = STUDY) -> Path:
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    return folder / "study.yaml"


def test_a_study_is_read(tmp_path: Path) -> None:
    read = read_study(study(tmp_path))

    assert read.targets[0].scope == "all"
    assert read.open_assumptions[0].en == "all else is as it was"
    assert lint_study(tmp_path / "study.yaml") == []


def test_mistakes_in_a_study_are_told_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_study(study(tmp_path, STUDY.replace("figure:", "figur:")))

    assert {(problem.key, problem.line) for problem in caught.value.problems} == {
        ("targets[0].figure", 7),
        ("targets[0].figur", 7),
    }


def test_a_figure_nobody_knows_is_told(tmp_path: Path) -> None:
    (problem,) = lint_study(study(tmp_path, STUDY.replace("s3_jiayu_max_frequency", "s3_jiayu_max_frequence")))

    assert problem.key == "inputs[0]"
    assert problem.hint["en"] == "did you mean 's3_jiayu_max_frequency'?"


def test_a_figure_is_not_input_and_target_of_one_study(tmp_path: Path) -> None:
    (problem,) = lint_study(study(tmp_path, STUDY.replace("s3_jiayu_inspection_items_cut", "s3_jiayu_max_frequency")))

    assert (problem.key, problem.line) == ("targets[0].figure", 7)
    assert "study.yaml:5" in problem.message["en"]


def test_a_figure_that_a_scenario_uses_is_no_target(tmp_path: Path) -> None:
    scenario = "extends: jianfu:base/county.yaml\ntitle: {zh: x, en: x}\nlevers:\n  - lever: cull\n"
    (tmp_path / "after.yaml").write_text(scenario + "    source: s3_jiayu_inspection_items_cut\n", encoding="utf-8")

    (problem,) = lint_study(study(tmp_path))

    assert "after.yaml:5" in problem.message["en"]


def test_a_level_is_an_input_like_a_figure_and_never_a_target(tmp_path: Path) -> None:
    both = STUDY.replace("s3_jiayu_max_frequency", "villages_2020")

    assert lint_study(study(tmp_path, both)) == []
    told = lint_study(study(tmp_path, both.replace("s3_jiayu_inspection_items_cut", "villages_2020")))

    assert {problem.key for problem in told} == {"targets[0].figure"}
    assert any("is a level" in problem.message["en"] for problem in told)
    assert any("study.yaml:5" in problem.message["en"] for problem in told)


def test_a_claim_about_a_figure_that_goes_in_is_told(tmp_path: Path) -> None:
    claim = "claims:\n  - {name: NAME, holds: [{metric: visits_received}], reading: {zh: 读, en: read}}\n"

    assert lint_study(study(tmp_path, STUDY + claim)) == []
    (problem,) = lint_study(study(tmp_path, STUDY + claim.replace("NAME", "s3_jiayu_max_frequency")))

    assert problem.key == "claims[0].name"


def test_an_input_that_sets_nothing_is_told(tmp_path: Path) -> None:
    scenario = "extends: jianfu:base/county.yaml\ntitle: {zh: x, en: x}\nlevers:\n  - lever: cull\n"
    (tmp_path / "after.yaml").write_text(scenario + "    source: s4_nanyang_reductions\n", encoding="utf-8")

    (problem,) = lint_study(study(tmp_path, STUDY.replace("s3_jiayu_max_frequency", "s4_henan_directories")))

    assert problem.key == "inputs[0]"
    assert "names it as its source" in problem.message["en"]


@pytest.mark.parametrize("name", ["place/before.yaml", "place/after.yaml", "base/small.yaml"])
def test_a_scenario_written_as_json_reads_back(name: str) -> None:
    scenario = read_scenario(SCENARIOS / name, ["run.root=7"])

    assert scenario_from_json(canonical_json(scenario)) == scenario


@pytest.mark.parametrize(
    "name", ["place/after.yaml", "base/small.yaml", pytest.param("jiayu/after.yaml", marks=pytest.mark.slow)]
)
def test_a_scenario_written_as_yaml_reads_back(name: str, tmp_path: Path) -> None:
    folder = scenarios_folder() if name.startswith("jiayu") else SCENARIOS
    scenario = read_scenario(folder / name, ["title.zh='１２'", "title.en='2024-01-01 \\e: #'"])
    path = tmp_path / "written.yaml"
    path.write_text(scenario_yaml(scenario), encoding="utf-8")

    assert read_scenario(path) == scenario


def test_a_date_survives_being_written() -> None:
    scenario = read_scenario(AFTER, ["levers[one_team].starts=2024-07-01"])

    assert scenario_from_json(canonical_json(scenario)) == scenario


def test_the_hash_tells_what_is_simulated() -> None:
    scenario = read_scenario(AFTER)

    assert scenario_hash(read_scenario(AFTER, ["title.en=other"])) == scenario_hash(scenario)
    assert scenario_hash(read_scenario(AFTER, ["levers[one_team].strength=0.4"])) != scenario_hash(scenario)
    assert len(scenario_hash(scenario)) == 64


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "result.json"
    write_json(path, {"b": 0.1, "a": [1]})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        write_json(path, {"b": 2})

    assert path.read_text() == '{\n  "a": [\n    1\n  ],\n  "b": 0.1\n}\n'
    assert [file.name for file in path.parent.iterdir()] == ["result.json"]


def test_a_name_that_windows_reserves_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Windows"):
        write_bytes(tmp_path / "nul.json", b"")


def test_a_table_has_a_mark_for_spreadsheets(tmp_path: Path) -> None:
    write_csv(tmp_path / "table.csv", ["角色"], [["村干部"]])

    assert (tmp_path / "table.csv").read_bytes() == b"\xef\xbb\xbf" + "角色\n村干部\n".encode()
