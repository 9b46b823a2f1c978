"""A piece of a file: a scalar, a mapping or a list that knows where it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | date | None
Step: TypeAlias = str | int
Keys: TypeAlias = tuple[Step, ...]
"""The way down to a node, e.g. `("levers", 0, "of")`."""

KINDS = ("kind", "lever")
"""Keys that tell which of several shapes a mapping has."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written."""

    file: str
    """Path as it was given, or the words of a `--set`."""
    line: int = 0
    """Counted from 1; 0 where there are no lines."""
    column: int = 0

    def __str__(self) -> str:
        """Write as `file:line`."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place: that of its key in a mapping, of its first character otherwise."""

    place: Place
    value: Scalar | dict[str, Node] | tuple[Node, ...]
    text: str = ""
    """A scalar as it was typed."""

    @property
    def mapping(self) -> dict[str, Node] | None:
        """The entries, or None if this is no mapping."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def items(self) -> tuple[Node, ...] | None:
        """The items, or None if this is no list."""
        return self.value if isinstance(self.value, tuple) else None

    def child(self, step: Step) -> Node | None:
        """Give the entry or item, or None where there is none."""
        if isinstance(self.value, dict):
            return self.value.get(str(step)) if isinstance(step, str) else None
        if isinstance(self.value, tuple) and isinstance(step, int) and -len(self.value) <= step < len(self.value):
            return self.value[step]
        return None

    def data(self) -> object:
        """Give plain values: dicts, tuples and scalars."""
        if isinstance(self.value, dict):
            return {key: node.data() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return tuple(node.data() for node in self.value)
        return self.value


def locate(tree: Node, steps: Keys) -> tuple[Node, Keys]:
    """Follow `steps` as far as they were written; give the node reached and the steps taken.

    Steps that stand for no text are passed over: the tag of a union (`meeting`), the `value` of a bare quantity.
    """
    node, taken, tagged = tree, list[Step](), False
    for step in steps:
        if not tagged and step in _tags(node):
            tagged = True
            continue
        child = node.child(step)
        if child is not None:
            node, tagged = child, False
            taken.append(step)
    return node, tuple(taken)


def dotted(steps: Keys) -> str:
    """Write the way down as `levers[0].of`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _tags(node: Node) -> set[Scalar]:
    children = node.mapping or {}
    return {child.value for key, child in children.items() if key in KINDS and isinstance(child.value, str)}
