"""Reads `seeds/`: articles, figures, baselines and outcomes; reports every mistake with its file and line."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import to_json
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from sim.domain.evidence import (
    Article,
    Baseline,
    BudgetCell,
    Evidence,
    Figure,
    Quarantined,
    Seasonality,
    SourceRecord,
)
from sim.domain.frozen import Frozen
from sim.domain.published import PublishedOutcome
from sim.errors import Problem, ScenarioError
from sim.files.kept import Kept, parsed_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

Record = Article | Figure | SourceRecord | Baseline | Quarantined | PublishedOutcome
R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Frozen)


def _without_twins(records: Sequence[R]) -> Sequence[R]:
    twins = [name for name, count in Counter(record.id for record in records).items() if count > 1]
    if twins:
        raise ValueError(f"ids given twice / id 重复: {', '.join(twins)}")
    return records


Records = Annotated[tuple[R, ...], Field(min_length=1), AfterValidator(_without_twins)]


FIGURES = "figures.yaml"
"""Name of the file of published figures, in `seeds/` and beside a study."""


class ArticlesFile(Frozen):
    """Content of `articles.yaml`."""

    articles: Records[Article]


class FiguresFile(Frozen):
    """Content of `figures.yaml`."""

    figures: Records[Figure]


class BaselinesFile(Frozen):
    """Content of `baselines.yaml`."""

    sources: Records[SourceRecord]
    baselines: Records[Baseline]
    weekly_time_budget: dict[str, dict[str, BudgetCell]]
    seasonality: Seasonality
    quarantine: Records[Quarantined]


class OutcomesFile(Frozen):
    """Content of `outcomes.yaml`."""

    sources: Records[SourceRecord]
    outcomes: Records[PublishedOutcome]


def seeds_folder() -> Path:
    """Return the folder of the program's own seeds: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_data" / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"


def read_evidence(folder: Path, kept: Kept | None = None) -> Evidence:
    """Read and check the four files of `folder`; a file whose text was parsed before is taken from `kept`.

    Raises:
        ScenarioError: a file has mistakes; each problem has its file and line.
    """
    problems: list[Problem] = []
    articles = _read(folder / "articles.yaml", ArticlesFile, problems, kept)
    figures = _read(folder / FIGURES, FiguresFile, problems, kept)
    baselines = _read(folder / "baselines.yaml", BaselinesFile, problems, kept)
    outcomes = _read(folder / "outcomes.yaml", OutcomesFile, problems, kept)
    if articles is None or figures is None or baselines is None or outcomes is None:
        raise ScenarioError(problems)
    shared = {one.id for one in baselines.sources} & {one.id for one in outcomes.sources}
    if shared:
        raise ScenarioError([_already_a_source(name, folder) for name in sorted(shared)])
    try:
        return Evidence(
            articles=_by_id(articles.articles),
            figures=_by_id(figures.figures),
            baselines=_by_id(baselines.baselines),
            sources=_by_id((*baselines.sources, *outcomes.sources)),
            budget=baselines.weekly_time_budget,
            seasonality=baselines.seasonality,
            quarantine=_by_id(baselines.quarantine),
            outcomes=_by_id(outcomes.outcomes),
        )
    except ValidationError as error:
        raise ScenarioError([_problem(detail, folder, None) for detail in error.errors()]) from error


def read_evidence_beside(folder: Path, kept: Kept | None = None) -> Evidence:
    """Read the evidence of the program, and the figures that stand in `figures.yaml` of this folder.

    Raises:
        ScenarioError: a file has mistakes, or a figure of the folder has an id that is used already.
    """
    evidence, file = read_evidence(seeds_folder(), kept), folder / FIGURES
    if not file.is_file():
        return evidence
    problems: list[Problem] = []
    beside = _read(file, FiguresFile, problems, kept)
    if beside is None:
        raise ScenarioError(problems)
    used = [(place, one.id) for place, one in enumerate(beside.figures) if evidence.find(one.id) is not None]
    if used:
        tree = YAML(typ="safe", pure=True).compose(file.read_text(encoding="utf-8"))
        raise ScenarioError([_used_already(name, ("figures", place, "id"), file, tree) for place, name in used])
    return evidence.model_copy(update={"figures": {**evidence.figures, **_by_id(beside.figures)}})


def _used_already(name: str, keys: tuple[int | str, ...], file: Path, tree: Node | None) -> Problem:
    line = _deepest(tree, keys).start_mark.line + 1
    words = {
        "zh": f"seeds 中已有“{name}”；请换一个 id",
        "en": f"'{name}' is in the seeds of the program already; choose another id",
    }
    return Problem(words, file=str(file), line=line, key=".".join(map(str, keys)))


def _already_a_source(name: str, folder: Path) -> Problem:
    words = {"zh": f"来源“{name}”在 baselines.yaml 中已有", "en": f"source '{name}' is in baselines.yaml already"}
    return Problem(words, file=str(folder / "outcomes.yaml"), key="sources")


def _by_id(records: Sequence[R]) -> dict[str, R]:
    return {record.id: record for record in records}


def _read(path: Path, shape: type[F], problems: list[Problem], kept: Kept | None) -> F | None:
    """Return the content of `path` as `shape`; if that fails, add to `problems` and return None."""
    try:
        text = path.read_text(encoding="utf-8")
        data = parsed_once(text, "JSON", _as_json, kept)
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        problems.append(_unreadable(path, error))
        return None
    try:
        return shape.model_validate_json(data)
    except ValidationError as error:
        tree = YAML(typ="safe", pure=True).compose(text)
        problems.extend(_problem(detail, path, tree) for detail in error.errors())
        return None


@lru_cache(maxsize=8)
def _as_json(text: str) -> bytes:
    """Return YAML as JSON: in strict mode only JSON accepts a list for a tuple, and text for an enum.

    The result is cached, because reading YAML is slow and one command reads the evidence several times.
    """
    return to_json(YAML(typ="safe", pure=True).load(text))


def _unreadable(path: Path, error: Exception) -> Problem:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    reason = (error.problem if isinstance(error, MarkedYAMLError) else None) or str(error)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    message = {"zh": f"无法读取: {reason}", "en": f"cannot be read: {reason}"}
    return Problem(message, file=str(path), line=line, column=column)


def _problem(detail: ErrorDetails, path: Path, tree: Node | None) -> Problem:
    where = _deepest(tree, detail["loc"])
    reason = detail["msg"].removeprefix("Value error, ")
    return Problem(
        {"zh": f"不合要求: {reason}", "en": reason},
        file=str(path),
        line=where.start_mark.line + 1 if where else 0,
        column=where.start_mark.column + 1 if where else 0,
        key=".".join(str(step) for step in detail["loc"]),
    )


def _deepest(node: Any, steps: Sequence[int | str]) -> Any:
    """Follow `steps` down the YAML tree as far as they exist; return the last node."""
    for step in steps:
        if isinstance(node, MappingNode):
            below = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, SequenceNode) and isinstance(step, int):
            below = node.value[step]
        else:
            below = None
        if below is None:
            break
        node = below
    return node
