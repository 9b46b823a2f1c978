"""Kinds of matter or duty: the kind of each matter, and the order of kinds on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.plan.identity.chance import Chance


def kinds_of(u: NDArray[np.float64], kinds: int, concentration: float) -> NDArray[np.int64]:
    """Return the kind of each matter, 0 for the most used; kind k has the weight (k + 1) ** -concentration."""
    use = (np.arange(kinds) + 1.0) ** -concentration
    return np.searchsorted(np.cumsum(use) / use.sum(), u, side="right").astype(np.int64)


def in_order(chance: Chance, stream: str, attribute: str, kinds: int, by_use: str) -> NDArray[np.int64]:
    """Return the kinds in the order in which a list adds them, shape (kinds,)."""
    every = np.arange(kinds)
    if by_use == "by_chance":
        return np.argsort(chance.uniform(stream, attribute, every), kind="stable")
    return every[::-1] if by_use == "least_used" else every
