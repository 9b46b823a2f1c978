"""Approvals from hand-in to decision. Engines do not look at it; metrics do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Cases:
    """The cases of one stream of approvals, all arrays of shape (cases,)."""

    stream: str
    """Its name under `demand`."""
    promised: int
    """Promised seconds until it is decided."""
    first: NDArray[np.int64]
    """Row at the counter where it is handed in."""
    last: NDArray[np.int64]
    """Row of the decision."""
    handovers: NDArray[np.int64]
    """Times the case is passed from one unit to another, forwards or back."""
    returns: NDArray[np.int64]
    """Times it is sent back."""

    def in_rows(self, row_of: NDArray[np.int64]) -> Self:
        """Give the same with rows of the plan in place of handles."""
        return replace(self, first=row_of[self.first], last=row_of[self.last])
