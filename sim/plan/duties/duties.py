"""Duties and routine: flexible work, or turns at a fixed time of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Part
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import Series, at_desk, cadre_series, single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.appointments import At, End, Terms
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Duty
    from sim.plan.rows.draft import Draft


def plan_duty(draft: Draft, name: str, duty: Duty) -> None:
    """Write the rows of one duty, by unit or by cadre."""
    source = Source(f"obligations.{name}", duty.issuer)
    staff = draft.staff
    series, team = cadre_series(draft, duty) if duty.per_cadre else _by_unit(draft, duty)
    found = demanded(draft, name, duty, series)
    if duty.per_cadre:
        found = at_desk(draft, team, found)
    unit = series.unit[found.series]
    identity = (series.key[found.series], found.slot)
    body = demanding_body(draft, name, duty, unit, series.programme[found.series], found.slot)
    effort = _effort(draft, source.name, duty, identity, body, found.second)
    if duty.at is not None:
        start = staff.timeline(duty.on).day_of(found.second) * DAY + int(duty.at)
        terms = Terms(
            source=source.name,
            category=duty.category,
            between=(duty.on,),
            booking=duty.booking,
            own_turn=duty.per_cadre,
        )
        appointment = draft.appoint(terms, identity, unit=unit, wanted=start, length=effort)
        draft.add(
            source, Part.ROUTINE, duty.category, identity,
            unit=unit, team=team[found.series], effort=effort, start=start, at=At(appointment, End.CALLERS),
            seats=1 if duty.per_cadre else duty.seats.value,
        )  # fmt: skip
    else:
        draft.add(
            source, Part.ROUTINE, duty.category, identity,
            unit=unit, team=team[found.series], effort=effort, release=found.second,
            due=staff.timeline(duty.on).due_after(found.second, duty.due),
        )  # fmt: skip


def _effort(
    draft: Draft,
    stream: str,
    duty: Duty,
    identity: tuple[NDArray[np.uint64], NDArray[np.int64]],
    body: NDArray[np.uint64],
    second: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Draw the seconds of each turn; a turn at the screen uses the same number in [0, 1) and is never longer."""
    u = draft.chance.uniform(stream, "effort", *identity)
    effort = duty.effort.value.quantile(u)
    if duty.remote is None:
        return effort
    at_screen = draft.chance.uniform(stream, "remote", *identity) < duty.remote.terms.share.value
    at_screen &= Keyed(draft, stream, identity, second, body, duty.guards).reached(duty.remote)
    return np.where(at_screen, np.minimum(duty.remote.terms.watching.value.quantile(u), effort), effort)


def _by_unit(draft: Draft, duty: Duty) -> tuple[Series, NDArray[np.int32]]:
    series = single_series(draft, duty)
    return series, draft.staff.team(series.unit, duty.posts)
