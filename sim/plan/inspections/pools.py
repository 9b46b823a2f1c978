"""Pools of items: lists that are shortened together, and the order in which their items are dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.domain.obligations import Inspection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.domain.obligations import Obligation
    from sim.plan.identity.chance import Chance


class Item(NamedTuple):
    """One item of a pool; items sort by their lot."""

    lot: float
    """Number in [0, 1) that belongs to the item."""
    listed: str
    """Name of its list."""
    programme: int
    """Number of the item on its list, from 0."""


def lists_of_items(obligations: Mapping[str, Obligation], names: Iterable[str]) -> dict[str, int]:
    """Return the number of items on each list that the named inspections use; the largest number if they differ."""
    lists: dict[str, int] = {}
    for name in names:
        entry = obligations[name]
        if isinstance(entry, Inspection):
            listed = list_of(name, entry)
            lists[listed] = max(entry.programmes.value, lists.get(listed, 0))
    return lists


def list_of(name: str, inspection: Inspection) -> str:
    """Return the name of the list of items that an inspection uses: its own name where it names none."""
    return inspection.items or name


def by_lot(chance: Chance, attribute: str, pool: Mapping[str, int], kind: str = "items") -> list[Item]:
    """List the items of a pool (list to number of items) by lot, the smallest first; `kind` names the random stream."""
    return sorted(
        Item(float(lot), listed, programme)
        for listed, count in pool.items()
        for programme, lot in enumerate(chance.uniform(f"{kind}.{listed}", attribute, np.arange(count)))
    )
