"""Where each value of a scenario came from, and how it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sim.domain.evidence import Evidence
from sim.domain.quantity import Quantity
from sim.domain.standing import Standing
from sim.files.leaves import leaves, range_of, text_of
from sim.files.node import Keys, Node, Place, locate
from sim.files.override import OPTION
from sim.files.scenario import ReadScenario, read_with_places
from sim.files.seeds import read_evidence, seeds_folder
from sim.scenario.ordered import placed_levers
from sim.scenario.scenario import Scenario

Origin = Literal["default", "base", "file", "set"]
"""Not written anywhere; in a file that was extended; in the file itself; on the command line."""


@dataclass(frozen=True)
class Explained:
    """One value, where it was written, and how it is known."""

    key: str
    """As `--set` takes it."""
    value: str
    """As it was typed, where it was."""
    range: str
    origin: Origin
    place: Place | None
    """None for a default."""
    sources: tuple[str, ...]
    """Ids in `seeds/`, `assumed`, `calibrated`; empty where none is given."""
    standing: str
    """Empty where nobody said."""
    grade: str
    """Of the figures named, in their order."""
    note: str
    is_quantity: bool
    """Only quantities need a source."""


def explain_values(path: Path, overrides: Sequence[str] = ()) -> list[Explained]:
    """Explain every value of the scenario in `path`, in the order of the schema.

    Raises:
        ScenarioError: if the scenario cannot be read.
    """
    read = read_with_places(path, overrides)
    evidence = read_evidence(seeds_folder())
    return [
        _explained(key, way, value, read, evidence)
        for key, way, value in leaves(read.scenario)
        if not (way[0] == "levers" and way[-1] == "source")
    ]


def standing_of(sources: Sequence[str], stated: Standing | None, evidence: Evidence) -> str:
    """Tell how a number is known: as stated, as its one source is, or derived where it follows from several."""
    if stated is not None:
        return stated.value
    if not sources:
        return ""
    if len(sources) > 1:
        return Standing.DERIVED.value
    found = evidence.standing_of(sources[0])
    return found.value if found else ""


def _explained(key: str, way: Keys, value: Any, read: ReadScenario, evidence: Evidence) -> Explained:
    node = _written(read.tree, way)
    place = node.place if node else None
    quantity = value if isinstance(value, Quantity) else None
    sources = quantity.sources if quantity else _sources_of_lever(way, read.scenario)
    found = [evidence.find(source) for source in sources]
    return Explained(
        key=key,
        value=_typed(node) or text_of(value),
        range=range_of(value),
        origin=_origin(place, str(read.path)),
        place=place,
        sources=sources,
        standing=standing_of(sources, quantity.standing if quantity else None, evidence),
        grade=", ".join(entry.grade.value for entry in found if entry),
        note=quantity.note if quantity else "",
        is_quantity=quantity is not None,
    )


def _sources_of_lever(way: Keys, scenario: Scenario) -> tuple[str, ...]:
    """Give what reports the measure; it is told at the line that names the lever."""
    if way[0] != "levers" or way[-1] != "lever":
        return ()
    source = dict(placed_levers(scenario.levers))[way[1:-1]].source
    return (source,) if isinstance(source, str) else source or ()


def _written(tree: Node, way: Keys) -> Node | None:
    node, taken = locate(tree, way)
    return node if taken == way else None


def _typed(node: Node | None) -> str:
    """Give the value as it was typed, which for `3 workdays` says more than `24 h`; empty for lists and the like."""
    if node is None:
        return ""
    return (node.child("value") or node).text


def _origin(place: Place | None, file: str) -> Origin:
    if place is None:
        return "default"
    if place.file.startswith(f"{OPTION} "):
        return "set"
    return "file" if place.file == file else "base"
