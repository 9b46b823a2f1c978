"""Year-end appraisals: ledgers for indicators, a self-report and a visit, or routine data and an unannounced exam."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.plan.appraisals.evidence import write_uploads
from sim.plan.appraisals.examined import Examinations, Pieces, note_examinations
from sim.plan.appraisals.rounds import in_rounds
from sim.plan.appraisals.seamless import write_seamless
from sim.plan.inspections.visits import visit_start
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import department_key, issuing_type, overseer, single_series
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.appointments import At, End, Follow, Terms
from sim.plan.rows.draft import Source
from sim.plan.rows.rows import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Appraisal
    from sim.plan.appraisals.rounds import Rounds
    from sim.plan.rows.draft import Draft


def plan_appraisal(draft: Draft, name: str, appraisal: Appraisal) -> None:
    """Write the rows of one appraisal; preparation for an announced visit is due when the examiners arrive."""
    source = Source(f"obligations.{name}", appraisal.issuer)
    found = _due(draft, name, source, appraisal)
    quiet = _unannounced(draft, source, appraisal, found)
    told = found.where(~quiet)
    rounds = in_rounds(appraisal, told, _keyed(draft, source, appraisal, told))
    length = rounds.hosting(appraisal, _length(draft, source, appraisal, told))
    told = _appoint(draft, source, appraisal, rounds.told, rounds.leader, length, rounds.seats)
    rounds = replace(rounds, told=told)
    found = found.with_those(~quiet, told)
    pieces = _prepare(draft, source, appraisal, rounds)
    _host(draft, source, appraisal, rounds.told.where(rounds.leads), length[rounds.leads])
    comes = rounds.seats > 0
    _examine(draft, source, appraisal, rounds.told.where(comes), length[comes], rounds.seats[comes])
    if appraisal.seamless is not None:
        chosen = quiet & (found.programme < appraisal.seamless.exam.papers.value)
        examined = found.where(chosen)
        u = _keyed(draft, source, appraisal, examined).number("exam")
        seats = np.full(len(examined.unit), appraisal.examiners.value)
        length = appraisal.seamless.exam.length.value.quantile(u)
        examined = _appoint(draft, source, appraisal, examined, np.arange(len(seats)), length, seats)
        found = found.with_those(chosen, examined)
        _examine(draft, source, appraisal, examined, length, seats)
        write_seamless(draft, name, appraisal, appraisal.seamless)
    if appraisal.scoring is not None:
        note_examinations(draft, source.name, appraisal, found, quiet, pieces)


def _due(draft: Draft, name: str, source: Source, appraisal: Appraisal) -> Examinations:
    """Draw the times at which each unit is examined in each programme."""
    series = single_series(draft, appraisal)
    found = demanded(draft, name, appraisal, series)
    timeline = draft.staff.timeline(appraisal.on)
    unit, programme = series.unit[found.series], series.programme[found.series]
    day, identity = timeline.day_of(found.second), (programme, found.slot, draft.staff.keys[unit])
    return Examinations(
        number=np.arange(len(unit)),
        unit=unit,
        programme=programme,
        slot=found.slot,
        body=demanding_body(draft, name, appraisal, unit, programme, found.slot),
        start=visit_start(draft, source.name, identity, day, timeline),
        looker=np.arange(len(unit)),
        appointment=np.full(len(unit), NONE, dtype=np.int64),
    )


def _appoint(
    draft: Draft,
    source: Source,
    appraisal: Appraisal,
    found: Examinations,
    leader: NDArray[np.int64],
    length: NDArray[np.int64],
    seats: NDArray[np.int64],
) -> Examinations:
    """Return the examinations with the appointment of their round; `leader` is the index of the one that leads it."""
    leads = leader == np.arange(len(leader))
    led = found.where(leads)
    absent = np.where(_examiner(draft, source, appraisal, found) < 0, seats, 0)
    terms = Terms(
        source=source.name,
        category=Category.INSPECTIONS,
        between=(issuing_type(appraisal), appraisal.on),
        booking=appraisal.booking,
        is_visit=True,
    )
    appointment = found.appointment.copy()
    appointment[leads] = draft.appoint(
        terms, (led.programme, led.slot, draft.staff.keys[led.unit]), unit=led.unit, wanted=led.start,
        length=length[leads], outside=np.bincount(leader, absent, minlength=len(leader))[leads],
    )  # fmt: skip
    return replace(found, appointment=appointment[leader])


def _examiner(draft: Draft, source: Source, appraisal: Appraisal, found: Examinations) -> NDArray[np.int64]:
    """Return the unit of the examiners, -1 for one outside the slice."""
    shared = department_key(draft, appraisal, found.programme, found.slot, found.unit)
    return overseer(draft, source.name, appraisal.issuer, found.unit, *shared)


def _keyed(draft: Draft, source: Source, appraisal: Appraisal, found: Examinations) -> Keyed:
    """Return the examinations with the identity that their numbers are keyed by."""
    identity = (found.programme, found.slot, draft.staff.keys[found.unit])
    return Keyed(draft, source.name, identity, found.start, found.body, appraisal.guards)


def _unannounced(draft: Draft, source: Source, appraisal: Appraisal, found: Examinations) -> NDArray[np.bool_]:
    """Return True for examinations in which the unit takes no part, shape (examinations,)."""
    if appraisal.seamless is None:
        return np.zeros(len(found.unit), dtype=np.bool_)
    return _keyed(draft, source, appraisal, found).reached(appraisal.seamless)


def _prepare(draft: Draft, source: Source, appraisal: Appraisal, rounds: Rounds) -> Pieces:
    """Write the self-report and a ledger for each indicator, less the time of uploads; return all as pieces."""
    staff, chance, found = draft.staff, draft.chance, rounds.told
    team, keys, identity = (
        staff.team(found.unit, appraisal.posts),
        staff.keys[found.unit],
        (found.programme, found.slot),
    )
    place = np.repeat(np.arange(len(found.unit)), appraisal.indicators.value)
    indicator = np.tile(np.arange(appraisal.indicators.value), len(found.unit))
    mine = (found.programme[place], found.slot[place], indicator)
    effort = appraisal.ledger.value.quantile(chance.uniform(source.name, "ledger", *mine, keys[place]))
    report = appraisal.self_report.value.quantile(chance.uniform(source.name, "self_report", *identity, keys))
    shape = (len(found.unit), appraisal.indicators.value)
    left = rounds.left(appraisal, effort.reshape(shape).sum(axis=1) + report)
    effort = np.rint(effort * left[place]).astype(np.int64)
    report = np.maximum(np.rint(report * left), 1).astype(np.int64)
    uploads = Pieces.of()
    if appraisal.continuous is not None:
        kept, uploads = write_uploads(draft, source, appraisal, appraisal.continuous, found, effort.reshape(shape))
        effort = kept.ravel()
    due = effort > 0
    place, mine = place[due], (mine[0][due], mine[1][due], mine[2][due])
    days, opens = -int(appraisal.notice.value), staff.timeline(appraisal.on).opens[0]
    ledgers = draft.add(
        source, Part.PREPARE, Category.INSPECTIONS, mine,
        unit=found.unit[place], team=team[place], effort=effort[due],
        follows=Follow(found.appointment[place], found.start[place], appraisal.on, days, opens),
    )  # fmt: skip
    reports = draft.add(
        source, Part.FILL, Category.INSPECTIONS, identity,
        unit=found.unit, team=team, follows=Follow(found.appointment, found.start, appraisal.on, days, opens),
        effort=report,
    )  # fmt: skip
    return Pieces.of((ledgers, found.number[place], 1.0), (reports, found.number, 1.0)).and_also(uploads)


def _length(draft: Draft, source: Source, appraisal: Appraisal, found: Examinations) -> NDArray[np.int64]:
    return appraisal.length.value.quantile(_keyed(draft, source, appraisal, found).number("length"))


def _host(draft: Draft, source: Source, appraisal: Appraisal, found: Examinations, length: NDArray[np.int64]) -> None:
    """Write the visit for the cadres of the unit who receive the examiners."""
    draft.add(
        source, Part.HOST, Category.INSPECTIONS, (found.programme, found.slot),
        unit=found.unit, team=draft.staff.team(found.unit, appraisal.posts), start=found.start,
        at=At(found.appointment, End.CALLED), effort=length, seats=appraisal.hosts.value,
    )  # fmt: skip


def _examine(
    draft: Draft,
    source: Source,
    appraisal: Appraisal,
    found: Examinations,
    length: NDArray[np.int64],
    seats: NDArray[np.int64],
) -> None:
    """Write the visit for the examiners, with travel there and back; examiners outside the slice have no row."""
    staff, identity, keys = draft.staff, (found.programme, found.slot), draft.staff.keys[found.unit]
    examiner = _examiner(draft, source, appraisal, found)
    inside = np.flatnonzero(examiner >= 0)
    road = staff.road(found.unit, issuing_type(appraisal))[inside]
    draft.add(
        source, Part.VISIT, Category.INSPECTIONS, (*(word[inside] for word in identity), keys[inside]),
        unit=examiner[inside], team=staff.team(examiner[inside], None),
        start=found.start[inside] - road, at=At(found.appointment[inside], End.CALLERS),
        effort=length[inside] + 2 * road, seats=seats[inside], travel=2 * road,
    )  # fmt: skip
