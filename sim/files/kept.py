"""Parsed files that outlive a call of the program: YAML is slow to parse, so each text is parsed once."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sim.files import parse as parser
from sim.files.node import Node, Place
from sim.files.parse import parse, scalar_of

if TYPE_CHECKING:
    from collections.abc import Callable


class Kept(Protocol):
    """Bytes under keys, in a store."""

    def read(self, key: str) -> bytes | None:
        """Return the bytes of a key, or None."""

    def write(self, key: str, content: bytes) -> None:
        """Keep the bytes of a key."""


def parsed_once(text: str, kind: str, parsed: Callable[[str], bytes], kept: Kept | None) -> bytes:
    """Return `parsed(text)`, from `kept` if it is kept there; `kind` names the form of the result."""
    if kept is None:
        return parsed(text)
    key = hashlib.sha256(f"{kind}, ruamel.yaml {version('ruamel.yaml')}\n{text}".encode()).hexdigest()
    content = kept.read(key)
    if content is None:
        content = parsed(text)
        kept.write(key, content)
    return content


def parse_once(text: str, file: str, kept: Kept | None) -> Node:
    """Return the nodes of a document like `parse`, from `kept` if they are kept there.

    Raises:
        ScenarioError: the text has mistakes; nothing is kept of it.
    """
    if kept is None:
        return parse(text, file)
    own = hashlib.sha256(Path(parser.__file__).read_bytes() + Path(__file__).read_bytes()).hexdigest()
    content = parsed_once(text, f"nodes {own}", lambda text: json.dumps(pack(parse(text, file))).encode(), kept)
    return unpack(json.loads(content), file)


def pack(node: Node) -> list[Any]:
    """Return a node as JSON data: line, column, then entries, items, or the text of a scalar and whether it is text."""
    if isinstance(node.value, dict):
        content: list[Any] = [{key: pack(entry) for key, entry in node.value.items()}]
    elif isinstance(node.value, tuple):
        content = [[pack(item) for item in node.value]]
    else:
        content = [node.text, isinstance(node.value, str)]
    return [node.place.line, node.place.column, *content]


def unpack(data: list[Any], file: str) -> Node:
    """Return the node of which `pack` made the data, in a file of this name."""
    line, column, content, *is_text = data
    place = Place(file, line, column)
    if isinstance(content, dict):
        return Node(place, {key: unpack(entry, file) for key, entry in content.items()})
    if isinstance(content, list):
        return Node(place, tuple(unpack(item, file) for item in content))
    return Node(place, content if is_text[0] else scalar_of(content), content)
