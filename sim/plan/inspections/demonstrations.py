"""Demonstration projects: ledgers through the year, interim checks, acceptance."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category, Part
from sim.plan.inspections.pools import by_lot
from sim.plan.inspections.visits import visit_start
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import issuing_type, occurrences, overseer, single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.appointments import At, End, Follow, Terms
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Demonstration
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Entered:
    """Projects in which units take part, or steps of them; all arrays have shape (projects,) or (steps,)."""

    unit: NDArray[np.int64]
    programme: NDArray[np.int64]
    slot: NDArray[np.int64]
    step: NDArray[np.int64]
    """Number of the ledger or of the visit; the last visit is the acceptance."""
    day: NDArray[np.int64]
    """Day of the year on which the ledger is begun or the visit takes place."""
    accepted: NDArray[np.int64]
    """Day of the acceptance."""

    def where(self, keep: NDArray[np.bool_] | NDArray[np.int64]) -> Self:
        """Return the entries at `keep`: a mask, or indices, which may repeat."""
        return type(self)(*(getattr(self, f.name)[keep] for f in fields(self)))


def plan_demonstration(draft: Draft, name: str, project: Demonstration) -> None:
    """Write the rows of one obligation's projects."""
    source = Source(f"obligations.{name}", project.issuer)
    series = single_series(draft, project)
    found = occurrences(draft, source.name, project, series)
    unit, programme, day = series.unit[found.series], series.programme[found.series], found.second // DAY
    taking_part = draft.chance.uniform(source.name, "participating", programme, draft.staff.keys[unit])
    entered = Entered(unit, programme, found.slot, np.zeros(len(unit), dtype=np.int64), day, day)
    entered = entered.where(taking_part < project.participating.value)
    _keep_ledgers(draft, source, project, _steps(draft, name, project, entered, project.ledgers.value, begin=True))
    visits = _steps(draft, name, project, entered, project.midterm_checks.value + 1, begin=False)
    _receive(draft, source, project, visits)


def _steps(draft: Draft, name: str, project: Demonstration, entered: Entered, count: int, *, begin: bool) -> Entered:
    """Spread steps evenly over the working days up to the acceptance; leave out those of abolished projects.

    Ledgers are begun at the start of their part of the time, visits take place at its end.
    """
    place = np.repeat(np.arange(len(entered.unit)), count)
    step = np.tile(np.arange(count), len(entered.unit))
    spread = entered.where(place)
    timeline = draft.staff.timeline(project.on)
    until = np.searchsorted(timeline.days, spread.accepted)
    day = timeline.days[until * (step + (not begin)) // max(count, 1)]
    spread = Entered(spread.unit, spread.programme, spread.slot, step, day, spread.accepted)
    return spread.where(~_abolished(draft, name, project, spread))


def _abolished(draft: Draft, name: str, project: Demonstration, steps: Entered) -> NDArray[np.bool_]:
    """Return True for steps of abolished projects; steps before its start are never dropped."""
    cull = project.cull
    if cull is None:
        return np.zeros(len(steps.unit), dtype=np.bool_)
    pool = {listed: draft.regime.obligations[listed].programmes.value for listed in cull.of}
    projects = by_lot(draft.chance, "cull", pool, kind="projects")
    gone = [project.programme for project in projects[cull.projects.value :] if project.listed == name]
    body = demanding_body(draft, name, project, steps.unit, steps.programme, steps.slot)
    identity = (steps.programme, draft.staff.keys[steps.unit])
    keyed = Keyed(draft, f"obligations.{name}", identity, steps.day * DAY, body, project.guards)
    return np.isin(steps.programme, gone) & keyed.reached(cull)


def _keep_ledgers(draft: Draft, source: Source, project: Demonstration, ledgers: Entered) -> None:
    """Write each ledger, released at the start of its part of the time and due at the acceptance."""
    staff, timeline = draft.staff, draft.staff.timeline(project.on)
    identity = (ledgers.programme, ledgers.slot, ledgers.step)
    u = draft.chance.uniform(source.name, "ledger", *identity, staff.keys[ledgers.unit])
    draft.add(
        source, Part.FILL, Category.INSPECTIONS, identity,
        unit=ledgers.unit, team=staff.team(ledgers.unit, project.posts), effort=project.ledger.value.quantile(u),
        release=ledgers.day * DAY + timeline.opens[0], due=ledgers.accepted * DAY + timeline.opens[0],
    )  # fmt: skip


def _receive(draft: Draft, source: Source, project: Demonstration, visits: Entered) -> None:
    """Write the preparation and hosting of each visit, and the visit itself for cadres of the issuer."""
    staff, timeline = draft.staff, draft.staff.timeline(project.on)
    identity, keys = (visits.programme, visits.slot, visits.step), staff.keys[visits.unit]
    team = staff.team(visits.unit, project.posts)
    start = visit_start(draft, source.name, (*identity, keys), visits.day, timeline)
    length = project.length.value.quantile(draft.chance.uniform(source.name, "length", *identity, keys))
    department = overseer(draft, source.name, project.issuer, visits.unit, visits.programme)
    terms = Terms(
        source=source.name,
        category=Category.INSPECTIONS,
        between=(issuing_type(project), project.on),
        booking=project.booking,
        is_visit=True,
    )
    outside = np.where(department < 0, project.inspectors.value, 0)
    appointment = draft.appoint(
        terms, (*identity, keys), unit=visits.unit, wanted=start, length=length, outside=outside
    )
    draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, identity,
        unit=visits.unit, team=team,
        effort=project.preparation.value.quantile(draft.chance.uniform(source.name, "preparation", *identity, keys)),
        follows=Follow(appointment, start, project.on, -int(project.notice.value), timeline.opens[0]),
    )  # fmt: skip
    draft.add(
        source, Part.HOST, Category.INSPECTIONS, identity,
        unit=visits.unit, team=team, start=start, at=At(appointment, End.CALLED), effort=length,
        seats=project.hosts.value,
    )  # fmt: skip
    inside = np.flatnonzero(department >= 0)
    road = staff.road(visits.unit, issuing_type(project))[inside]
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (*(word[inside] for word in identity), keys[inside]),
        unit=department[inside], team=staff.team(department[inside], None), start=start[inside] - road,
        at=At(appointment[inside], End.CALLERS), effort=length[inside] + 2 * road, seats=project.inspectors.value,
        travel=2 * road,
    )  # fmt: skip
