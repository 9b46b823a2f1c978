"""Random numbers keyed by identity: a number depends on its identity, never on the order of drawing.

A 64-bit hash of (root, replication, stream, attribute, identity columns) is turned into a uniform number. The mixing
step is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford), applied after each column.
Tests check that numbers are uniform, and independent between neighbours and between attributes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

_GOLDEN = 0x9E3779B97F4A7C15
_STEPS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LAST = 31
"""Shifts and factors of the mixing step, and its last shift."""
_AS_ARRAYS = tuple((np.array(shift, np.uint64), np.array(factor, np.uint64)) for shift, factor in (*_STEPS, (_LAST, 1)))
"""Shifts and factors as arrays; numpy operates on these faster than on Python numbers."""
_ALL = (1 << 64) - 1
_BLOCK = 1 << 14
"""Keys hashed per block, so that a block stays in the cache."""
TO_UNIT = 2.0**-53
"""Factor from the upper 53 bits of a key to a number in [0, 1)."""


def text_key(*parts: str | int) -> int:
    """Return a 64-bit key of texts and numbers, the same on every machine."""
    digest = blake2b("\x1f".join(str(part) for part in parts).encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def text_keys(texts: tuple[str, ...]) -> NDArray[np.uint64]:
    """Return the key of each text, shape (texts,)."""
    return np.array([text_key(text) for text in texts], dtype=np.uint64)


def combine(start: int, *columns: ArrayLike) -> NDArray[np.uint64]:
    """Hash arrays of identity columns (broadcast together) into 64-bit keys."""
    return _by_blocks(_hash, start, columns, np.uint64)


def uniforms(start: int, *columns: ArrayLike) -> NDArray[np.float64]:
    """Hash arrays of identity columns (broadcast together) into numbers in [0, 1)."""
    return _by_blocks(_number, start, columns, np.float64)


def _by_blocks(
    draw: Callable[[int, list[NDArray[Any]]], NDArray[Any]], start: int, columns: tuple[ArrayLike, ...], dtype: Any
) -> NDArray[Any]:
    """Call `draw` on blocks of identities that fit into the cache, and concatenate."""
    arrays = [np.asarray(column) for column in columns]
    if all(column.ndim <= 1 and column.size <= _BLOCK for column in arrays):
        return draw(start, arrays)
    drawn = np.empty(np.broadcast_shapes(*(column.shape for column in arrays)), dtype=dtype)
    rows = max(1, _BLOCK * len(drawn) // max(1, drawn.size))
    for first in range(0, len(drawn), rows):
        block = slice(first, first + rows)
        mine = [column[block] if column.ndim == drawn.ndim and len(column) > 1 else column for column in arrays]
        drawn[block] = draw(start, mine)
    return drawn


def _number(start: int, columns: list[NDArray[Any]]) -> NDArray[np.float64]:
    """Return numbers in [0, 1): the upper 53 bits of each key."""
    keys = _hash(start, columns)
    upper = (keys >> np.uint64(11)).view(np.int64)  # signed numbers are converted to floats twice as fast
    return np.multiply(upper, TO_UNIT, dtype=np.float64)


def _hash(start: int, columns: list[NDArray[Any]]) -> NDArray[np.uint64]:
    """Return 64-bit keys: state = mix(state + column * golden + golden) for each column, and for a 0 at the end."""
    singles = next((place for place, column in enumerate(columns) if column.ndim), len(columns))
    for column in columns[:singles]:
        start = _mix_one(start + (int(column) + 1) * _GOLDEN)
    if singles == len(columns):
        return np.array(_mix_one(start + _GOLDEN), dtype=np.uint64)
    state = _steps(columns[singles])
    state += np.uint64(start + _GOLDEN & _ALL)
    shifted = np.empty_like(state)
    _mix(state, shifted)
    for column in columns[singles + 1 :]:
        if not column.ndim:
            state += np.uint64((int(column) + 1) * _GOLDEN & _ALL)
        else:
            steps = _steps(column)
            steps += np.uint64(_GOLDEN)
            if steps.shape == state.shape:
                state += steps
            else:
                state = state + steps
                shifted = np.empty_like(state)
        _mix(state, shifted)
    state += np.uint64(_GOLDEN)
    _mix(state, shifted)
    return state


def _steps(column: NDArray[Any]) -> NDArray[np.uint64]:
    """Return column * golden."""
    unsigned = column.view(np.uint64) if column.dtype.itemsize == 8 else column.astype(np.uint64)
    steps: NDArray[np.uint64] = unsigned * np.uint64(_GOLDEN)
    return steps


def _mix(state: NDArray[np.uint64], shifted: NDArray[np.uint64]) -> None:
    """Mix keys in place; `shifted` is scratch space of the same shape."""
    (one, first), (two, second), (three, _) = _AS_ARRAYS
    np.right_shift(state, one, shifted)
    np.bitwise_xor(state, shifted, state)
    np.multiply(state, first, state)
    np.right_shift(state, two, shifted)
    np.bitwise_xor(state, shifted, state)
    np.multiply(state, second, state)
    np.right_shift(state, three, shifted)
    np.bitwise_xor(state, shifted, state)


def _mix_one(state: int) -> int:
    """Return the mixed key."""
    for shift, factor in _STEPS:
        state &= _ALL
        state = (state ^ state >> shift) * factor
    state &= _ALL
    return state ^ state >> _LAST


@dataclass(frozen=True)
class Chance:
    """The random numbers of one replication."""

    root: int
    replication: int
    jurisdiction: int = 0
    """Number of the jurisdiction, from 0; numbers of different jurisdictions are independent, and 0 changes no
    number."""

    def uniform(self, stream: str, attribute: str, *identity: ArrayLike) -> NDArray[np.float64]:
        """Return uniform numbers in [0, 1) for identities (integer arrays, broadcast together).

        `stream` names the obligation or demand; `attribute` names the use of the number.
        """
        place = (self.replication, self.jurisdiction) if self.jurisdiction else (self.replication,)
        start = text_key(self.root, *place, stream, attribute)
        return uniforms(start, *identity)
