"""Reads `study.yaml`: how published figures are used for a place."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from sim.domain.study import Study
from sim.errors import ScenarioError
from sim.files.extend import read_extended
from sim.files.mistakes import mistakes
from sim.files.node import Node

STUDY = "study.yaml"
"""Name of the file beside the scenarios of a place."""


def read_study(path: Path) -> Study:
    """Read and check the form of a study.

    Raises:
        ScenarioError: with every mistake found.
    """
    return read_study_with_places(path)[0]


def read_study_with_places(path: Path) -> tuple[Study, Node]:
    """Read as `read_study` does, and keep what was written where.

    Raises:
        ScenarioError: with every mistake found.
    """
    tree = read_extended(path)
    try:
        return Study.model_validate(tree.data()), tree
    except ValidationError as error:
        raise ScenarioError(mistakes(error, tree, Study)) from error
