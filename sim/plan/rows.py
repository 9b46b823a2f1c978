"""Rows while they are being written, family by family, and how they come into the contract's order.

Most columns hold one number for all rows of a family, which is kept as one number until the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.engine.checks import check_identities
from sim.engine.contract import Activities
from sim.plan.ordering import free_bits, order_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

_COLUMNS: dict[str, Any] = {
    "identity": np.uint64, "unit": np.int32, "team": np.int32, "seats": np.int32, "release": np.int64,
    "due": np.int64, "start": np.int64, "effort": np.int64, "travel": np.int64, "rank": np.int32,
    "predecessor": np.int64, "patience": np.int64, "interruptible": np.bool_, "category": np.int32,
    "obligation": np.int32, "issuer": np.int32, "part": np.int32,
}  # fmt: skip
NONE = -1


@dataclass
class Rows:
    """Rows in the order they were written. A row's handle is its place in that order."""

    size: int = 0
    _counts: list[int] = field(default_factory=list)
    _families: dict[str, list[NDArray[Any]]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    """Columns by family: one number, or one a row."""

    def add(self, count: int, columns: Mapping[str, ArrayLike]) -> NDArray[np.int64]:
        """Add a family of rows, each column being one number or an array of shape (count,); give their handles."""
        for name, families in self._families.items():
            values = np.asarray(columns[name], dtype=_COLUMNS[name])
            families.append(values if values.shape in {(), (count,)} else np.broadcast_to(values, (count,)))
        self._counts.append(count)
        self.size += count
        return np.arange(self.size - count, self.size, dtype=np.int64)

    def finish(self, horizon: int) -> tuple[Activities, NDArray[np.int64]]:
        """Sort the rows into the contract's order; leave out what begins after the horizon, and seats for nobody.

        Gives the activities, and the row of each handle, -1 where it is left out. The rows written are gone after that:
        each column is dropped once it is sorted, so that the year is not held twice.

        Raises:
            EngineFault: two rows have the same identity.
        """
        order, sorted_columns = self._order(self._kept(horizon))
        check_identities(sorted_columns["identity"])
        row_of = np.full(self.size, NONE, dtype=np.int64)
        row_of[order] = np.arange(len(order))
        family = np.repeat(np.arange(len(self._counts)), self._counts)[order]
        for name in _COLUMNS:
            if name not in sorted_columns:
                sorted_columns[name] = self._sorted(name, order, row_of, family)
        followers = np.flatnonzero(sorted_columns["predecessor"] >= 0)
        sorted_columns["predecessor"][followers] = row_of[sorted_columns["predecessor"][followers]]
        return Activities(**sorted_columns), row_of

    def _kept(self, horizon: int) -> NDArray[np.bool_]:
        """Tell which rows stay: a row whose predecessor does not stay does not either."""
        keep = np.zeros(self.size, dtype=np.bool_)
        linked = []
        for place, first, last in self._places():
            release, seats, predecessor = (self._families[name][place] for name in ("release", "seats", "predecessor"))
            keep[first:last] = (release < horizon) & (seats > 0)
            if np.any(predecessor >= 0):
                linked.append(first + np.flatnonzero(np.broadcast_to(predecessor, (last - first,)) >= 0))
        if not linked:
            return keep
        follower = np.concatenate(linked)
        followed = self._column("predecessor")[follower]
        while np.any(orphan := keep[follower] & ~keep[followed]):
            keep[follower[orphan]] = False
        return keep

    def _order(self, keep: NDArray[np.bool_]) -> tuple[NDArray[np.int64], dict[str, NDArray[Any]]]:
        """Give the handles of what is kept by unit, release and identity, and these three in that order.

        What is left out goes behind all units. Of the identity as many bits are sorted by as fit into one number with
        the rest; that leaves few rows that have to be looked at again.
        """
        unit, release, identity = (self._column(name) for name in ("unit", "release", "identity"))
        unit[~keep] = unit.max(initial=0) + 1
        spare = free_bits(unit, release)
        first_bits = identity >> np.uint64(64 - spare) if spare else np.zeros_like(unit)
        order = order_by(unit, release, first_bits)[: np.count_nonzero(keep)]
        unit, release, first_bits = unit[order], release[order], first_bits[order]
        again = (unit[1:] == unit[:-1]) & (release[1:] == release[:-1]) & (first_bits[1:] == first_bits[:-1])
        tied = np.flatnonzero(np.append(again, False) | np.append(False, again))
        if len(tied):
            group = np.cumsum(np.append(True, ~again))[tied]
            order[tied] = order[tied][order_by(group, identity[order[tied]])]
        for name in ("unit", "release", "identity"):
            self._families[name].clear()
        return order, {"unit": unit, "release": release, "identity": identity[order]}

    def _sorted(
        self, name: str, order: NDArray[np.int64], row_of: NDArray[np.int64], family: NDArray[np.int64]
    ) -> NDArray[Any]:
        """Give a column in the order; drop it here."""
        families = self._families[name]
        own = [(place, first, last) for place, first, last in self._places() if families[place].ndim]
        if 2 * sum(last - first for _, first, last in own) > self.size:
            column = self._column(name)
            families.clear()
            return column[order]
        of_family = np.array([0 if values.ndim else values for values in families], dtype=_COLUMNS[name])
        column = of_family[family]
        for place, first, last in own:
            row = row_of[first:last]
            inside = np.flatnonzero(row >= 0)
            column[row[inside]] = families[place][inside]
        families.clear()
        return column

    def _column(self, name: str) -> NDArray[Any]:
        """Give a column of all rows, in the order of handles."""
        column = np.empty(self.size, dtype=_COLUMNS[name])
        for place, first, last in self._places():
            column[first:last] = self._families[name][place]
        return column

    def _places(self) -> list[tuple[int, int, int]]:
        """List the families with the handles of their first row and of the one after the last."""
        ends = np.cumsum(self._counts).tolist()
        return [(place, last - count, last) for place, (count, last) in enumerate(zip(self._counts, ends, strict=True))]
