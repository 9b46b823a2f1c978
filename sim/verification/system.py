"""A system with a known answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.log import RunLog
from sim.contract.plan import Plan

if TYPE_CHECKING:
    from numpy.random import Generator

Run = Callable[[Plan], RunLog]
"""Runs a plan on an engine."""
Text = dict[str, str]
"""Words by language, `zh` and `en`."""


@dataclass(frozen=True)
class System:
    """A system whose expected values follow from a published formula or an identity, not from this program."""

    name: str
    """Name in Kendall's notation or in words; keys the random numbers of its replications."""
    label: Text
    formula: str
    expected: dict[str, float]
    """Exact means by the name of the quantity."""
    measure: Callable[[Generator, Run], list[float]]
    """Runs one replication and returns the quantities in the order of `expected`."""
    exact: bool = False
    """Whether every replication must return the expected values themselves."""

    def values(self, replication: int, run: Run) -> list[float]:
        """Run one replication with its own random numbers and return its quantities."""
        return self.measure(np.random.default_rng([replication, *self.name.encode()]), run)
