"""Rows while they are written, family by family, and their sorting into the contract's order.

Most columns are constant within a family; a constant column is kept as one number until the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.checks import check_identities
from sim.contract.plan import Activities
from sim.plan.rows.ordering import PACKED_BITS, order_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import ArrayLike, NDArray

_COLUMNS: dict[str, Any] = {
    "identity": np.uint64, "unit": np.int32, "team": np.int32, "seats": np.int32, "release": np.int64,
    "due": np.int64, "start": np.int64, "effort": np.int64, "travel": np.int64, "rank": np.int32,
    "predecessor": np.int64, "patience": np.int64, "interruptible": np.bool_, "category": np.int32,
    "obligation": np.int32, "issuer": np.int32, "part": np.int32,
}  # fmt: skip
NONE = -1
_BLOCK = 1 << 14
"""Rows per block, so that intermediate arrays stay in the cache."""
_LAST = np.iinfo(np.int64).max
"""Sort key behind every row that is kept."""


@dataclass
class Rows:
    """Rows in the order of writing. A row's handle is its index in that order."""

    size: int = 0
    _counts: list[int] = field(default_factory=list)
    _families: dict[str, list[NDArray[Any]]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    """Columns by family: a scalar, or an array with one number a row."""

    def add(self, count: int, columns: Mapping[str, ArrayLike]) -> NDArray[np.int64]:
        """Add a family of rows and return their handles; each column is one number or an array of shape (count,)."""
        for name, families in self._families.items():
            values = np.asarray(columns[name], dtype=_COLUMNS[name])
            families.append(values if values.shape in {(), (count,)} else np.broadcast_to(values, (count,)))
        self._counts.append(count)
        self.size += count
        return np.arange(self.size - count, self.size, dtype=np.int64)

    @property
    def families(self) -> int:
        """Count the families, which is the index of the next one."""
        return len(self._counts)

    def first_of(self) -> NDArray[np.int64]:
        """Return the handle of each family's first row, and the number of rows, shape (families + 1,)."""
        return np.cumsum([0, *self._counts])

    def family(self, place: int, name: str) -> NDArray[Any]:
        """Return a column of one family, one number a row; do not write into it."""
        return np.broadcast_to(self._families[name][place], (self._counts[place],))

    def rewrite(self, place: int, name: str, values: NDArray[Any]) -> None:
        """Replace a column of one family."""
        self._families[name][place] = np.asarray(values, dtype=_COLUMNS[name])

    def pick(self, handles: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Return all columns of some rows, given by their sorted handles; predecessors are handles."""
        first = self.first_of()
        place = np.searchsorted(first, handles, side="right") - 1
        picked = {name: np.empty(len(handles), dtype=dtype) for name, dtype in _COLUMNS.items()}
        for one in np.unique(place).tolist():
            mine = place == one
            for name, column in picked.items():
                column[mine] = self.family(one, name)[handles[mine] - first[one]]
        return picked

    def finish(self, horizon: int) -> tuple[Activities, NDArray[np.int64]]:
        """Sort the rows into the contract's order; leave out rows that begin after the horizon, and rows without seats.

        Returns the activities, and the row of each handle, -1 if it is left out. The rows written are dropped: each
        column is freed once it is sorted, so that the year is not held twice.

        Raises:
            EngineFault: two rows have the same identity.
        """
        order, columns = self._order(self._kept(horizon), horizon)
        row_of = np.full(self.size, NONE, dtype=np.int64)
        for first, last in _blocks(len(order)):
            row_of[order[first:last]] = np.arange(first, last)
        room = np.empty(self.size, dtype=np.int64)  # one column at a time, as written
        columns["identity"] = self._sorted("identity", order, room)
        check_identities(columns["identity"])
        left = [name for name in _COLUMNS if name not in columns]
        shared = [name for name in left if 2 * self._own(name) <= self.size]
        columns |= {name: self._sorted(name, order, room) for name in left if name not in shared}
        del room
        columns |= self._spread(shared, order, row_of)
        followers = np.flatnonzero(columns["predecessor"] >= 0)
        columns["predecessor"][followers] = row_of[columns["predecessor"][followers]]
        return Activities(**columns), row_of

    def _kept(self, horizon: int) -> NDArray[np.bool_]:
        """Return True for rows that are kept; a row is dropped with its predecessor."""
        keep = np.zeros(self.size, dtype=np.bool_)
        followers, leaders = [], []
        for place, first, last in self._places():
            release, seats, predecessor = (self._families[name][place] for name in ("release", "seats", "predecessor"))
            keep[first:last] = (release < horizon) & (seats > 0)
            if np.any(predecessor >= 0):
                leader = np.broadcast_to(predecessor, (last - first,))
                linked = np.flatnonzero(leader >= 0)
                followers.append(first + linked)
                leaders.append(leader[linked])
        if not followers:
            return keep
        follower, leader = np.concatenate(followers), np.concatenate(leaders)
        while np.any(orphan := keep[follower] & ~keep[leader]):
            keep[follower[orphan]] = False
        return keep

    def _order(self, keep: NDArray[np.bool_], horizon: int) -> tuple[NDArray[np.int64], dict[str, NDArray[Any]]]:
        """Return the handles of kept rows by unit, release and identity, and the columns that the sort yields.

        As many bits of the identity are sorted as fit into one number with unit, release and handle; the few rows that
        are equal so far are sorted again.
        """
        units = max((int(unit.max(initial=0)) for unit in self._families["unit"]), default=0)
        bits = [number.bit_length() for number in (units, horizon - 1, max(self.size - 1, 0))]
        spare = PACKED_BITS - sum(bits)
        if spare <= 0:
            order = order_by(*(self._column(name) for name in ("unit", "release", "identity")))
            return order[keep[order]], {}
        packed = np.empty(self.size, dtype=np.int64)
        for place, first, last in self._places():
            unit, release, identity = (self._families[name][place] for name in ("unit", "release", "identity"))
            for begin, end in _blocks(last - first):
                key = packed[first + begin : first + end]
                key[:] = _piece(unit, begin, end)
                key <<= bits[1]
                key |= _piece(release, begin, end)
                key <<= spare
                key |= (_piece(identity, begin, end) >> np.uint64(64 - spare)).view(np.int64)
                key <<= bits[2]
                key |= np.arange(first + begin, first + end)
        packed[~keep] = _LAST
        packed.sort()
        return self._unpack(packed[: np.count_nonzero(keep)], bits[1], spare, bits[2])

    def _unpack(
        self, order: NDArray[np.int64], release_bits: int, spare: int, place_bits: int
    ) -> tuple[NDArray[np.int64], dict[str, NDArray[Any]]]:
        """Turn sorted numbers into handles, unit and release; sort rows that are equal so far by the whole identity."""
        columns = {name: np.empty(len(order), dtype=_COLUMNS[name]) for name in ("unit", "release")}
        alike = np.zeros(len(order) + 1, dtype=np.bool_)  # with the row before; the first row and the end are False
        before = -1
        for first, last in _blocks(len(order)):
            key = order[first:last] >> place_bits
            alike[first] = key[0] == before
            np.equal(key[1:], key[:-1], out=alike[first + 1 : last])
            before = key[-1]
            key >>= spare
            np.bitwise_and(key, (1 << release_bits) - 1, out=columns["release"][first:last])
            columns["unit"][first:last] = key >> release_bits
        order &= (1 << place_bits) - 1
        tied = np.flatnonzero(alike[:-1] | alike[1:])
        if len(tied):
            handles = order[tied]
            order[tied] = handles[order_by(np.cumsum(~alike[tied]), self._column("identity")[handles])]
        for name in columns:
            self._families[name].clear()
        return order, columns

    def _own(self, name: str) -> int:
        """Count the rows in families whose column is not constant."""
        counts = zip(self._families[name], self._counts, strict=True)
        return sum(count for values, count in counts if values.ndim)

    def _sorted(self, name: str, order: NDArray[np.int64], room: NDArray[np.int64]) -> NDArray[Any]:
        """Return a column in the order; drop the written one."""
        column = self._column(name, room)
        self._families[name].clear()
        picked = np.empty(len(order), dtype=column.dtype)
        return column.take(order, out=picked, mode="clip")  # every index exists, so "clip" saves a check and a copy

    def _spread(self, names: list[str], order: NDArray[np.int64], row_of: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Return columns that are constant in most families, in the order; drop the written ones."""
        families = {name: self._families[name] for name in names}
        tables = {
            name: np.array([0 if values.ndim else values for values in families[name]], dtype=_COLUMNS[name])
            for name in names
        }
        columns = {name: np.empty(len(order), dtype=_COLUMNS[name]) for name in names}
        family_of = np.repeat(np.arange(len(self._counts), dtype=np.int32), self._counts)
        for first, last in _blocks(len(order)):
            family = family_of[order[first:last]].astype(np.intp)
            for name, table in tables.items():
                table.take(family, out=columns[name][first:last], mode="clip")
        for name in names:
            for place, first, last in self._places():
                if families[name][place].ndim:
                    row = row_of[first:last]
                    inside = np.flatnonzero(row >= 0)
                    columns[name][row[inside]] = families[name][place][inside]
            families[name].clear()
        return columns

    def _column(self, name: str, room: NDArray[np.int64] | None = None) -> NDArray[Any]:
        """Return a column of all rows, in the order of handles; written into `room` if it is given."""
        dtype = _COLUMNS[name]
        column = np.empty(self.size, dtype=dtype) if room is None else room.view(dtype)[: self.size]
        for place, first, last in self._places():
            column[first:last] = self._families[name][place]
        return column

    def _places(self) -> list[tuple[int, int, int]]:
        """List the families with the handle of their first row and the handle after their last row."""
        ends = np.cumsum(self._counts).tolist()
        return [(place, last - count, last) for place, (count, last) in enumerate(zip(self._counts, ends, strict=True))]


def _blocks(size: int) -> Iterator[tuple[int, int]]:
    """List the first row and the row after the last of each block."""
    for first in range(0, size, _BLOCK):
        yield first, min(first + _BLOCK, size)


def _piece(values: NDArray[Any], first: int, last: int) -> NDArray[Any]:
    """Return `values[first:last]`, or the scalar of a constant column."""
    return values[first:last] if values.ndim else values
