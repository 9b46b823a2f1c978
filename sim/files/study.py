"""Reads `study.yaml`: how published figures are used for a place."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from sim.domain.evidence import Evidence
from sim.domain.study import Study
from sim.errors import Problem, ScenarioError
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


def refuse_unknown(path: Path, study: Study, evidence: Evidence) -> None:
    """Refuse a study that names what is not in `seeds/`, or asks that a level come out, which no article promised.

    Raises:
        ScenarioError: naming all of them.
    """
    unknown = [name for name in study.inputs if evidence.find(name) is None]
    figures = [target.figure for target in study.targets] + [one.figure for one in study.untestable]
    unknown += [figure for figure in figures if figure not in evidence.figures]
    if unknown:
        names = ", ".join(unknown)
        words = {"zh": f"seeds 的公布数字中没有：{names}", "en": f"no published figure in seeds: {names}"}
        raise ScenarioError([Problem(words, file=str(path))])


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
