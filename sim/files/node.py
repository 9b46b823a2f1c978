"""A part of a file: a scalar, a mapping or a list, with the place where it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | date | None
Step: TypeAlias = str | int
Keys: TypeAlias = tuple[Step, ...]
"""The steps from the root to a node, e.g. `("levers", 0, "of")`."""

KINDS = ("kind", "lever")
"""Keys whose value selects the shape of a mapping."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file or on the command line."""

    file: str
    """Path as the user wrote it, or the text of a `--set`."""
    line: int = 0
    """Counted from 1; 0 for a `--set`."""
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line`, or `file` without a line."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place: that of its key in a mapping, else of its first character."""

    place: Place
    value: Scalar | dict[str, Node] | tuple[Node, ...]
    text: str = ""
    """The text of a scalar as written."""

    @property
    def mapping(self) -> dict[str, Node] | None:
        """The entries, or None if the node is not a mapping."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def items(self) -> tuple[Node, ...] | None:
        """The items, or None if the node is not a list."""
        return self.value if isinstance(self.value, tuple) else None

    def child(self, step: Step) -> Node | None:
        """Return the entry or item, or None if it does not exist."""
        if isinstance(self.value, dict):
            return self.value.get(str(step)) if isinstance(step, str) else None
        if isinstance(self.value, tuple) and isinstance(step, int) and -len(self.value) <= step < len(self.value):
            return self.value[step]
        return None

    def data(self) -> object:
        """Return the value as plain dicts, tuples and scalars."""
        if isinstance(self.value, dict):
            return {key: node.data() for key, node in self.value.items()}
        if isinstance(self.value, tuple):
            return tuple(node.data() for node in self.value)
        return self.value


def locate(tree: Node, steps: Keys) -> tuple[Node, Keys]:
    """Follow `steps` as far as they exist in the file; return the last node and the steps taken.

    Steps without text in the file are skipped: the tag of a union (`meeting`), the `value` of a bare quantity.
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
    """Return the steps as text, such as `levers[0].of`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _tags(node: Node) -> set[Scalar]:
    children = node.mapping or {}
    return {child.value for key, child in children.items() if key in KINDS and isinstance(child.value, str)}
