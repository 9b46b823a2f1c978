"""Looks: each item of a visit looks at the unit; together they see a problem with a chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Looks:
    """Items that are checked in visits; arrays have shape (looks,)."""

    handle: NDArray[np.int64]
    """Handle of the visit in which the item is checked."""
    sight: NDArray[np.float64]
    """Chance that the item alone sees an existing problem of these topics."""
    announced: NDArray[np.bool_]
    """True if the unit knows in advance of the item."""
    topics: tuple[str, ...] | None
    """Topics that the items look for; None for all."""

    def covers(self, topic: str | None) -> bool:
        """Return whether the items look for problems of the topic; None is for problems without topic."""
        return self.topics is None or topic in self.topics


def chance_of_seeing(
    sight: NDArray[np.float64], visit: NDArray[np.int64], visits: int, blind: float
) -> NDArray[np.float64]:
    """Return the chance that each visit sees a problem, shape (visits,); 0 for a visit without looks.

    `sight` and `visit` have shape (looks,). With `blind` 0 the looks of a visit are independent, with 1 they are one
    look, that of the item which sees most.
    """
    overlooked, best = np.ones(visits), np.zeros(visits)
    np.multiply.at(overlooked, visit, 1 - sight)
    np.maximum.at(best, visit, sight)
    chance: NDArray[np.float64] = (1 - blind) * (1 - overlooked) + blind * best
    return chance
