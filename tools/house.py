"""The rooms of `sim`, read from `pyproject.toml` and from the code: order, folders, imports, and the straight line."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any

import grimp

ROOT = Path(__file__).parents[1]
STEPS = ("read_scenario", "apply_levers", "plan_year", "simulate", "measure", "compare", "draw", "write_report")
"""The straight line: functions that `sim/study.py` calls, itself or through a function that it imports."""


@dataclass(frozen=True)
class Room:
    """A package or module directly below `sim`."""

    name: str
    folders: tuple[str, ...]
    imports: tuple[str, ...]
    """Other rooms that any of its modules imports, in the order of the layers."""
    alone: tuple[str, ...]
    """Libraries that no other room may import."""


@dataclass(frozen=True)
class House:
    """All rooms, and the straight line through them."""

    layers: tuple[tuple[Room, ...], ...]
    """From top to bottom; the rooms of one layer do not import one another."""
    steps: tuple[tuple[str, str], ...]
    """Function and room."""


def read_house() -> House:
    """Read the layers from `pyproject.toml`, and the imports from the code."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    graph = grimp.build_graph("sim", cache_dir=None)
    there = {child.removeprefix("sim.") for child in graph.find_children("sim")}
    named = [[name.strip() for name in layer.split("|") if name.strip() in there] for layer in layers]
    order = [name for layer in named for name in layer]
    alone = dict(_libraries(contracts))
    rooms = {name: _room(graph, name, order, alone) for name in order}
    return House(
        tuple(tuple(rooms[name] for name in layer) for layer in named),
        tuple((step, _home(step)) for step in STEPS),
    )


def _room(graph: grimp.ImportGraph, name: str, order: list[str], alone: dict[str, str]) -> Room:
    modules = {f"sim.{name}", *graph.find_descendants(f"sim.{name}")}
    imported = {found for one in modules for found in graph.find_modules_directly_imported_by(one)}
    others = {found.split(".")[1] for found in imported if found.startswith("sim.")} - {name}
    folders = sorted(child for child in graph.find_children(f"sim.{name}") if graph.find_children(child))
    return Room(
        name,
        tuple(folder.rpartition(".")[2] for folder in folders),
        tuple(other for other in order if other in others),
        tuple(library for library, home in alone.items() if home == name),
    )


def _libraries(contracts: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """List each library that one room alone may import, with that room."""
    for contract in contracts:
        for rule in contract.get("ignore_imports", ()):
            importer, _, library = rule.partition(" -> ")
            yield library, importer.split(".")[1]


def _home(step: str) -> str:
    """Return the room of a step: that of the module from which the study imports it, or of the only module with it."""
    study = ast.parse((ROOT / "sim" / "study.py").read_text(encoding="utf-8"))
    for node in ast.walk(study):
        if isinstance(node, ast.ImportFrom) and node.module and step in {alias.name for alias in node.names}:
            return node.module.split(".")[1]
    sources = (path for path in (ROOT / "sim").rglob("*.py") if f"\ndef {step}(" in path.read_text(encoding="utf-8"))
    (home,) = sources
    return home.relative_to(ROOT / "sim").parts[0]


def needed(house: House) -> list[tuple[str, str]]:
    """List the imports between rooms that no chain of other imports implies."""
    imports = {room.name: room.imports for layer in house.layers for room in layer}

    def below(names: Iterable[str]) -> set[str]:
        return {found for name in names for found in (*imports[name], *below(imports[name]))}

    return [(name, low) for name, lower in imports.items() for low in lower if low not in below(lower)]


def described(house: House) -> str:
    """List the rooms from top to bottom: layer, name, folders, imports, and libraries that no other room imports."""
    layers = enumerate(house.layers, 1)
    lines = [line for number, layer in layers for room in layer for line in _described(number, room)]
    steps = " -> ".join(f"{step} ({room})" for step, room in house.steps)
    return "\n".join([*lines, "", fill(steps, 110, initial_indent="line  ", subsequent_indent=" " * 6)]) + "\n"


def _described(number: int, room: Room) -> Iterator[str]:
    yield _entry(f"{number:2} {room.name}", "imports", room.imports or ("nothing",))
    if room.folders:
        yield _entry("", "folders", room.folders)
    if room.alone:
        yield _entry("", "alone", room.alone)


def _entry(head: str, word: str, names: tuple[str, ...]) -> str:
    return fill(", ".join(names), 110, initial_indent=f"{head:<14}{word:<8}", subsequent_indent=" " * 22)
