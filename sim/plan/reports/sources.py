"""Sources of fields: known by heart, in the unit's own records, asked of somebody, or had on the spot.

The source of a field belongs to the line of work and the number of the field: it is the same in every form, unit and
regime. One question serves all fields of one holder, one round all fields of one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.pool import FieldPool
    from sim.plan.identity.chance import Chance


@dataclass(frozen=True)
class Sources:
    """Ways to come by the fields of a line of work; all arrays have shape (fields of the pool,)."""

    known: NDArray[np.bool_]
    recorded: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    on_the_spot: NDArray[np.bool_]
    holder: NDArray[np.int64]
    """Number of the holder who is asked, or of the place that is visited; 0 or more."""


def sources_of(chance: Chance, domain: str, pool: FieldPool) -> Sources:
    """Draw the source of each field of a line of work."""
    number = np.arange(pool.universe.value)
    known, recorded, asked = (
        chance.uniform(f"pools.{domain}", what, number) < share.value
        for what, share in (("known", pool.known), ("recorded", pool.recorded), ("asked", pool.asked))
    )
    recorded &= ~known
    elsewhere = ~(known | recorded)
    u = chance.uniform(f"pools.{domain}", "holder", number)
    holder = np.floor(u * pool.holders.value).astype(np.int64)
    return Sources(known, recorded, asked & elsewhere, ~asked & elsewhere, holder)


def distinct(holder: NDArray[np.int64], needed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count the different holders of the needed fields of each form; both arguments have shape (forms, fields)."""
    if not holder.shape[1]:
        return np.zeros(len(holder), dtype=np.int64)
    ordered = np.sort(np.where(needed, holder, -1), axis=1)
    different = np.diff(ordered, axis=1) != 0
    found: NDArray[np.int64] = (ordered[:, 0] >= 0) + np.count_nonzero(different, axis=1)
    return found
