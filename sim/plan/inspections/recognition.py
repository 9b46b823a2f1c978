"""Mutual recognition: visits that are spared because another body has checked the same matter within the validity."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.plan.identity.chance import Chance


@dataclass(frozen=True)
class Findings:
    """Visits that would take place; all arrays have shape (visits,)."""

    unit: NDArray[np.int64]
    matter: NDArray[np.int64]
    body: NDArray[np.uint64]
    second: NDArray[np.int64]
    lot: NDArray[np.float64]
    """Number in [0, 1) that decides the order of visits of the same second."""
    accepts: NDArray[np.bool_]
    """True for a visit that is spared by the finding of another body."""

    def at(self, place: NDArray[np.int64]) -> Self:
        """Return the visits at the indices `place`."""
        return type(self)(*(getattr(self, f.name)[place] for f in fields(self)))


def spared(found: Findings, valid: int) -> NDArray[np.bool_]:
    """Return True for visits that are spared, shape (visits,); only a visit that takes place makes a finding."""
    order = np.lexsort((found.lot, found.second, found.matter, found.unit))
    skipped = np.zeros(len(order), dtype=np.bool_)
    about: tuple[int, int] | None = None
    last: dict[int, int] = {}
    for place in order.tolist():
        here = (int(found.unit[place]), int(found.matter[place]))
        if here != about:
            about, last = here, {}
        body, second = int(found.body[place]), int(found.second[place])
        if found.accepts[place] and any(other != body and second - at <= valid for other, at in last.items()):
            skipped[place] = True
        else:
            last[body] = second
    return skipped


def matter_of(
    chance: Chance, group: str, matters: int, *identity: NDArray[np.int64] | NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return the matter of each item, 0 to `matters` - 1, all equally likely."""
    return np.floor(chance.uniform(f"matters.{group}", "matter", *identity) * matters).astype(np.int64)
