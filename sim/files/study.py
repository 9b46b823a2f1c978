"""Reads `study.yaml`: how a place uses published figures."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from sim.domain.evidence import Evidence
from sim.domain.study import Study
from sim.errors import Problem, ScenarioError
from sim.files.extend import read_extended, scenarios_folder
from sim.files.mistakes import mistakes
from sim.files.node import Node
from sim.files.seeds import FIGURES

STUDY = "study.yaml"
"""Name of the file, in the same folder as the scenarios of a place."""


def place_name(folder: Path) -> str:
    """Return the name of a place: its path under the shipped scenarios (`outside/boe_cap`), else its own path."""
    own, shipped = folder.resolve(), scenarios_folder().resolve()
    return own.relative_to(shipped).as_posix() if own.is_relative_to(shipped) else str(folder)


def read_study(path: Path) -> Study:
    """Read a study and check its form.

    Raises:
        ScenarioError: the study has mistakes; `problems` lists all of them.
    """
    return read_study_with_places(path)[0]


def refuse_unknown(path: Path, study: Study, evidence: Evidence) -> None:
    """Refuse a study with an input that is not in the evidence, or a target that is not a published figure.

    Raises:
        ScenarioError: the message lists all unknown names.
    """
    unknown = [name for name in study.inputs if evidence.find(name) is None]
    figures = [target.figure for target in study.targets] + [one.figure for one in study.untestable]
    unknown += [figure for figure in figures if evidence.published(figure) is None]
    if unknown:
        names = ", ".join(unknown)
        words = {
            "zh": f"seeds 和 {path.parent / FIGURES} 的公布数字中没有：{names}",
            "en": f"no published figure in seeds or in {path.parent / FIGURES}: {names}",
        }
        raise ScenarioError([Problem(words, file=str(path))])


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
