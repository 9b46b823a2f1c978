"""Residents' matters: arrivals, kinds used unevenly, directories that send some elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.plan.draft import Source
from sim.plan.issuing import overseer
from sim.plan.occurrences import arrivals, reached

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.demand import ResidentRequest
    from sim.domain.relief import Directory
    from sim.plan.draft import Draft


def plan_requests(draft: Draft, name: str, request: ResidentRequest) -> None:
    """Write one row for each matter, at the unit that handles it."""
    source = Source(f"demand.{name}", None)
    offices, chance = draft.offices, draft.chance
    units = offices.units(request.on)
    timeline = offices.timeline(request.on)
    seasons = draft.regime.calendar.seasons
    weights = seasons[request.season].value if request.season is not None else None
    found = arrivals(float(request.rate.value), source.name, offices.keys[units], timeline, chance, weights)
    unit, second = units[found.series], found.second
    words = (found.slot, offices.keys[unit])
    kind = kinds_of(chance.uniform(source.name, "kind", *words), request.kinds.value, request.concentration.value)
    handling = request.handling.value.quantile(chance.uniform(source.name, "handling", *words))
    sent_on = np.zeros(len(unit), dtype=np.bool_)
    if request.directory is not None:
        month = timeline.month_of(second)
        sent_on = _unlisted(draft, source, request, kind, words, month)
        _send_on(draft, source, request, request.directory, (unit, kind, found.slot, second, handling), sent_on)
    here = np.flatnonzero(~sent_on)
    draft.add(
        source, Part.HANDLE, Category.SERVICE, (found.slot[here],),
        unit=unit[here], team=offices.team(unit[here], request.posts), effort=handling[here], release=second[here],
        patience=int(request.patience.value),
    )  # fmt: skip


def kinds_of(u: NDArray[np.float64], kinds: int, concentration: float) -> NDArray[np.int64]:
    """Give the kind (0 = most used) of each matter: kind k is used in proportion to (k + 1) ** -concentration."""
    use = (np.arange(kinds) + 1.0) ** -concentration
    return np.searchsorted(np.cumsum(use) / use.sum(), u, side="right").astype(np.int64)


def _unlisted(
    draft: Draft,
    source: Source,
    request: ResidentRequest,
    kind: NDArray[np.int64],
    words: tuple[NDArray[np.int64], NDArray[np.uint64]],
    month: NDArray[np.int64],
) -> NDArray[np.bool_]:
    directory = request.directory
    if directory is None:
        return np.zeros(len(kind), dtype=np.bool_)
    every = np.arange(request.kinds.value)
    order = {
        "most_used": every,
        "least_used": every[::-1],
        "by_chance": np.argsort(draft.chance.uniform(source.name, "kept", every), kind="stable"),
    }[directory.kept]
    listed = np.isin(kind, order[: directory.kinds])
    u = draft.chance.uniform(source.name, "directory", *words)
    return ~listed & reached(directory.reach, month, draft.regime.calendar.year, u)


def _send_on(
    draft: Draft,
    source: Source,
    request: ResidentRequest,
    directory: Directory,
    matters: tuple[NDArray[np.int64], ...],
    sent_on: NDArray[np.bool_],
) -> None:
    offices, chance = draft.offices, draft.chance
    unit, kind, slot, second, handling = (column[sent_on] for column in matters)
    keys = offices.keys[unit]
    come = np.flatnonzero(chance.uniform(source.name, "still_come", slot, keys) < directory.still_come.value)
    draft.add(
        source, Part.REFUSE, Category.SERVICE, (slot[come],),
        unit=unit[come], team=offices.team(unit[come], request.posts), release=second[come],
        effort=directory.refusal.value.quantile(chance.uniform(source.name, "refusal", slot[come], keys[come])),
        patience=int(request.patience.value),
    )  # fmt: skip
    if directory.moves_to is None:
        return
    taker = overseer(draft, source.name, directory.moves_to, kind, unit)
    draft.add(
        source, Part.HANDLE, Category.SERVICE, (slot, keys),
        unit=taker, team=offices.team(taker, None), effort=handling, release=second,
        patience=int(request.patience.value),
    )  # fmt: skip
