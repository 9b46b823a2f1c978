"""Unplanned work that is turned away because plans must be filed or a monitor watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.obligations import Report
from sim.domain.obligations.inspected import Inspected
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.keyed import Keyed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sim.domain.obligations import ObligationBase
    from sim.domain.rule import Rule
    from sim.plan.identity.occurrences import Occurrences
    from sim.plan.issuing.issuing import Series
    from sim.plan.rows.draft import Draft


def is_unplanned(obligation: ObligationBase) -> bool:
    """Return whether the obligation is a visit that is neither planned nor filed, or a form that is not on the list."""
    if isinstance(obligation, Inspected):
        return obligation.planning == "ad_hoc"
    return isinstance(obligation, Report) and not obligation.registered


def let_in(draft: Draft, name: str, obligation: ObligationBase, series: Series) -> Occurrences:
    """Draw the occurrences of the series; leave out those turned away."""
    found = demanded(draft, name, obligation, series)
    return found.where(~turned_away(draft, name, obligation, series, found))


def turned_away(
    draft: Draft, name: str, obligation: ObligationBase, series: Series, found: Occurrences
) -> NDArray[np.bool_]:
    """Return True for occurrences that are turned away, shape (occurrences,); each rule decides by its own numbers."""
    away = np.zeros(len(found), dtype=np.bool_)
    rules = list(_rules(obligation)) if is_unplanned(obligation) else []
    if not rules:
        return away
    unit, programme = series.unit[found.series], series.programme[found.series]
    body = demanding_body(draft, name, obligation, unit, programme, found.slot)
    identity = (series.key[found.series], found.slot)
    asked = Keyed(draft, f"obligations.{name}", identity, found.second, body, obligation.guards)
    for attribute, share, rule in rules:
        away |= (asked.number(attribute) < share) & asked.reached(rule)
    return away


def _rules(obligation: ObligationBase) -> Iterator[tuple[str, float, Rule]]:
    """List each rule that turns work away: attribute of its numbers, share in [0, 1] turned away, the rule."""
    if isinstance(obligation, Inspected) and obligation.filing is not None:
        yield "turned_away", obligation.filing.turned_away.value, obligation.filing
    for attribute, guard in (("monitor", obligation.monitor), ("enforcement", obligation.enforcement)):
        if guard is not None:
            yield attribute, guard.watch.turns_away, guard
