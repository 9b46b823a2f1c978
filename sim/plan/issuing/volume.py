"""Caps on volume: the meetings and documents that are still issued.

A share keeps occurrences whose lot is below it; a number keeps the smallest lots of each issuer and year. Both kinds of
kept sets are nested, and kept occurrences are unchanged. Of several caps each keeps its share of the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.plan.issuing.bodies import calling_body
from sim.plan.issuing.keyed import Keyed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Broadcast
    from sim.plan.identity.occurrences import Occurrences
    from sim.plan.issuing.issuing import Series
    from sim.plan.rows.draft import Draft


def within_cap(draft: Draft, stream: str, obligation: Broadcast, series: Series, found: Occurrences) -> Occurrences:
    """Leave out the occurrences that a cap on volume drops."""
    if not obligation.volume_caps:
        return found
    body = calling_body(draft, stream, obligation, series, found)
    issued = Keyed(draft, stream, (series.key[found.series], found.slot), found.second, body, obligation.guards)
    lot = issued.number("volume_cap")
    left, dropped = np.ones(len(lot)), np.zeros(len(lot), dtype=np.bool_)
    for cap in obligation.volume_caps:
        in_force = issued.reached(cap)
        left = np.where(in_force, left * (1.0 if cap.kept is None else cap.kept.value), left)
        beyond = lot >= left
        if cap.most is not None:
            beyond |= rank_within(series.unit[found.series], lot) >= cap.most.value
        dropped |= beyond & in_force
    return found.where(~dropped)


def rank_within(issuer: NDArray[np.int64], lot: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rank of each lot among the lots of its issuer, 0 for the smallest."""
    order = np.lexsort((lot, issuer))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.diff(issuer[order]) != 0
    first = np.flatnonzero(new)[np.cumsum(new) - 1]
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - first
    return rank
