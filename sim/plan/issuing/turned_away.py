"""Work outside any plan: some of it is turned away at the door, where plans must be filed or somebody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.obligations import Report
from sim.domain.obligations.inspected import Inspected
from sim.plan.identity.occurrences import reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sim.domain.obligations import ObligationBase
    from sim.domain.relief import Force
    from sim.plan.identity.occurrences import Occurrences
    from sim.plan.rows.draft import Draft


def is_unplanned(obligation: ObligationBase) -> bool:
    """Tell visits that are neither planned nor filed, and forms that are not on the list."""
    if isinstance(obligation, Inspected):
        return obligation.planning == "ad_hoc"
    return isinstance(obligation, Report) and not obligation.registered


def turned_away(
    draft: Draft, stream: str, obligation: ObligationBase, key: NDArray[np.uint64], found: Occurrences
) -> NDArray[np.bool_]:
    """Tell which occurrences are turned away; each rule decides by a number of its own."""
    away = np.zeros(len(found), dtype=np.bool_)
    if not is_unplanned(obligation):
        return away
    month = draft.offices.timeline(obligation.on).month_of(found.second)
    for rule, share, force in _rules(obligation):
        refused = draft.chance.uniform(stream, rule, key[found.series], found.slot) < share
        kept_to = draft.chance.uniform(stream, f"{rule}_kept_to", key[found.series], found.slot)
        away |= refused & reached(force, month, draft.regime.calendar.year, kept_to)
    return away


def _rules(obligation: ObligationBase) -> Iterator[tuple[str, float, Force]]:
    if isinstance(obligation, Inspected) and obligation.filing is not None:
        yield "turned_away", obligation.filing.turned_away.value, obligation.filing.reach
    for rule, guard in (("monitor", obligation.monitor), ("enforcement", obligation.enforcement)):
        if guard is not None:
            yield rule, guard.turns_away.value, guard.reach
