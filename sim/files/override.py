"""Applies `--set PATH=VALUE` to a tree of nodes.

Examples: `obligations.county_inspection.programmes=20`, `levers[one_team].strength=0` (by name, kind or place in the
list), `posts[role=village_cadre]`, and `~obligations.x` to delete. The value is YAML: a scalar, `[a, b]` or
`{value: 4 h}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sim.errors import Problem, ScenarioError
from sim.files.extend import DELETES, QUANTITY_KEYS
from sim.files.node import Keys, Node, Place, Step, dotted
from sim.files.parse import parse
from sim.files.shape import is_names, is_quantity, keys_of, shape_at
from sim.files.wording import hint_for, listed, problem_at, visible

OPTION = "--set"

_STEP = re.compile(r"\.?([^.\[\]=]+)|\[([^\[\]]+)\]")
_SETTING = re.compile(r"((?:[^=\[]|\[[^\]]*\])+)(?:=(.*))?", re.DOTALL)
_NAMES = ("name", "lever", "kind", "role", "metric")
"""Keys whose value can name an item of a list."""


def override(tree: Node, settings: Sequence[str], shape: Any) -> tuple[Node, list[Problem]]:
    """Return the tree with all valid settings applied in their order, and the problems of the others."""
    problems: list[Problem] = []
    for setting in settings:
        try:
            tree = _Setting(setting, shape).carry_out(tree)
        except ScenarioError as error:
            problems += error.problems
    return tree, problems


class _Setting:
    """One `PATH=VALUE` or `~PATH`."""

    def __init__(self, setting: str, shape: Any) -> None:
        self.place = Place(f"{OPTION} {visible(setting)}")
        self.shape = shape
        self.deletes = setting.startswith(DELETES)
        found = _SETTING.fullmatch(setting.removeprefix(DELETES))
        if found is None or (found[2] is None) != self.deletes:
            raise self._refusal(
                "须写成 路径=值，或 ~路径 以删除；例如 levers[one_team].strength=0",
                "write PATH=VALUE, or ~PATH to delete; for example levers[one_team].strength=0",
            )
        self.path, self.value = found[1].strip(), found[2]

    def carry_out(self, tree: Node) -> Node:
        """Return the tree with the setting applied."""
        keys = self._find(tree)
        if self.deletes:
            return _changed(tree, keys, None)
        if keys[-1] == "value" and is_quantity(shape_at(self.shape, keys[:-1])):
            keys = keys[:-1]  # a new value replaces the whole quantity, with range and source
        return _changed(tree, keys, self._value())

    def _find(self, tree: Node) -> Keys:
        node, keys = tree, Keys()
        parts = self._parts()
        for place, part in enumerate(parts):
            steps = _steps(node, part)
            child = _at(node, steps) if steps else None
            if child is None:
                step, child = self._new(node, keys, part, last=place == len(parts) - 1)
                steps = (step,)
            node, keys = child, (*keys, *steps)
        return keys

    def _parts(self) -> list[str]:
        parts, at = [], 0
        while at < len(self.path):
            found = _STEP.match(self.path, at)
            if found is None:
                wrong = visible(self.path[at:])
                raise self._refusal(f"看不懂路径中的“{wrong}”", f"cannot read '{wrong}' in the path")
            parts.append((found[1] or found[2]).strip())
            at = found.end()
        return parts

    def _new(self, node: Node, keys: Keys, part: str, *, last: bool) -> tuple[Step, Node]:
        """Return the key and an empty node, if the key is missing but allowed.

        Raises:
            ScenarioError: the key is not allowed here, or the name is ambiguous.
        """
        shape = shape_at(self.shape, keys)
        fresh = Node(self.place, {})
        if not self.deletes and node.items is None:
            if is_quantity(shape) and part in QUANTITY_KEYS and node.mapping is None:
                return part, fresh
            if part in keys_of(shape) or (is_names(shape) and last):
                return part, fresh
        if several := _called(node, part):
            names = ", ".join(_own_name(node, steps) for steps in several)
            raise self._refusal(f"“{visible(part)}”不止一个：{names}", f"'{visible(part)}' means several: {names}")
        there = _names_in(node) or list(keys_of(shape))
        if node.mapping is not None and not self.deletes:
            there += [key for key in keys_of(shape) if key not in there]
        where = dotted(keys) or "…"
        names = listed(there, part) if there else "—"
        raise self._refusal(
            f"“{visible(where)}”下没有“{visible(part)}”；现有：{names}",
            f"there is no '{visible(part)}' under '{visible(where)}'; there are {names}",
            hint_for(part, there),
        )

    def _value(self) -> Node:
        text = self.value or ""
        if text.strip() in ("", "~", "null"):
            return Node(self.place, None, text)
        try:
            return _stamped(parse(text, OPTION), self.place)
        except ScenarioError as error:
            problem = error.problems[0]
            raise self._refusal(problem.message["zh"], problem.message["en"]) from None

    def _refusal(self, zh: str, en: str, hint: dict[str, str] | None = None) -> ScenarioError:
        return ScenarioError([problem_at(self.place, "", zh, en, hint)])


def _steps(node: Node, part: str) -> Keys:
    """Return the steps to the entry or item that a part of the path names; none if it is missing or ambiguous."""
    if node.child(part) is not None:
        return (part,)
    if node.items is not None and re.fullmatch(r"\d{1,6}", part):
        return (int(part),)
    found = _called(node, part)
    return found[0] if len(found) == 1 else ()


def _at(node: Node, steps: Keys) -> Node | None:
    found: Node | None = node
    for step in steps:
        found = found.child(step) if found is not None else None
    return found


def _own_name(node: Node, steps: Keys) -> str:
    """Return the name of one of several candidates, or its place."""
    child = _at(node, steps)
    return (_text(child.child("name")) if child is not None else "") or dotted(steps)


def _called(node: Node, part: str) -> list[Keys]:
    """List the entries or items that `role=village_cadre`, or in a list `one_team`, can mean."""
    key, _, wanted = part.rpartition("=")
    keys = (key.strip(),) if key else _NAMES
    for name in keys if node.items is not None or key else ():
        found = [steps for steps, child in _children(node) if _text(child.child(name)) == wanted.strip()]
        if found:
            return found
    return []


def _children(node: Node) -> Iterator[tuple[Keys, Node]]:
    """Yield entries or items with their steps; the members of an ordered list are yielded as items."""
    for key, child in (node.mapping or {}).items():
        yield (key,), child
    for place, child in enumerate(node.items or ()):
        members = child.child("then")
        if members is None or members.items is None:
            yield (place,), child
        for step, member in enumerate((members.items if members is not None else None) or ()):
            yield (place, "then", step), member


def _names_in(node: Node) -> list[str]:
    if node.mapping is not None:
        return list(node.mapping)
    names = [([_text(item.child(name)) for name in _NAMES if item.child(name)], way) for way, item in _children(node)]
    return [own[0] if own else str(way[0]) for own, way in names]


def _text(node: Node | None) -> str:
    return node.text if node is not None else ""


def _changed(node: Node, keys: Keys, new: Node | None) -> Node:
    """Return a copy of the node in which the value at `keys` is replaced or created, or deleted if `new` is None."""
    step, rest = keys[0], keys[1:]
    child = node.child(step)
    below = new if not rest else _changed(child or Node(new.place if new else node.place, {}), rest, new)
    if isinstance(step, int):
        items = list(node.items or ())
        items[step : step + 1] = [below] if below is not None else []
        return Node(node.place, tuple(items))
    entries = dict(node.mapping) if node.mapping is not None else {}
    if node.mapping is None and node.value is not None:
        entries["value"] = node  # a source or a range is added to a bare quantity
    if below is None:
        del entries[step]
    else:
        entries[step] = below
    return Node(node.place, entries)


def _stamped(node: Node, place: Place) -> Node:
    if node.mapping is not None:
        return Node(place, {key: _stamped(child, place) for key, child in node.mapping.items()})
    if node.items is not None:
        return Node(place, tuple(_stamped(item, place) for item in node.items))
    return Node(place, node.value, node.text)
