"""The ids that a number can name as its source, and the check that they exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sim.domain.quantity import ASSUMED, CALIBRATED
from sim.errors import Problem
from sim.files.node import Keys, Node, dotted
from sim.files.seeds import FIGURES, seeds_folder
from sim.files.wording import hint_for, problem_at, visible

_ID = re.compile(r"^  - id: *(\S+)", re.MULTILINE)
_ID_OR_NAME = re.compile(r"^(?:  - id|      - (name)): *(\S+)", re.MULTILINE)


def known_sources(folder: Path | None = None) -> frozenset[str]:
    """Return the ids of all figures, levels and outcomes in `seeds/`, and the words `assumed` and `calibrated`.

    The ids are found by a pattern; reading the whole files takes ten times as long. A test compares both ways.
    """
    folder = folder or seeds_folder()
    baselines = (folder / "baselines.yaml").read_text(encoding="utf-8").partition("\nbaselines:")[2]
    baselines = re.split(r"^\w", baselines, maxsplit=1, flags=re.MULTILINE)[0]
    outcomes = (id.partition(".")[0] for id in _published_numbers(folder))
    return known_figures(folder) | {*_ID.findall(baselines), *outcomes, ASSUMED, CALIBRATED}


def known_figures(folder: Path | None = None) -> frozenset[str]:
    """Return the ids of all published figures in `seeds/`, and of all numbers of outcomes, as `outcome.name`."""
    folder = folder or seeds_folder()
    return frozenset((*_figures(folder), *_published_numbers(folder)))


def figures_beside(folder: Path) -> frozenset[str]:
    """Return the ids of the figures that stand in `figures.yaml` of this folder; none without such a file."""
    return frozenset(_figures(folder)) if (folder / FIGURES).is_file() else frozenset()


def _figures(folder: Path) -> list[str]:
    return _ID.findall((folder / FIGURES).read_text(encoding="utf-8"))


def _published_numbers(folder: Path) -> Iterator[str]:
    """Yield the id of every number of every outcome, `outcome.name`."""
    outcomes = (folder / "outcomes.yaml").read_text(encoding="utf-8").partition("\noutcomes:")[2]
    outcome = ""
    for is_name, word in _ID_OR_NAME.findall(outcomes):
        if is_name:
            yield f"{outcome}.{word}"
        else:
            outcome = word


def unknown_sources(tree: Node) -> list[Problem]:
    """Return a problem for every `source` that is not in `seeds/`."""
    named = list(named_sources(tree))
    known = known_sources() if named else frozenset()
    return [
        problem_at(
            node.place,
            dotted(keys),
            f"seeds 中没有“{visible(str(node.value))}”；写数据 id，或 assumed、calibrated",
            f"nothing in seeds is called '{visible(str(node.value))}'; write an id from there, assumed or calibrated",
            hint_for(str(node.value), known),
        )
        for keys, node in named
        if node.value not in known and node.value not in figures_beside(Path(node.place.file).parent)
    ]


def named_sources(node: Node, keys: Keys = ()) -> Iterator[tuple[Keys, Node]]:
    """Yield every text under a key `source`, with the steps to it."""
    for name, child in (node.mapping or {}).items():
        if name == "source":
            for item in child.items or (child,):
                if isinstance(item.value, str):
                    yield (*keys, name), item
        yield from named_sources(child, (*keys, name))
    for place, child in enumerate(node.items or ()):
        yield from named_sources(child, (*keys, place))
