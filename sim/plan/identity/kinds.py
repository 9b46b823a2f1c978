"""Kinds of matter: which of them each one is, and which kinds a list holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.plan.identity.chance import Chance


def kinds_of(u: NDArray[np.float64], kinds: int, concentration: float) -> NDArray[np.int64]:
    """Give the kind (0 = most used) of each matter: kind k is used in proportion to (k + 1) ** -concentration."""
    use = (np.arange(kinds) + 1.0) ** -concentration
    return np.searchsorted(np.cumsum(use) / use.sum(), u, side="right").astype(np.int64)


def in_order(chance: Chance, stream: str, attribute: str, kinds: int, by_use: str) -> NDArray[np.int64]:
    """List the kinds in the order in which a list takes them up."""
    every = np.arange(kinds)
    if by_use == "by_chance":
        return np.argsort(chance.uniform(stream, attribute, every), kind="stable")
    return every[::-1] if by_use == "least_used" else every
