"""The origin of each value of a scenario: its place in the files, its sources, its standing."""

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
from sim.files.seeds import read_evidence_beside
from sim.scenario.ordered import placed_levers
from sim.scenario.scenario import Scenario

Origin = Literal["default", "base", "file", "set"]
"""`default`: written nowhere; `base`: in an extended file; `file`: in the file itself; `set`: on the command line."""


@dataclass(frozen=True)
class Explained:
    """One value with its place in the files, its sources and its standing."""

    key: str
    """Key in the form that `--set` takes."""
    value: str
    """The text in the file; for a default the value as text."""
    range: str
    origin: Origin
    place: Place | None
    """None for a default."""
    sources: tuple[str, ...]
    """Ids in `seeds/`, `assumed` or `calibrated`; empty without a source."""
    standing: str
    """Standing of the number; empty if neither the file nor a source states it."""
    grade: str
    """Grades of the sources, in their order."""
    note: str
    is_quantity: bool
    """True if the value is a quantity; only quantities need a source."""


def explain_values(path: Path, overrides: Sequence[str] = ()) -> list[Explained]:
    """List every value of the scenario in `path`, in the order of the schema.

    Raises:
        ScenarioError: the scenario, or the figures beside it, cannot be read.
    """
    return explain(read_with_places(path, overrides), read_evidence_beside(path.parent))


def explain(read: ReadScenario, evidence: Evidence) -> list[Explained]:
    """Explain every value of a scenario, in the order of the schema."""
    return [
        _explained(key, way, value, read, evidence)
        for key, way, value in leaves(read.scenario)
        if not (way[0] == "levers" and way[-1] == "source")
    ]


def standing_of(sources: Sequence[str], stated: Standing | None, evidence: Evidence) -> str:
    """Return the standing of a number: as stated, else that of its only source, `derived` with several sources.

    Return an empty text if none is known.
    """
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
        grade=", ".join(entry.grade.value for entry in found if entry and entry.grade),
        note=quantity.note if quantity else "",
        is_quantity=quantity is not None,
    )


def _sources_of_lever(way: Keys, scenario: Scenario) -> tuple[str, ...]:
    """Return the sources of a lever for the line that names the lever, and nothing for any other line."""
    if way[0] != "levers" or way[-1] != "lever":
        return ()
    source = dict(placed_levers(scenario.levers))[way[1:-1]].source
    return (source,) if isinstance(source, str) else source or ()


def _written(tree: Node, way: Keys) -> Node | None:
    node, taken = locate(tree, way)
    return node if taken == way else None


def _typed(node: Node | None) -> str:
    """Return the value as written in the file (`3 workdays` rather than `24 h`); empty for lists and mappings."""
    if node is None:
        return ""
    return (node.child("value") or node).text


def _origin(place: Place | None, file: str) -> Origin:
    if place is None:
        return "default"
    if place.file.startswith(f"{OPTION} "):
        return "set"
    return "file" if place.file == file else "base"
