"""Rules on items of several obligations: the items that they reach, and the plans that they compare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.contract.setting import CHECKED, REFUSED, WITHDRAWN
from sim.domain.recurrence import PER_YEAR
from sim.plan.enterprises.enterprise_items import refused_at_the_gate
from sim.plan.identity.chance import combine, text_key
from sim.plan.inspections.recognition import matter_of
from sim.plan.issuing.volume import rank_within
from sim.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from sim.domain.obligations import EnterpriseCheck
    from sim.domain.rule import Rule
    from sim.plan.enterprises.bundles import Trips
    from sim.plan.enterprises.enterprise_items import Items
    from sim.plan.issuing.keyed import Keyed
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Listed:
    """Obligations whose items are planned together, in the order of their entries."""

    draft: Draft
    checks: Mapping[str, EnterpriseCheck]

    def parts(self, items: Items) -> Iterator[tuple[EnterpriseCheck, NDArray[np.bool_], Keyed]]:
        """Yield each obligation with the mask of its items, shape (items,), and the items keyed as items of it."""
        for place, (name, check) in enumerate(self.checks.items()):
            yield check, items.entry == place, items.keyed(self.draft, name, check)

    def under(self, items: Items, field: str, group: str) -> NDArray[np.bool_]:
        """Return True for items whose obligation has the rule of this group in this field, shape (items,)."""
        rules = [getattr(check, field) for check in self.checks.values()]
        return np.array([rule is not None and rule.group == group for rule in rules], dtype=np.bool_)[items.entry]

    def reached(self, items: Items, field: str, group: str | None = None) -> NDArray[np.bool_]:
        """Return True for items that the rule in this field of their obligation reaches, shape (items,)."""
        found = np.zeros(len(items), dtype=np.bool_)
        for check, mine, keyed in self.parts(items):
            rule: Rule | None = getattr(check, field)
            if rule is not None and group in (None, rule.group):
                found |= mine & keyed.reached(rule)
        return found


def compared(listed: Listed, items: Items) -> Items:
    """Return the items with the subjects of the plans that are compared; plans of one subject and month are one."""
    subject, gives_way, plan = items.subject.copy(), items.gives_way.copy(), items.plan.copy()
    for check, mine, keyed in listed.parts(items):
        rule = check.bundle
        if rule is None or rule.subjects is None or check.planning == "ad_hoc":
            continue
        chosen = mine & keyed.reached(rule)
        about = matter_of(listed.draft.chance, rule.group, rule.subjects.value, items.body, items.month)
        subject[chosen] = about[chosen]
        plan[chosen] = combine(text_key(rule.group), about, items.month)[chosen]
        gives_way |= chosen & (keyed.number("dropped") < rule.dropped.value)
    return replace(items, subject=subject, gives_way=gives_way, plan=plan)


def over_the_cap(listed: Listed, trips: Trips) -> NDArray[np.int64]:
    """Return the end of each item: withdrawn or refused for the items of a trip over a cap, else `CHECKED`.

    Trips are counted in the order of a lot. Departments that keep to the cap withdraw the trips beyond it; of the
    others some are refused at the gate.
    """
    items, ends = trips.items, np.full(len(trips.items), CHECKED, dtype=np.int64)
    lot, gate = np.zeros(len(items)), np.zeros(len(items), dtype=np.bool_)
    for check, mine, keyed in listed.parts(items):
        lot = np.where(mine, keyed.number("visit_cap_lot"), lot)
        if check.scan is not None:
            gate |= mine & refused_at_the_gate(check.scan, keyed)
    caps = {check.visit_cap.group: check.visit_cap for check in listed.checks.values() if check.visit_cap is not None}
    for group, cap in sorted(caps.items()):
        led = np.flatnonzero(trips.leads & listed.under(items, "visit_cap", group))
        kept = listed.reached(items, "visit_cap", group)
        periods = int(PER_YEAR[cap.period])
        period = items.unit[led] * periods + (items.month[led] - 1) * periods // MONTHS_PER_YEAR
        in_force = items.start[led] // DAY >= cap.first_day(listed.draft.regime.calendar.year)
        beyond = led[in_force & (rank_within(period, lot[led]) >= cap.most.value)]
        ends[beyond] = np.where(kept[beyond], WITHDRAWN, np.where(gate[beyond], REFUSED, CHECKED))
    return ends[trips.trip]
