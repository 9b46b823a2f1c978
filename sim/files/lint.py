"""Lints of evidence: numbers without a source, and figures that are both input and target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sim.domain.study import Condition, Other, Study, Target
from sim.errors import Problem, ScenarioError
from sim.files.explain import explain_values
from sim.files.extend import read_extended
from sim.files.node import Keys, Node, Place, dotted, locate
from sim.files.scenario import read_scenario
from sim.files.seeds import FIGURES
from sim.files.soundness import problem_of
from sim.files.sources import figures_beside, known_figures, known_sources, named_sources
from sim.files.study import STUDY, read_study_with_places
from sim.files.wording import hint_for, problem_at, visible
from sim.scenario.scopes import Measured, not_measured


def lint_sources(path: Path, overrides: Sequence[str] = ()) -> list[Problem]:
    """List the quantities written without a source; defaults need none.

    Raises:
        ScenarioError: the scenario cannot be read.
    """
    return [
        problem_at(
            value.place,
            value.key,
            f"“{visible(value.value)}”没有出处；写 source: 数据 id 或 assumed",
            f"'{visible(value.value)}' has no source; write source: an id from seeds, or assumed",
        )
        for value in explain_values(path, overrides)
        if value.is_quantity and not value.sources and value.place is not None
    ]


def refuse_faulty(path: Path, metrics: Mapping[str, Measured]) -> None:
    """Refuse a study with mistakes.

    Raises:
        ScenarioError: `problems` lists all of them, or those of a scenario in its folder.
    """
    problems = lint_study(path, metrics)
    if problems:
        raise ScenarioError(problems)


def lint_study(path: Path, metrics: Mapping[str, Measured] | None = None) -> list[Problem]:
    """List figures and levels of a study that do not exist, are both input and target, or are inputs never used.

    With `metrics`, also list targets and claims about a metric or scope that is not measured.

    A figure or level is an input if the study lists it as one, or if a scenario in the same folder names it as a
    source. A level cannot be a target, because no article promised it.

    Raises:
        ScenarioError: the study or a scenario in its folder cannot be read.
    """
    study, tree = read_study_with_places(path)
    targets: dict[Keys, str] = {
        ("targets", place, "figure"): target.figure for place, target in enumerate(study.targets)
    }
    claims: dict[Keys, str] = {("claims", place, "name"): claim.name for place, claim in enumerate(study.claims)}
    own = figures_beside(path.parent)
    figures, known = known_figures() | own, known_sources() | own
    inputs: dict[Keys, str] = {("inputs", place): figure for place, figure in enumerate(study.inputs)}
    untold: dict[Keys, str] = {
        ("untestable", place, "figure"): one.figure for place, one in enumerate(study.untestable)
    }
    named = inputs | targets | untold
    problems = [_unknown(tree, keys, figure, known) for keys, figure in named.items() if figure not in known]
    problems += [_level(tree, keys, name) for keys, name in targets.items() if name in known - figures]
    used = {figure: locate(tree, keys)[0].place for keys, figure in inputs.items()}
    beside = dict(_used_beside(path))
    if beside:
        problems += [_idle(tree, keys, name) for keys, name in inputs.items() if name not in beside]
    for figure, place in beside.items():
        used.setdefault(figure, place)
    asked = (targets | claims).items()
    problems += [_both(tree, keys, figure, used[figure]) for keys, figure in asked if figure in used]
    return problems + list(_not_measured(path, study, tree, metrics or {}))


def _not_measured(path: Path, study: Study, tree: Node, metrics: Mapping[str, Measured]) -> Iterator[Problem]:
    """Yield a problem for each metric or scope that the scenario of its target or claim does not measure."""
    asked = list(_asked(study))
    scenarios = {name: read_scenario(path.parent / name) for name in {name for _, name, _ in asked} if metrics}
    for way, name, one in asked:
        if name in scenarios:
            for broken in not_measured(way, one.metric, one.scope, scenarios[name], metrics):
                yield problem_of(broken, tree)


def _asked(study: Study) -> Iterator[tuple[Keys, str, Target | Condition | Other]]:
    """Yield everything that names a metric, with the steps to it and the file of its scenario."""
    for place, target in enumerate(study.targets):
        yield ("targets", place), target.scenario, target
    for place, claim in enumerate(study.claims):
        for step, condition in enumerate(claim.holds):
            way: Keys = ("claims", place, "holds", step)
            yield way, claim.scenario, condition
            limits = {"below": condition.below, "above": condition.above}
            yield from (((*way, key), claim.scenario, one) for key, one in limits.items() if isinstance(one, Other))


def _used_beside(path: Path) -> Iterator[tuple[str, Place]]:
    """Yield every source that the scenarios in the study's folder name or inherit, with its place."""
    problems: list[Problem] = []
    for file in sorted(path.parent.glob("*.yaml")):
        if file.name in {STUDY, FIGURES}:
            continue
        try:
            for _, node in named_sources(read_extended(file)):
                yield str(node.value), node.place
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)


def _problem(tree: Node, keys: Keys, zh: str, en: str, hint: dict[str, str] | None = None) -> Problem:
    return problem_at(locate(tree, keys)[0].place, dotted(keys), zh, en, hint)


def _unknown(tree: Node, keys: Keys, figure: str, known: frozenset[str]) -> Problem:
    return _problem(
        tree,
        keys,
        f"seeds 中没有“{visible(figure)}”",
        f"nothing in seeds is called '{visible(figure)}'",
        hint_for(figure, known),
    )


def _level(tree: Node, keys: Keys, name: str) -> Problem:
    return _problem(
        tree,
        keys,
        f"“{name}”是基线水平，不是公布的改革结果，不能作为目标",
        f"'{name}' is a level and no published outcome, so it cannot be a target",
    )


def _idle(tree: Node, keys: Keys, name: str) -> Problem:
    return _problem(
        tree,
        keys,
        f"“{visible(name)}”写作输入，但情景文件中没有一处以它为 source",
        f"'{visible(name)}' is an input, but no number or lever of the scenarios names it as its source",
    )


def _both(tree: Node, keys: Keys, figure: str, used: Place) -> Problem:
    return _problem(
        tree,
        keys,
        f"“{figure}”既是目标又是输入（{used}）；一个数据只能用于其一",
        f"'{figure}' is a target and also an input ({used}); a figure may be one of the two",
    )
