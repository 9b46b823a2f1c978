"""Carries out `--set PATH=VALUE` on a tree of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.errors import Problem
from sim.files.node import Node


def override(tree: Node, settings: Sequence[str], shape: Any) -> tuple[Node, list[Problem]]:
    """Give the tree with all settings carried out, and what is wrong with the others."""
    return tree, []
