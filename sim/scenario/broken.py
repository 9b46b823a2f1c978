"""What does not hold together in a scenario, and where."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sim.scenario.ordered import Way


class Broken(NamedTuple):
    """A name that means nothing, or two things that do not go together."""

    path: Way
    zh: str
    en: str
    allowed: tuple[str, ...] = ()
    found: str = ""
    other: Way = ()
    """The other place, where two do not go together."""


def no_such(path: Way, zh: str, en: str, name: str, allowed: Collection[str]) -> Broken:
    """Tell that a name stands for nothing, and what there is."""
    there = ", ".join(allowed)
    return Broken(
        path,
        f"没有名为“{name}”的{zh}；可用：{there}",
        f"no {en} is called '{name}'; there are {there}",
        tuple(allowed),
        name,
    )
