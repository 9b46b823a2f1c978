"""The shipped scenarios have no mistakes, and every number has a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.files.lint import lint_sources, lint_study
from sim.files.scenario import read_scenario
from sim.metrics.table import METRICS
from sim.scenario.apply import apply_levers, named_levers

ROOT = Path(__file__).parents[2] / "scenarios"
SCENARIOS = sorted(path for path in ROOT.rglob("*.yaml") if path.name != "study.yaml")
STUDIES = sorted(ROOT.rglob("study.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_number_of_a_shipped_scenario_names_its_source(path: Path) -> None:
    read_scenario(path, (), METRICS)

    assert [problem.render("en") for problem in lint_sources(path)] == []


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.parent.name)
def test_no_figure_of_a_study_is_both_input_and_target(path: Path) -> None:
    assert [problem.render("en") for problem in lint_study(path)] == []


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.parent.name)
def test_each_lever_of_a_place_can_be_pulled_alone(path: Path) -> None:
    after = read_scenario(path.parent / "after.yaml")
    untouched = after.regime

    for name in named_levers(after):
        assert apply_levers(after, [name]) != untouched


NO_PLACES = {"base", "scale", "ways_to_inspect"}
"""Folders that several places extend, or that compare sizes or ways of one measure; no article is about them."""


def test_every_place_has_before_after_and_study() -> None:
    places = [folder for folder in ROOT.iterdir() if folder.is_dir() and folder.name not in NO_PLACES]

    assert places
    assert all({"before.yaml", "after.yaml", "study.yaml"} <= {f.name for f in place.iterdir()} for place in places)
