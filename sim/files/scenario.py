"""Reads a scenario: the file, the files it extends, and `--set`; reports all mistakes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sim.errors import Problem, ScenarioError
from sim.files.extend import read_extended
from sim.files.former import with_former_words
from sim.files.kept import Kept
from sim.files.mistakes import mistakes
from sim.files.node import Node
from sim.files.override import override
from sim.files.soundness import broken_references, broken_references_of_rest, without_repetition
from sim.files.sources import unknown_sources
from sim.scenario.scenario import Scenario
from sim.scenario.scopes import Measured


@dataclass(frozen=True)
class ReadScenario:
    """A scenario together with the text it was read from."""

    scenario: Scenario
    tree: Node
    """The merged nodes, each with the place it was written."""
    path: Path
    former: tuple[Problem, ...] = ()
    """Notices about words of earlier versions that the files still have."""


def read_scenario(path: Path, overrides: Sequence[str] = (), metrics: Mapping[str, Measured] | None = None) -> Scenario:
    """Read the scenario in `path` and apply `overrides` (`levers[one_team].strength=0`, `~obligations.x`).

    A bare value in an extending file or an override replaces the whole quantity: the old range and source do not belong
    to the new number, so the new number has none. `metrics` are the known metrics; if given, claims about
    metrics are checked.

    Raises:
        ScenarioError: the scenario has mistakes; each problem has file, line and column of its key.
    """
    return read_with_places(path, overrides, metrics).scenario


def read_with_places(
    path: Path,
    overrides: Sequence[str] = (),
    metrics: Mapping[str, Measured] | None = None,
    kept: Kept | None = None,
) -> ReadScenario:
    """Read like `read_scenario`, and return the tree of nodes too; texts that were parsed before come from `kept`.

    Raises:
        ScenarioError: the scenario has mistakes; `problems` lists all of them.
    """
    tree, former = with_former_words(read_extended(path, kept))
    tree, problems = override(tree, overrides, Scenario)
    problems += unknown_sources(tree)
    scenario = None
    data = tree.data()
    try:
        scenario = Scenario.model_validate(data)
        problems += broken_references(scenario, tree, metrics)
    except ValidationError as error:
        problems += mistakes(error, tree, Scenario)
        problems += broken_references_of_rest(data, tree, metrics)
    if problems or scenario is None:
        raise ScenarioError(without_repetition(problems))
    return ReadScenario(scenario, tree, path, tuple(former))
