"""The shared store of a line of work: the fields it holds, and the tables in which units enter what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.recurrence import Recurrence
from sim.plan.identity.compliance import share_on
from sim.plan.identity.occurrences import fall_due
from sim.plan.reports.form_work import Forms
from sim.plan.rows.rows import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.report import SharedForm
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Store:
    """The store of one line of work; all arrays have shape (fields of the pool,)."""

    rule: SharedForm
    """The rule on the first report of the line of work, by name, that has one."""
    lot: NDArray[np.float64]
    """Number in [0, 1) of each field; the store covers those below its coverage."""
    in_table: NDArray[np.bool_]
    """True for fields that units enter into a table."""

    def holds(self, draft: Draft, shared: SharedForm, forms: Forms) -> NDArray[np.bool_]:
        """Return True for fields that are in the store when a form asks for them, shape (forms, fields).

        An issuer who reads the store finds all covered fields. A unit finds the share of them that complying
        departments are of all, since only these put their data into the store.
        """
        in_force = share_on(shared, draft.regime.calendar.year, forms.second, forms.report.guards)
        kept = np.where(forms.from_store, 1.0, in_force)[:, None]
        held: NDArray[np.bool_] = self.lot[forms.fields] < shared.coverage.value * kept
        return held | (self.in_table[forms.fields] & (kept > 0))


def store_of(draft: Draft, domain: str, forms: list[Forms]) -> Store | None:
    """Return the store of a line of work, None if none of its reports has a shared form."""
    sharing = [one for one in forms if one.report.shared_form is not None]
    rule = sharing[0].report.shared_form if sharing else None
    if rule is None:
        return None
    pool = draft.regime.policy.pools[domain]
    lot = draft.chance.uniform(f"store.{domain}", "covered", np.arange(pool.universe.value))
    in_table = np.zeros(len(lot), dtype=np.bool_)
    if rule.table is not None:
        for one in sharing:
            if one.report.recurrence.value.rate is None:
                in_table[one.fields] = True
    return Store(rule, lot, in_table & (lot >= rule.coverage.value))


def tables(draft: Draft, store: Store | None, forms: list[Forms]) -> list[Forms]:
    """Return the tables of a line of work as forms of its first report with a shared form, by unit type."""
    if store is None or store.rule.table is None or not np.any(store.in_table):
        return []
    first = {one.report.on: one for one in reversed(forms) if one.report.shared_form is not None}
    return [_table(draft, store, store.rule.table, one) for one in first.values()]


def _table(draft: Draft, store: Store, often: str, one: Forms) -> Forms:
    units, timeline = draft.staff.units(one.report.on), draft.staff.timeline(one.report.on)
    cycle = Recurrence.model_validate(often)
    found = fall_due(cycle, f"obligations.{one.name}.table", draft.staff.keys[units], timeline, draft.chance, {})
    in_force = share_on(store.rule, draft.regime.calendar.year, found.second, one.report.guards)
    found = found.where(in_force > 0)
    table = np.full(len(found), NONE)  # no programme, no collection
    fields = np.tile(np.flatnonzero(store.in_table), (len(found), 1))
    by_hand = np.zeros(len(found), dtype=np.bool_)
    return Forms(one.name, one.report, units[found.series], table, found.slot, found.second, by_hand, table, fields)
