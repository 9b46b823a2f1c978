"""Sorting of many rows: keys are packed into one integer, because integers are sorted fastest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACKED_BITS = 63
"""Bits of a packed number."""
_HALF = 32
"""Bits of the lower half of a key that does not fit."""


def order_by(*keys: NDArray[Any]) -> NDArray[np.int64]:
    """Return the indices that sort rows by their keys, the most important key first; the sort is stable.

    Keys are integers, none below 0. The result equals `np.lexsort` of the keys from last to first, and is computed many
    times as fast: the row's index is packed into the lowest bits of the sorted number. Keys that do not fit into one
    number take several passes, the least important first.
    """
    size = len(keys[0])
    if not size:
        return np.zeros(0, dtype=np.int64)
    place_bits = (size - 1).bit_length()
    parts = [part for key in keys for part in _parts(key, PACKED_BITS - place_bits)]
    order: NDArray[np.int64] | None = None
    while parts:
        room, some = PACKED_BITS - place_bits, len(parts)
        while some and parts[some - 1][1] <= room:
            some -= 1
            room -= parts[some][1]
        order = _sorted(parts[some:], place_bits, order)
        parts = parts[:some]
    return np.arange(size) if order is None else order


def _parts(key: NDArray[Any], room: int) -> list[tuple[NDArray[Any], int]]:
    """Return a key and its bits; two halves if the key and an index do not fit into one number."""
    bits = int(key.max()).bit_length()
    if bits <= room:
        return [(key, bits)]
    return [(key >> _HALF, bits - _HALF), (key & ((1 << _HALF) - 1), _HALF)]


def _sorted(
    parts: list[tuple[NDArray[Any], int]], place_bits: int, order: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Sort rows by keys that fit into one number; `order` is their order by the less important keys."""
    packed = parts[0][0].astype(np.int64)
    for key, bits in parts[1:]:
        packed <<= bits
        packed |= key.astype(np.int64, copy=False)
    if order is not None:
        packed = packed[order]
    packed <<= place_bits
    packed |= np.arange(len(packed), dtype=np.int64)
    packed.sort()
    packed &= (1 << place_bits) - 1
    return packed if order is None else order[packed]
