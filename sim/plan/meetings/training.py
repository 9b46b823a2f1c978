"""Training: half-days at the issuer's seat, travel before the first and after the last, and merged courses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category, Part
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.bodies import calling_body
from sim.plan.issuing.issuing import (
    addressed,
    audience_of,
    broadcast_series,
    broadcaster,
    issuing_type,
    merge_groups,
)
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.volume import within_cap
from sim.plan.meetings.agenda import NO_LIMIT, sit_together, together_at_units
from sim.plan.rows.appointments import At, End, Follow, Terms
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Training
    from sim.plan.issuing.issuing import Addressed
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Courses:
    """Courses of one obligation; all arrays have shape (courses,)."""

    source: Source
    training: Training
    identity: tuple[NDArray[np.uint64], NDArray[np.int64]]
    day: NDArray[np.int64]
    guests: Addressed
    host: NDArray[np.int64]
    audience: NDArray[np.int64]
    window: NDArray[np.int64]
    lot: NDArray[np.float64]


def plan_training(draft: Draft, trainings: dict[str, Training]) -> None:
    """Write the rows of all courses; courses that may be merged are planned together."""
    for group in merge_groups(trainings):
        _hold(draft, [_call(draft, name, trainings[name]) for name in group])


def _call(draft: Draft, name: str, training: Training) -> Courses:
    source = Source(f"obligations.{name}", training.issuer)
    series = broadcast_series(draft, training)
    found = within_cap(draft, source.name, training, series, demanded(draft, name, training, series))
    identity = (series.key[found.series], found.slot)
    timeline = draft.staff.timeline(training.on)
    day, merge = timeline.day_of(found.second), training.merge
    window = -1 - np.arange(len(found), dtype=np.int64)
    if merge is not None:
        body = calling_body(draft, source.name, training, series, found)
        called = Keyed(draft, source.name, identity, found.second, body, training.guards)
        number = timeline.window_of(day, int(merge.window.value))
        window = np.where(called.reached(merge), number, window)
    return Courses(
        source=source,
        training=training,
        identity=identity,
        day=day,
        guests=addressed(draft, training, series, found, training.invited.value, source.name),
        host=broadcaster(draft, source.name, training, series, found),
        audience=audience_of(draft, training, series, found),
        window=window,
        lot=draft.chance.uniform(source.name, "lead", *identity),
    )


def _hold(draft: Draft, several: list[Courses]) -> None:
    """Hold the courses of one group; a course that leads is attended by all units called to a course merged with it."""
    start = np.cumsum([0, *(len(one.day) for one in several)])
    lengths = [np.full(len(one.day), one.training.half_days.value, dtype=np.int64) for one in several]
    merge = several[0].training.merge
    left = 1.0 if merge is None else 1 - merge.shared.value
    agenda = sit_together(
        np.concatenate([one.audience for one in several]),
        np.concatenate(
            [np.where(one.window < 0, one.window - at, one.window) for one, at in zip(several, start, strict=False)]
        ),
        np.concatenate([one.lot for one in several]),
        np.concatenate(lengths),
        np.concatenate([np.ceil(left * length).astype(np.int64) for length in lengths]),
        NO_LIMIT if merge is None else max(merge.courses.value, 1),
    )
    calls = [agenda.leader[one.guests.occurrence + at] for one, at in zip(several, start, strict=False)]
    seats = [np.full(len(one.guests.unit), one.training.attendees.value) for one in several]
    units = np.concatenate([one.guests.unit for one in several])
    leads, unit, seat, _ = together_at_units(np.concatenate(calls), units, np.concatenate(seats))
    day = np.concatenate([one.day for one in several])[agenda.leader]
    appointment = np.full(start[-1], -1, dtype=np.int64)
    for one, begin, end in zip(several, start[:-1], start[1:], strict=True):
        led = np.flatnonzero(agenda.leader[begin:end] == np.arange(begin, end))
        appointment[begin + led] = _appoint(draft, one, led)
    appointment = appointment[agenda.leader]
    for one, begin, end in zip(several, start[:-1], start[1:], strict=True):
        mine = np.flatnonzero((leads >= begin) & (leads < end))
        place = leads[mine] - begin
        own = appointment[begin:end]
        _attend(draft, one, place, unit[mine], seat[mine], agenda.length[leads[mine]], own)
        held = agenda.leader[begin:end] == np.arange(begin, end)
        _issue(draft, one, held, day[begin:end], agenda.length[begin:end], own)


def _appoint(draft: Draft, courses: Courses, led: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the appointment of each course that leads; it moves whole, to other days only."""
    training, host = courses.training, courses.host[led]
    opens, closes = _half_day(draft, training, courses.day[led], 0)
    terms = Terms(
        source=courses.source.name,
        category=Category.MEETINGS,
        between=(issuing_type(training), training.on),
        booking=training.booking,
        keeps_clock=True,
    )
    return draft.appoint(
        terms, tuple(word[led] for word in courses.identity), unit=host, wanted=opens, length=closes - opens,
        outside=np.where(host < 0, training.hosts.value, 0),
    )  # fmt: skip


