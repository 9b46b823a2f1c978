"""Reads a scenario: the file and what it extends, `--set` on top, every mistake at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sim.errors import ScenarioError
from sim.files.extend import read_extended
from sim.files.mistakes import mistakes
from sim.files.node import Node
from sim.files.override import override
from sim.files.soundness import broken_references, broken_references_of_rest, without_repetition
from sim.files.sources import unknown_sources
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class ReadScenario:
    """A scenario together with what was written."""

    scenario: Scenario
    tree: Node
    """The merged nodes, each with the file it came from."""
    path: Path


def read_scenario(path: Path, overrides: Sequence[str] = (), metrics: Collection[str] = ()) -> Scenario:
    """Read the scenario in `path`, with `overrides` (`levers[one_team].strength=0`, `~obligations.x`) on top.

    A quantity that is replaced by a bare value, in an extending file or an override, is replaced wholly: its range and
    its source do not belong to the new number, so the source is unknown then. The names of `metrics` are checked where
    they are given.

    Raises:
        ScenarioError: with every mistake found, each with file, line and column of its key.
    """
    return read_with_places(path, overrides, metrics).scenario


def read_with_places(path: Path, overrides: Sequence[str] = (), metrics: Collection[str] = ()) -> ReadScenario:
    """Read as `read_scenario` does, and keep what was written where.

    Raises:
        ScenarioError: with every mistake found.
    """
    tree = read_extended(path)
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
    return ReadScenario(scenario, tree, path)
