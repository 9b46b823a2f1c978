"""Rows while they are being written, family by family, and how they come into the contract's order.

Most columns hold one number for all rows of a family, which is kept as one number until the end.
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
"""Rows dealt with at a time, so that what is worked out on the way stays in the cache."""
_LAST = np.iinfo(np.int64).max
"""Behind every row that stays."""


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
        order, columns = self._order(self._kept(horizon), horizon)
        row_of = np.full(self.size, NONE, dtype=np.int64)
        for first, last in _blocks(len(order)):
            row_of[order[first:last]] = np.arange(first, last)
        room = np.empty(self.size, dtype=np.int64)  # for one column after the other as it was written
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
        """Tell which rows stay: a row whose predecessor does not stay does not either."""
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
        """Give the handles of what is kept by unit, release and identity, and columns that are known from that.

        Of the identity as many bits are sorted by as fit into one number with the rest and the handle; that leaves few
        rows that have to be looked at again.
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
        """Turn sorted numbers into handles, unit and release; sort by the whole identity what is alike so far."""
        columns = {name: np.empty(len(order), dtype=_COLUMNS[name]) for name in ("unit", "release")}
        alike = np.zeros(len(order) + 1, dtype=np.bool_)  # to the row before; nothing is to the first, nor the end
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
        """Count the rows that have a number of their own in a column."""
        counts = zip(self._families[name], self._counts, strict=True)
        return sum(count for values, count in counts if values.ndim)

    def _sorted(self, name: str, order: NDArray[np.int64], room: NDArray[np.int64]) -> NDArray[Any]:
        """Give a column in the order; drop it here."""
        column = self._column(name, room)
        self._families[name].clear()
        picked = np.empty(len(order), dtype=column.dtype)
        return column.take(order, out=picked, mode="clip")  # every place exists: no second look at them, and no copy

    def _spread(self, names: list[str], order: NDArray[np.int64], row_of: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Give columns in which most families have one number, in the order; drop them here."""
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
        """Give a column of all rows, in the order of handles; in the room if there is some."""
        dtype = _COLUMNS[name]
        column = np.empty(self.size, dtype=dtype) if room is None else room.view(dtype)[: self.size]
        for place, first, last in self._places():
            column[first:last] = self._families[name][place]
        return column

    def _places(self) -> list[tuple[int, int, int]]:
        """List the families with the handles of their first row and of the one after the last."""
        ends = np.cumsum(self._counts).tolist()
        return [(place, last - count, last) for place, (count, last) in enumerate(zip(self._counts, ends, strict=True))]


def _blocks(size: int) -> Iterator[tuple[int, int]]:
    """Cut rows into blocks."""
    for first in range(0, size, _BLOCK):
        yield first, min(first + _BLOCK, size)


def _piece(values: NDArray[Any], first: int, last: int) -> NDArray[Any]:
    """Give a block of what a family has: one number, or one a row."""
    return values[first:last] if values.ndim else values
