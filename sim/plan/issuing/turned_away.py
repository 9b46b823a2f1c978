"""Unplanned work that is turned away because plans must be filed or a monitor watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.obligations import Report
from sim.domain.obligations.inspected import Inspected
from sim.plan.issuing.keyed import Keyed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sim.domain.obligations import ObligationBase
    from sim.domain.rule import Rule
    from sim.plan.identity.occurrences import Occurrences
    from sim.plan.rows.draft import Draft


def is_unplanned(obligation: ObligationBase) -> bool:
    """Return whether the obligation is a visit that is neither planned nor filed, or a form that is not on the list."""
    if isinstance(obligation, Inspected):
        return obligation.planning == "ad_hoc"
    return isinstance(obligation, Report) and not obligation.registered


def turned_away(
    draft: Draft, stream: str, obligation: ObligationBase, key: NDArray[np.uint64], found: Occurrences
) -> NDArray[np.bool_]:
    """Return True for occurrences that are turned away, shape (occurrences,); each rule decides by its own numbers."""
    away = np.zeros(len(found), dtype=np.bool_)
    if not is_unplanned(obligation):
        return away
    month = draft.staff.timeline(obligation.on).month_of(found.second)
    asked = Keyed(draft, stream, (key[found.series], found.slot), month, obligation.guards)
    for attribute, share, rule in _rules(obligation):
        away |= (asked.number(attribute) < share) & asked.reached(rule, f"{attribute}_kept_to")
    return away


def _rules(obligation: ObligationBase) -> Iterator[tuple[str, float, Rule]]:
    """List each rule that turns work away: attribute of its numbers, share in [0, 1] turned away, the rule."""
    if isinstance(obligation, Inspected) and obligation.filing is not None:
        yield "turned_away", obligation.filing.turned_away.value, obligation.filing
    for attribute, guard in (("monitor", obligation.monitor), ("enforcement", obligation.enforcement)):
        if guard is not None:
            yield attribute, guard.watch.turns_away, guard
