"""Reads `study.yaml`: how a place uses published figures."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from sim.domain.study import Study
from sim.errors import ScenarioError
from sim.files.extend import read_extended, scenarios_folder
from sim.files.mistakes import mistakes
from sim.files.node import Node

STUDY = "study.yaml"
"""Name of the file, in the same folder as the scenarios of a place."""


def place_name(folder: Path) -> str:
    """Return the name of a place: its path under the shipped scenarios (`outside/boe_cap`), else its own path."""
    own, shipped = folder.resolve(), scenarios_folder().resolve()
    if own.is_relative_to(shipped):
        return own.relative_to(shipped).as_posix()
    return str(folder) if folder.name else str(own)


def read_study(path: Path) -> Study:
    """Read a study and check its form.

    Raises:
        ScenarioError: the study has mistakes; `problems` lists all of them.
    """
    return read_study_with_places(path)[0]


def read_study_with_places(path: Path) -> tuple[Study, Node]:
    """Read like `read_study`, and return the tree of nodes too.

    Raises:
        ScenarioError: the study has mistakes; `problems` lists all of them.
    """
    tree = read_extended(path)
    try:
        return Study.model_validate(tree.data()), tree
    except ValidationError as error:
        raise ScenarioError(mistakes(error, tree, Study)) from error
