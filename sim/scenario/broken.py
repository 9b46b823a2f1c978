"""A broken reference or rule in a scenario, with its place."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sim.scenario.ordered import Way


class Broken(NamedTuple):
    """An unknown name, or two entries that contradict each other."""

    path: Way
    zh: str
    en: str
    allowed: tuple[str, ...] = ()
    found: str = ""
    other: Way = ()
    """Place of the other entry, if two contradict each other."""


def no_such(path: Way, zh: str, en: str, name: str, allowed: Collection[str]) -> Broken:
    """Return the problem that a name does not exist, with the allowed names."""
    there = ", ".join(allowed)
    return Broken(
        path,
        f"没有名为“{name}”的{zh}；可用：{there}",
        f"no {en} is called '{name}'; there are {there}",
        tuple(allowed),
        name,
    )
