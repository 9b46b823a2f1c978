"""Words of earlier versions: they are read as the words that replaced them, and each is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.files.node import Node, dotted
from sim.files.wording import problem_at

if TYPE_CHECKING:
    from sim.errors import Problem
    from sim.files.node import Keys

SIGHTS = ("sight_unannounced", "sight_announced")
"""Chances of seeing with and without notice, the one that is read first."""
CULL = "cull"
LEVERS = {
    "cut_items": {"items": "number"},
    "merge_channels": {"groups": "kept", "duplicates": ""},
    "cull_demonstrations": {"projects": "kept"},
}
"""Former levers that are the lever `cull` now, with their keys and the keys that replaced them; "" for none."""


def with_former_words(tree: Node) -> tuple[Node, list[Problem]]:
    """Return the tree with former keys and levers written as they are now, and a notice for each.

    `sight` takes the chance of a visit without notice: nothing is hidden from it. Notice itself hides what `hidden` of
    the problems says. A former lever keeps its name, so that it can still be named.
    """
    told: list[Problem] = []
    renewed = {
        name: _obligations(node, told) if name == "obligations" else _levers(node, (name,), told)
        for name, node in (tree.mapping or {}).items()
        if name in ("obligations", "levers")
    }
    return (replace(tree, value={**(tree.mapping or {}), **renewed}), told) if told else (tree, [])


def _obligations(entries: Node, told: list[Problem]) -> Node:
    renewed = dict(entries.mapping or {})
    for name, entry in list(renewed.items()):
        former = [key for key in SIGHTS if entry.child(key) is not None]
        if not former or entry.mapping is None:
            continue
        kept = {key: node for key, node in entry.mapping.items() if key not in (*SIGHTS, "sight")}
        renewed[name] = replace(entry, value=kept | {"sight": entry.mapping[former[0]]})
        told.append(
            problem_at(
                entry.mapping[former[0]].place,
                dotted(("obligations", name, former[0])),
                f"旧键，按 sight 读取，不再读 {SIGHTS[1]}；受检方藏起的问题写在问题的 hidden 中",
                f"a key of earlier versions, read as sight; {SIGHTS[1]} is read no more: problems that a unit hides"
                " stand under hidden of the problem",
            )
        )
    return replace(entries, value=renewed) if entries.mapping is not None else entries


def _levers(node: Node, way: Keys, told: list[Problem]) -> Node:
    """Return a list of levers, or a lever, with former ones written as they are now."""
    if node.items is not None:
        return replace(node, value=tuple(_levers(item, (*way, place), told) for place, item in enumerate(node.items)))
    entries = node.mapping or {}
    if "then" in entries:
        return replace(node, value={**entries, "then": _levers(entries["then"], (*way, "then"), told)})
    lever = entries.get("lever")
    keys = LEVERS.get(str(lever.value)) if lever is not None else None
    if lever is None or keys is None:
        return node
    told.append(
        problem_at(
            lever.place,
            dotted((*way, "lever")),
            f"旧举措，按 {CULL} 读取",
            f"a lever of earlier versions, read as {CULL}",
        )
    )
    renamed = {keys.get(key, key): value for key, value in entries.items() if keys.get(key, key)}
    return replace(node, value={"name": lever, **renamed, "lever": replace(lever, value=CULL, text=CULL)})
