"""Chance keyed by identity: a number is a function of who and what, never of the order of drawing.

A 64-bit hash of (root, replication, stream, attribute, identity words) is turned into a uniform number. The mixing step
is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford), applied after each word; the tests
check uniformity, independence of neighbours and of attributes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
TO_UNIT = 2.0**-53
"""Turns the upper 53 bits of a key into a number in [0, 1)."""


def text_key(*words: str | int) -> int:
    """Give a 64-bit key of words, the same on every machine."""
    digest = blake2b("\x1f".join(str(word) for word in words).encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def text_keys(words: tuple[str, ...]) -> NDArray[np.uint64]:
    """Give the keys of many words."""
    return np.array([text_key(word) for word in words], dtype=np.uint64)


def combine(start: int, *words: ArrayLike) -> NDArray[np.uint64]:
    """Hash arrays of identity words (broadcast together) into 64-bit keys."""
    state = np.asarray(start, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for word in words:
            step = np.asarray(word).astype(np.uint64) * _GOLDEN
            state = _mix(state + step + _GOLDEN)
        return _mix(state + _GOLDEN)


def _mix(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    state = (state ^ (state >> np.uint64(30))) * _FIRST
    state = (state ^ (state >> np.uint64(27))) * _SECOND
    mixed: NDArray[np.uint64] = state ^ (state >> np.uint64(31))
    return mixed


@dataclass(frozen=True)
class Chance:
    """The chance of one replication."""

    root: int
    replication: int

    def uniform(self, stream: str, attribute: str, *identity: ArrayLike) -> NDArray[np.float64]:
        """Give uniform numbers in [0, 1) for identities (integer arrays, broadcast together).

        `stream` names the obligation or demand, `attribute` what the number is for.
        """
        start = text_key(self.root, self.replication, stream, attribute)
        bits = combine(start, *identity) >> np.uint64(11)
        numbers: NDArray[np.float64] = bits.astype(np.float64) * TO_UNIT
        return numbers
