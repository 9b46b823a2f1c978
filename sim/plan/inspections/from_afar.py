"""Checks from afar: the unit uploads data and answers by the day of the visit, then an inspector looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category, Part
from sim.plan.identity.chance import combine, text_key
from sim.plan.inspections.inspection_lists import list_of
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from sim.plan.inspections.inspection_rows import Visits
    from sim.plan.rows.draft import Draft


def without_those_from_afar(draft: Draft, parts: list[Visits]) -> list[Visits]:
    """Return the visits on the spot; write the rows of the checks that are made from data instead."""
    kept = []
    for visits in parts:
        rule = visits.inspection.from_afar
        if rule is not None:
            item = combine(text_key(list_of(visits.name, visits.inspection)), visits.programme)
            afar = draft.chance.uniform("inspections", "from_afar", item) < rule.shown.value
            afar &= visits.keyed(draft).reached(rule)
            _write(draft, visits.where(afar))
            visits = visits.where(~afar)  # noqa: PLW2901
        kept.append(visits)
    return kept


def _write(draft: Draft, visits: Visits) -> None:
    """Write the answers of each unit, and the look of the department; one outside the organisation has no row."""
    inspection, staff, rule = visits.inspection, draft.staff, visits.inspection.from_afar
    assert rule is not None
    source, keyed = Source(f"obligations.{visits.name}", inspection.issuer), visits.keyed(draft)
    timeline = staff.timeline(inspection.on)
    notice = timeline.shift_days(timeline.day_of(visits.start), -int(inspection.notice.value)) * DAY + timeline.opens[0]
    draft.add(
        source, Part.FILL, Category.INSPECTIONS, (visits.programme, visits.slot),
        unit=visits.unit, team=staff.team(visits.unit, inspection.posts), due=visits.start,
        effort=rule.answering.value.quantile(keyed.number("answering")), release=np.minimum(notice, visits.start),
    )  # fmt: skip
    inside = np.flatnonzero(visits.department >= 0)
    looker = visits.department[inside]
    draft.add(
        source, Part.RECEIVE, Category.INSPECTIONS,
        (visits.programme[inside], visits.slot[inside], staff.keys[visits.unit[inside]]),
        unit=looker, team=staff.team(looker, None), release=visits.start[inside],
        effort=rule.looking.value.quantile(keyed.number("looking"))[inside],
        due=timeline.due_after(visits.start[inside], draft.lags.forms_received.value),
    )  # fmt: skip
