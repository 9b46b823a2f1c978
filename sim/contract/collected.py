"""Collections: one request to many units, from the asking to the last answer, for the metrics. Engines ignore them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Collected:
    """The collections of one obligation. `asked` and `due` have shape (collections,), the others shape (answers,)."""

    name: str
    """Name of the obligation under `obligations`."""
    asked: NDArray[np.int64]
    """Second at which the units are asked."""
    due: NDArray[np.int64]
    """Second at which the units' answers are due."""
    collection: NDArray[np.int64]
    """Index of the collection that an answer belongs to; a unit whose data is read from a store has no answer."""
    fill: NDArray[np.int64]
    """Row in which a unit fills in its form, -1 for one that begins after the year."""
    last: NDArray[np.int64]
    """Row after which the unit's form needs no more work of the unit and the unit above, -1 for one after the year."""

    def in_rows(self, row_of: NDArray[np.int64]) -> Self:
        """Return a copy in which `fill` and `last` hold rows of the plan: handle h becomes `row_of[h]`."""
        return replace(self, fill=row_of[self.fill], last=row_of[self.last])
