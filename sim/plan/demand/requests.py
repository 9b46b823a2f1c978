"""Requests of residents: arrivals, kinds of unequal use, and directories that refer some kinds elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.plan.identity.kinds import in_order, kinds_of
from sim.plan.identity.occurrences import arrivals
from sim.plan.issuing.issuing import overseer
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.demand import Directory, ResidentRequest
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Matters:
    """Matters that residents bring; all arrays have shape (matters,)."""

    unit: NDArray[np.int64]
    kind: NDArray[np.int64]
    slot: NDArray[np.int64]
    second: NDArray[np.int64]
    handling: NDArray[np.int64]

    def where(self, keep: NDArray[np.bool_]) -> Matters:
        """Return the matters for which `keep` is True."""
        return Matters(*(getattr(self, f.name)[keep] for f in fields(self)))


def plan_requests(draft: Draft, name: str, request: ResidentRequest) -> None:
    """Write one row for each matter, at the unit that handles it."""
    source = Source(f"demand.{name}", None)
    staff, chance = draft.staff, draft.chance
    units = staff.units(request.on)
    timeline = staff.timeline(request.on)
    seasons = draft.regime.calendar.seasons
    weights = seasons[request.season].value if request.season is not None else None
    rate = request.rate.value.in_year(timeline.in_year)
    found = arrivals(rate, source.name, staff.keys[units], timeline, chance, weights)
    unit, second = units[found.series], found.second
    identity = (found.slot, staff.keys[unit])
    kind = kinds_of(chance.uniform(source.name, "kind", *identity), request.kinds.value, request.concentration.value)
    handling = request.handling.value.quantile(chance.uniform(source.name, "handling", *identity))
    here = Matters(unit, kind, found.slot, second, handling)
    if request.directory is not None:
        sent_on = _unlisted(draft, source, request, request.directory, here)
        _send_on(draft, source, request, request.directory, here.where(sent_on))
        here = here.where(~sent_on)
    draft.add(
        source, Part.HANDLE, Category.SERVICE, (here.slot,),
        unit=here.unit, team=staff.team(here.unit, request.posts), effort=here.handling, release=here.second,
        patience=int(request.patience.value),
    )  # fmt: skip


def _unlisted(
    draft: Draft, source: Source, request: ResidentRequest, directory: Directory, matters: Matters
) -> NDArray[np.bool_]:
    """Return True for matters of a kind that is not listed, where the directory is in force; shape (matters,)."""
    order = in_order(draft.chance, source.name, "kept", request.kinds.value, directory.kept)
    listed = np.isin(matters.kind, order[: directory.kinds.value])
    keys = draft.staff.keys[matters.unit]
    return ~listed & Keyed(draft, source.name, (matters.slot, keys), matters.second, keys).reached(directory)


def _send_on(draft: Draft, source: Source, request: ResidentRequest, directory: Directory, matters: Matters) -> None:
    """Write the refusals for residents who still come, and the handling at the unit that takes over the matters."""
    staff, chance, patience = draft.staff, draft.chance, int(request.patience.value)
    keys = staff.keys[matters.unit]
    still_come = chance.uniform(source.name, "still_come", matters.slot, keys) < directory.still_come.value
    refused = matters.where(still_come)
    u = chance.uniform(source.name, "refusal", refused.slot, staff.keys[refused.unit])
    draft.add(
        source, Part.REFUSE, Category.SERVICE, (refused.slot,),
        unit=refused.unit, team=staff.team(refused.unit, request.posts), release=refused.second,
        effort=directory.refusal.value.quantile(u), patience=patience,
    )  # fmt: skip
    if directory.moves_to is None:
        return
    taker = overseer(draft, source.name, directory.moves_to, matters.unit, matters.kind)
    moved, taker, keys = matters.where(taker >= 0), taker[taker >= 0], keys[taker >= 0]
    draft.add(
        source, Part.HANDLE, Category.SERVICE, (moved.slot, keys),
        unit=taker, team=staff.team(taker, None), effort=moved.handling, release=moved.second, patience=patience,
    )  # fmt: skip
