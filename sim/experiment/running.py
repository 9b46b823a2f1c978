"""Mean and spread of many numbers at once, as they come; exact for what stays the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Running:
    """Welford's recurrence over arrays of one shape."""

    def __init__(self) -> None:
        self.count = 0
        self.mean: NDArray[np.float64] = np.zeros(0)
        self.squares: NDArray[np.float64] = np.zeros(0)
        """Sums of squared deviations from the mean."""

    def add(self, values: NDArray[np.float64]) -> None:
        """Take the next array."""
        self.count += 1
        if self.count == 1:
            self.mean, self.squares = values.astype(np.float64), np.zeros(values.shape)
            return
        step = values - self.mean
        self.mean = self.mean + step / self.count
        self.squares = self.squares + step * (values - self.mean)
