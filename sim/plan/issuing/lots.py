"""Lots: the order in which assignments, and programmes of obligations, are abolished, refused or let lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.plan.identity.chance import text_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sim.domain.obligations import ObligationBase
    from sim.domain.regime import Regime
    from sim.plan.identity.chance import Chance


class Item(NamedTuple):
    """One assignment, or one programme; items sort by their lot."""

    lot: float
    """Number in [0, 1) that belongs to the item."""
    stream: str
    """`assignments.x`, or `obligations.x` for programmes of an obligation."""
    number: int
    """Number of the item in its stream, from 0."""


def pool_of(regime: Regime, names: Iterable[str]) -> dict[str, int]:
    """Return the number of items of each named entry, by stream; an obligation at a rate has none."""
    pool: dict[str, int] = {}
    for name in names:
        if name in regime.assignments:
            pool[f"assignments.{name}"] = regime.assignments[name].number.value
        elif not comes_alone(regime.obligations[name]):
            pool[f"obligations.{name}"] = regime.items(regime.obligations[name])
    return pool


def comes_alone(obligation: ObligationBase) -> bool:
    """Return whether each occurrence of an obligation stands for itself, because it comes at a rate."""
    return obligation.recurrence.value.rate is not None


def by_lot(chance: Chance, attribute: str, pool: Mapping[str, int]) -> list[Item]:
    """List the items of a pool by lot, the smallest first; the lots differ by attribute."""
    return sorted(
        Item(float(lot), stream, number)
        for stream, count in pool.items()
        for number, lot in enumerate(chance.uniform(stream, attribute, np.arange(count)))
    )


def share_of(chance: Chance, attribute: str, pool: Collection[str], items: list[Item], share: float) -> list[Item]:
    """Return the first items; on average their number is the share, and more share takes a superset."""
    rounding = float(chance.uniform("pool", attribute, text_key(*sorted(pool))))
    return items[: int(share * len(items) + rounding)]
