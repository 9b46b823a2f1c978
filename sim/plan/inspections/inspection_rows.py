"""The rows of a visit: preparation, hosting, escort, the inspectors' visit, rectification."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sim.domain.category import Category, Part
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import issuing_type
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.appointments import At, End, Follow, Terms
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Inspection
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Visits:
    """Visits of one obligation; all arrays have shape (visits,), one entry an item and unit."""

    name: str
    inspection: Inspection
    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    month: NDArray[np.int64]
    start: NDArray[np.int64]
    noticed: NDArray[np.bool_]
    """True for an announced visit, for which ledgers are prepared."""
    preparation: NDArray[np.int64]
    """Seconds of each preparer; used only for announced visits."""
    hosting: NDArray[np.int64]
    """Seconds of each host."""
    lot: NDArray[np.float64]
    """Number in [0, 1) that decides which item leads a joint visit."""
    inspectors: NDArray[np.int64]
    """Cadres that the item's department sends."""
    hosts: NDArray[np.int64]
    party: NDArray[np.int64]
    """Number of the visit in which the item is checked; the items of a joint visit have one number."""
    department: NDArray[np.int64]
    """Unit of the inspectors, -1 for one outside the organisation."""
    leads: NDArray[np.bool_]
    """True for the one item of a joint visit under which its hosting is booked."""

    def where(self, keep: NDArray[np.bool_]) -> Self:
        """Return the visits for which `keep` is True."""
        columns: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        columns |= {name: value[keep] for name, value in columns.items() if isinstance(value, np.ndarray)}
        return type(self)(**columns)

    def keyed(self, draft: Draft) -> Keyed:
        """Return the visits with the identity by which their numbers are keyed."""
        identity = (self.programme, self.slot, draft.staff.keys[self.unit])
        body = demanding_body(draft, self.name, self.inspection, self.unit, self.programme, self.slot)
        return Keyed(draft, f"obligations.{self.name}", identity, self.start, body, self.inspection.guards)


def appoint(draft: Draft, visits: Visits, outside: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the appointments of the visits that lead; `outside` counts inspectors who are not simulated, by party.

    All items of a joint visit share one appointment. A visit without notice is an appointment of its inspectors only.
    """
    inspection, led = visits.inspection, visits.where(visits.leads)
    terms = Terms(
        source=f"obligations.{visits.name}",
        category=Category.INSPECTIONS,
        between=(issuing_type(inspection), inspection.on),
        booking=inspection.booking,
        is_visit=True,
    )
    return draft.appoint(
        terms, (led.programme, led.slot, draft.staff.keys[led.unit]), unit=led.unit, wanted=led.start,
        length=led.hosting, outside=outside[led.party], surprise=~led.noticed,
    )  # fmt: skip


def write_visits(draft: Draft, visits: Visits, appointment: NDArray[np.int64]) -> NDArray[np.int64]:
    """Write the rows of one obligation's visits; return the handles of those that it leads."""
    source = Source(f"obligations.{visits.name}", visits.inspection.issuer)
    led = visits.where(visits.leads)
    _prepare(draft, source, visits.where(visits.noticed), appointment[visits.noticed])
    hosted = _host(draft, source, led, appointment[visits.leads])
    _escort(draft, source, led, appointment[visits.leads])
    _inspect(draft, source, visits, appointment)
    _rectify(draft, source, visits, appointment)
    return hosted


def _prepare(draft: Draft, source: Source, visits: Visits, appointment: NDArray[np.int64]) -> None:
    """Write the ledgers of each item, due when the visit starts."""
    staff, inspection = draft.staff, visits.inspection
    count = inspection.preparers.value
    place = np.repeat(np.arange(len(visits.unit)), count)
    preparer = np.tile(np.arange(count), len(visits.unit))
    unit, days = visits.unit[place], -int(inspection.notice.value)
    opens = staff.timeline(inspection.on).opens[0]
    draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, (visits.programme[place], visits.slot[place], preparer),
        unit=unit, team=staff.team(unit, inspection.posts), effort=np.maximum(1, visits.preparation[place]),
        follows=Follow(appointment[place], visits.start[place], inspection.on, days, opens),
    )  # fmt: skip


def _host(draft: Draft, source: Source, visits: Visits, appointment: NDArray[np.int64]) -> NDArray[np.int64]:
    team = draft.staff.team(visits.unit, visits.inspection.posts)
    return draft.add(
        source, Part.HOST, Category.INSPECTIONS, (visits.programme, visits.slot),
        unit=visits.unit, team=team, start=visits.start, at=At(appointment, End.CALLED), effort=visits.hosting,
        seats=visits.hosts,
    )  # fmt: skip


def _escort(draft: Draft, source: Source, visits: Visits, appointment: NDArray[np.int64]) -> None:
    """Write the escort by cadres of the unit above; a unit at the top has no escort."""
    escort = visits.inspection.escort
    if escort is None:
        return
    below = draft.staff.parent[visits.unit] >= 0
    visits, appointment = visits.where(below), appointment[below]
    above, road = draft.staff.parent[visits.unit], draft.staff.travel[visits.unit]
    keys = draft.staff.keys[visits.unit]
    draft.add(
        source, Part.ESCORT, Category.INSPECTIONS, (visits.programme, visits.slot, keys),
        unit=above, team=draft.staff.team(above, escort.posts), start=visits.start - road,
        at=At(appointment, End.ESCORT), effort=visits.hosting + 2 * road, seats=escort.seats.value, travel=2 * road,
    )  # fmt: skip


def _inspect(draft: Draft, source: Source, visits: Visits, appointment: NDArray[np.int64]) -> None:
    """Write the inspectors of each item's department; they stay for the whole visit."""
    inside = (visits.department >= 0) & (visits.inspectors > 0)
    mine, staff = visits.where(inside), draft.staff
    road = staff.road(mine.unit, issuing_type(mine.inspection))
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (mine.programme, mine.slot, staff.keys[mine.unit]),
        unit=mine.department, team=staff.team(mine.department, None), start=mine.start - road,
        at=At(appointment[inside], End.CALLERS), effort=mine.hosting + 2 * road, seats=mine.inspectors,
        travel=2 * road,
    )  # fmt: skip


def _rectify(draft: Draft, source: Source, visits: Visits, appointment: NDArray[np.int64]) -> None:
    rectification, staff = visits.inspection.rectification, draft.staff
    if rectification is None:
        return
    identity = (visits.programme, visits.slot, staff.keys[visits.unit])
    found = np.flatnonzero(draft.chance.uniform(source.name, "rectified", *identity) < rectification.share.value)
    unit, on = visits.unit[found], visits.inspection.on
    mine = tuple(word[found] for word in identity)
    days, opens = draft.lags.rectification_begins.value, staff.timeline(on).opens[0]
    draft.add(
        source, Part.RECTIFY, Category.INSPECTIONS, mine,
        unit=unit, team=staff.team(unit, visits.inspection.posts),
        effort=rectification.effort.value.quantile(draft.chance.uniform(source.name, "rectification", *mine)),
        follows=Follow(appointment[found], visits.start[found], on, days, opens, rectification.due),
    )  # fmt: skip
