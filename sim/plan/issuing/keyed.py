"""Pieces of work with the identity by which their numbers are keyed, and the body that keeps to rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.plan.identity.compliance import reached

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.domain.rule import Guard, Rule
    from sim.plan.rows.draft import Draft

Identity = tuple["NDArray[np.int64] | NDArray[np.uint64]", ...]
"""Columns that together distinguish the pieces of one stream, each of shape (pieces,)."""


@dataclass(frozen=True)
class Keyed:
    """Pieces of work of one stream: identity, date and body of each."""

    draft: Draft
    stream: str
    """Name of the random stream, such as `obligations.x`."""
    identity: Identity
    second: NDArray[np.int64]
    """Second of the year that dates each piece, shape (pieces,)."""
    body: NDArray[np.uint64]
    """Key of the body that keeps to a rule or not (`sim/plan/issuing/bodies.py`), shape (pieces,)."""
    guards: tuple[Guard, ...] = ()
    """Guards of the obligation, which slow the erosion of its rules."""

    def number(self, attribute: str) -> NDArray[np.float64]:
        """Draw a number in [0, 1) for each piece; it is the same in every regime and differs by attribute."""
        return self.draft.chance.uniform(self.stream, attribute, *self.identity)

    def reached(self, rule: Rule) -> NDArray[np.bool_]:
        """Return True for the pieces that the rule reaches: their body keeps to it on their day."""
        year, piece = self.draft.regime.calendar.year, (self.stream, self.identity)
        return reached(rule, self.draft.chance, year, self.body, self.second, piece, self.guards)
