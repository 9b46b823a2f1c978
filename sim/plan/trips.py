"""Trips to enterprises: which items are checked together, and under which item the time is booked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.plan.enterprise_items import Items


@dataclass(frozen=True)
class Trips:
    """Items with the trip in which each is checked."""

    items: Items
    trip: NDArray[np.int64]
    """Place of the item that leads the trip, by item."""
    leads: NDArray[np.bool_]
    """The item under which the trip's hosting is booked, one in each trip."""
    appears: NDArray[np.bool_]
    """The item under which the department's inspectors are booked, one a department and trip."""


def single_trips(items: Items) -> Trips:
    """Give a trip to each item."""
    every = np.ones(len(items), dtype=np.bool_)
    return Trips(items, np.arange(len(items)), every, every)
