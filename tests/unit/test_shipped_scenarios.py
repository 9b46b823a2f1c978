"""The shipped scenarios have no mistakes, and every number has a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from sim.domain.evidence import Evidence
from sim.files.lint import lint_sources, lint_study
from sim.files.scenario import read_scenario
from sim.files.seeds import read_evidence, seeds_folder
from sim.files.study import read_study
from sim.metrics.table import METRICS
from sim.scenario.apply import apply_levers, named_levers

ROOT = Path(__file__).parents[2] / "scenarios"
SCENARIOS = sorted(path for path in ROOT.rglob("*.yaml") if path.name != "study.yaml")
IN_A_MINUTE = {"base", "jiayu"}
"""Folders whose files are read in `make fast` too."""
STUDIES = sorted(ROOT.rglob("study.yaml"))
OUTSIDE = ROOT / "outside"
"""Folder of the reforms outside the five articles, one folder for each outcome of the registry."""


def some_slow(paths: Iterable[Path]) -> list[Any]:
    """Return the paths as parameters of a test, those of other folders than `IN_A_MINUTE` marked slow."""
    return [pytest.param(path, marks=() if path.parent.name in IN_A_MINUTE else pytest.mark.slow) for path in paths]


@pytest.mark.parametrize("path", some_slow(SCENARIOS), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_number_of_a_shipped_scenario_names_its_source(path: Path) -> None:
    read_scenario(path, (), METRICS)

    assert [problem.render("en") for problem in lint_sources(path)] == []


@pytest.mark.parametrize("path", some_slow(STUDIES), ids=lambda path: path.parent.name)
def test_no_figure_of_a_study_is_both_input_and_target(path: Path) -> None:
    assert [problem.render("en") for problem in lint_study(path, METRICS)] == []


@pytest.mark.parametrize(
    "path",
    some_slow(path for path in STUDIES if (path.parent / "after.yaml").exists()),
    ids=lambda path: path.parent.name,
)
def test_each_lever_of_a_place_can_be_pulled_alone(path: Path) -> None:
    after = read_scenario(path.parent / "after.yaml")
    untouched = after.regime

    for name in named_levers(after):
        assert apply_levers(after, [name]) != untouched


NO_PLACES = {"base", "outside", "scale", "ways_to_inspect"}
"""Folders that several places extend, or that compare sizes or ways of one measure; no article is about them."""


def test_every_place_has_before_after_and_study() -> None:
    places = [folder for folder in ROOT.iterdir() if folder.is_dir() and folder.name not in NO_PLACES]

    assert places
    assert all({"before.yaml", "after.yaml", "study.yaml"} <= {f.name for f in place.iterdir()} for place in places)


# --- reforms outside the five articles ----------------------------------------------------


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence(seeds_folder())


def test_every_outcome_of_the_registry_has_a_folder_and_a_line_of_the_table(evidence: Evidence) -> None:
    folders = {folder.name for folder in OUTSIDE.iterdir() if folder.is_dir()}
    table = re.findall(r"^\| `(\w+)` \|", (OUTSIDE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert folders == {*evidence.outcomes}
    assert table == [*evidence.outcomes]


@pytest.mark.parametrize("folder", sorted(path.parent for path in OUTSIDE.glob("*/study.yaml")), ids=lambda f: f.name)
def test_each_published_number_of_an_outcome_is_forecast_put_in_or_said_to_be_neither(
    folder: Path, evidence: Evidence
) -> None:
    study = read_study(folder / "study.yaml")
    whys = {one.figure: one.why for one in study.untestable}
    used = [*dict.fromkeys(target.figure for target in study.targets), *whys]
    used += [name for name in study.inputs if evidence.published(name)]

    assert sorted(used) == sorted(evidence.outcomes[folder.name].results())
    if not (folder / "before.yaml").exists():
        assert not study.targets
        assert all(why.zh.startswith("今天写不出来") and why.en.startswith("Not expressible") for why in whys.values())
