"""Put many rows in order: keys are packed into one number, because numbers are what machines sort best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACKED_BITS = 63
"""Bits of a packed number."""
_HALF = 32
"""Bits of the lower part of a key that does not fit."""


def order_by(*keys: NDArray[Any]) -> NDArray[np.int64]:
    """Give the places of rows in the order of their keys, the most important first; rows that are alike stay in turn.

    Keys are whole numbers, none below 0. It is what `np.lexsort` gives for the keys from the last to the first, many
    times as fast: the row's place stands in the lowest bits of the number that is sorted, so that values are sorted
    and carry their places along. Keys that do not fit into one number take several passes, the least important first.
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
    """Give a key and its bits; in two halves where it is too wide to carry a place."""
    bits = int(key.max()).bit_length()
    if bits <= room:
        return [(key, bits)]
    return [(key >> _HALF, bits - _HALF), (key & ((1 << _HALF) - 1), _HALF)]


def _sorted(
    parts: list[tuple[NDArray[Any], int]], place_bits: int, order: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Sort rows by keys that fit into one number; `order` is theirs by the less important ones."""
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
