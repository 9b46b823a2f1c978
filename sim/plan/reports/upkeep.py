"""Upkeep of the shared store: the keepers renew its records, and units that fill in forms renew their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.domain.distribution import Distribution
from sim.domain.recurrence import Recurrence
from sim.plan.identity.occurrences import fall_due
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.draft import Source
from sim.units import Duration

if TYPE_CHECKING:
    from sim.domain.obligations import Report
    from sim.domain.obligations.report import SharedForm
    from sim.domain.regime import Regime
    from sim.plan.rows.draft import Draft


def write_upkeep(draft: Draft, name: str, report: Report) -> None:
    """Write the monthly upkeep of the shared store, under the first by name of the reports that share it."""
    shared = report.shared_form
    if shared is None or name != min(shared.of):
        return
    staff, chance = draft.staff, draft.chance
    source = Source(f"obligations.{name}", report.issuer)
    stream = f"{source.name}.upkeep"
    for place, (unit_type, time) in enumerate(_upkeep(draft.regime, shared)):
        units = staff.units(unit_type)
        timeline = staff.timeline(unit_type)
        found = fall_due(Recurrence(every="monthly"), stream, staff.keys[units], timeline, chance, {})
        keys = staff.keys[units][found.series]
        identity = (np.full(len(keys), place), found.slot, keys)
        kept = Keyed(draft, stream, identity, found.second, keys).reached(shared)
        effort = time.quantile(chance.uniform(stream, "effort", *identity))
        unit, slot, second = units[found.series][kept], found.slot[kept], found.second[kept]
        draft.add(
            source, Part.UPKEEP, Category.REPORTS, (place, slot),
            unit=unit, team=staff.team(unit, None), release=second, effort=effort[kept],
            due=timeline.due_after(second, draft.lags.store_renewed.value),
        )  # fmt: skip


def _upkeep(regime: Regime, shared: SharedForm) -> list[tuple[str, Distribution]]:
    """List the unit types that maintain the store, with the time of one of their units a month.

    Units that fill the forms renew their own records; the keepers divide all other records among them.
    """
    store = shared.store
    filling = sorted({regime.obligations[name].on for name in shared.of})
    keepers = regime.organisation.real_count(store.kept_by)
    renewal = round(store.records.value * store.changed.value * store.renewal.value / max(keepers, 1))
    renewing = [(store.kept_by, Distribution.parse(str(Duration(renewal))))] if renewal > 0 else []
    return [(unit_type, store.grassroots.value) for unit_type in filling] + renewing