def _attend(
    draft: Draft,
    courses: Courses,
    place: NDArray[np.int64],
    unit: NDArray[np.int64],
    seats: NDArray[np.int64],
    half_days: NDArray[np.int64],
    appointment: NDArray[np.int64],
) -> None:
    """Write each half-day of a unit; the way there lies before the first, the way back after the last."""
    training = courses.training
    road = np.zeros(len(unit), dtype=np.int64)
    if training.held == "away":
        road = draft.staff.road(unit, issuing_type(training))
    for number in range(int(half_days.max(initial=0))):
        on = np.flatnonzero(half_days > number)
        opens, closes = _half_day(draft, training, courses.day[place[on]], number)
        there = road[on] * (number == 0)
        back = road[on] * (half_days[on] == number + 1)
        begin = opens - there
        draft.add(
            courses.source, Part.ATTEND, Category.MEETINGS, (*(w[place[on]] for w in courses.identity), number),
            unit=unit[on], team=draft.staff.team(unit[on], training.posts), start=begin,
            at=At(appointment[place[on]], End.CALLED, _later(draft, training, number)),
            effort=closes + back - begin, seats=seats[on], travel=there + back,
        )  # fmt: skip


def _later(draft: Draft, training: Training, number: int) -> int:
    """Return the working days from the first day of a course to a half-day."""
    return number // len(draft.staff.timeline(training.on).opens)


def _half_day(
    draft: Draft, training: Training, first: NDArray[np.int64], number: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the seconds at which a course's half-day opens and closes."""
    timeline = draft.staff.timeline(training.on)
    day, window = timeline.shift_days(first, _later(draft, training, number)), number % len(timeline.opens)
    return day * DAY + timeline.opens[window], day * DAY + timeline.closes[window]


def _issue(
    draft: Draft,
    courses: Courses,
    leads: NDArray[np.bool_],
    day: NDArray[np.int64],
    half_days: NDArray[np.int64],
    appointment: NDArray[np.int64],
) -> None:
    """Write the issuer's work: the preparation of every course, and attendance at the courses that lead."""
    training, inside = courses.training, np.flatnonzero(courses.host >= 0)
    if not len(inside):
        return
    host, identity = courses.host[inside], tuple(word[inside] for word in courses.identity)
    team = draft.staff.team(host, None)
    held = np.flatnonzero(leads[inside])
    for number in range(int(half_days[inside][held].max(initial=0))):
        on = held[half_days[inside][held] > number]
        opens, closes = _half_day(draft, training, day[inside][on], number)
        draft.add(
            courses.source, Part.HOST, Category.MEETINGS, (*(word[on] for word in identity), number),
            unit=host[on], team=team[on], start=opens, effort=closes - opens, seats=training.hosts.value,
            at=At(appointment[inside][on], End.CALLERS, _later(draft, training, number)),
        )  # fmt: skip
    if training.preparation is not None:
        begin, _ = _half_day(draft, training, day[inside], 0)
        clock = draft.staff.timeline(issuing_type(training)).opens[0]
        days = -draft.lags.courses_prepared.value
        u = draft.chance.uniform(courses.source.name, "preparation", *identity)
        draft.add(
            courses.source, Part.PREPARE, Category.MEETINGS, identity,
            unit=host, team=team, effort=training.preparation.value.quantile(u),
            follows=Follow(appointment[inside], begin, issuing_type(training), days, clock),
        )  # fmt: skip
