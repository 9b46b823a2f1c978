"""Entries of `levers`: single levers, and ordered lists of levers under `then`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from sim.domain.frozen import Frozen
from sim.levers.table import Lever

ONE, SEVERAL = "<lever>", "<then>"
"""Tags of the two in the location of a mistake; no planner can use them as names."""

Way = tuple[str | int, ...]


class InOrder(Frozen):
    """Levers applied one after the other: each acts on the result of the ones before it."""

    then: Annotated[tuple[Lever, ...], Field(min_length=2)]
    """Levers in their order; unlike other levers, two of them may act on the same field."""


def _written_as(value: Any) -> str:
    listed = "then" in value if isinstance(value, dict) else isinstance(value, InOrder)
    return SEVERAL if listed else ONE


Pulled = Annotated[Annotated[Lever, Tag(ONE)] | Annotated[InOrder, Tag(SEVERAL)], Discriminator(_written_as)]
"""An entry of `levers`."""


def placed_levers(entries: Iterable[Pulled]) -> Iterator[tuple[Way, Lever]]:
    """Yield every lever in the order of application, with the steps to it below `levers`."""
    for place, entry in enumerate(entries):
        if isinstance(entry, InOrder):
            for step, lever in enumerate(entry.then):
                yield (place, "then", step), lever
        else:
            yield (place,), entry


def changed_levers(entries: Iterable[Pulled], change: Callable[[Way, Lever], Lever | None]) -> tuple[Pulled, ...]:
    """Return the entries with every lever changed, or left out if `change` returns None; the order is kept."""
    kept: list[Pulled] = []
    for place, entry in enumerate(entries):
        if not isinstance(entry, InOrder):
            found = change((place,), entry)
            kept += [] if found is None else [found]
            continue
        members = [change((place, "then", step), lever) for step, lever in enumerate(entry.then)]
        left = tuple(lever for lever in members if lever is not None)
        kept += [entry.model_copy(update={"then": left})] if len(left) > 1 else left
    return tuple(kept)
