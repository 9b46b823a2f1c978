"""Approvals from hand-in to decision, for the metrics. Engines do not read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Cases:
    """The cases of one stream of approvals; all arrays have shape (cases,)."""

    stream: str
    """Name of the stream under `demand`."""
    promised: int
    """Promised seconds from hand-in to decision."""
    first: NDArray[np.int64]
    """Row of the hand-in at the counter."""
    last: NDArray[np.int64]
    """Row of the decision."""
    handovers: NDArray[np.int64]
    """How often the case is passed from one unit to another, forwards or back."""
    returns: NDArray[np.int64]
    """How often the case is sent back to the applicant."""

    def in_rows(self, row_of: NDArray[np.int64]) -> Self:
        """Return a copy in which `first` and `last` hold rows of the plan: handle h becomes `row_of[h]`."""
        return replace(self, first=row_of[self.first], last=row_of[self.last])
