"""The rows of meetings: attendance with travel and the blocked half-day, the issuer's work, relays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category, Part
from sim.plan.identity.chance import text_key
from sim.plan.issuing.issuing import issuing_type
from sim.plan.meetings.agenda import together_at_units
from sim.plan.meetings.sittings import Sittings, draw_sittings, join
from sim.plan.rows.appointments import At, End, Follow, Terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.meeting import Meeting, MeetingMerge, Relay
    from sim.plan.issuing.issuing import Addressed
    from sim.plan.issuing.keyed import Identity
    from sim.plan.rows.draft import Draft, Source


@dataclass(frozen=True)
class Called:
    """Meetings of one obligation with the units that are called; all arrays have shape (topics,)."""

    source: Source
    meeting: Meeting
    sittings: Sittings
    guests: Addressed
    host: NDArray[np.int64]
    """Unit that calls the meeting, -1 for one outside the organisation."""
    appointment: NDArray[np.int64]
    """Appointment of the sitting, -1 before `appoint`."""
    audience: NDArray[np.int64]
    """Audience; equal numbers mean the same audience."""
    window: NDArray[np.int64]
    """Window; meetings of one window may be merged. Below zero for a meeting that may not."""
    screened: NDArray[np.bool_]
    """True for a meeting that the measure moves to the screen."""

    def on_screen(self) -> Sittings:
        """Return the sittings, marked as on screen where no unit travels to them."""
        return replace(self.sittings, on_screen=self.screened | (self.meeting.held != "away"))

    def with_sittings(self, sittings: Sittings) -> Called:
        """Return the same meetings at other times."""
        return replace(self, sittings=sittings)


def appoint(draft: Draft, held: list[Called], leader: NDArray[np.int64]) -> list[Called]:
    """Return the meetings with the appointment of each sitting; topics of one sitting share one."""
    start = _starts(held)
    seats = np.concatenate([np.where(one.host < 0, one.meeting.hosts.value, 0) for one in held])
    outside = np.bincount(leader, seats, minlength=len(seats))
    appointment = np.full(len(seats), -1, dtype=np.int64)
    for place, one in enumerate(held):
        leads = np.flatnonzero(leader[start[place] : start[place + 1]] == np.arange(start[place], start[place + 1]))
        sittings, meeting = one.sittings.at(leads), one.meeting
        terms = Terms(
            source=one.source.name,
            category=Category.MEETINGS,
            between=(issuing_type(meeting), meeting.on),
            booking=meeting.booking,
            keeps_clock=meeting.blocks_half_day,
        )
        appointment[start[place] + leads] = draft.appoint(
            terms, sittings.identity, unit=one.host[leads], wanted=sittings.begin, length=sittings.length,
            outside=outside[start[place] + leads],
        )  # fmt: skip
    ids = np.split(appointment[leader], start[1:-1])
    return [replace(one, appointment=mine) for one, mine in zip(held, ids, strict=True)]


def attend(draft: Draft, held: list[Called], leader: NDArray[np.int64]) -> None:
    """Write a row for each unit at each sitting; a unit called to one topic sits through the whole sitting."""
    start = _starts(held)
    calls = [leader[one.guests.occurrence + at] for one, at in zip(held, start, strict=False)]
    seats = [np.full(len(one.guests.unit), one.meeting.attendees.value) for one in held]
    units = np.concatenate([one.guests.unit for one in held])
    leads, unit, seat, topics = together_at_units(np.concatenate(calls), units, np.concatenate(seats))
    for place, one in enumerate(held):
        mine = np.flatnonzero((leads >= start[place]) & (leads < start[place + 1]))
        sittings = one.sittings.at(leads[mine] - start[place])
        at = At(one.appointment[leads[mine] - start[place]], End.CALLED)
        handles = _sit_in(draft, one, sittings, unit[mine], seat[mine], at)
        draft.note_topics(handles, topics[mine])


def _sit_in(
    draft: Draft, called: Called, sittings: Sittings, unit: NDArray[np.int64], seats: NDArray[np.int64], at: At
) -> NDArray[np.int64]:
    meeting = called.meeting
    road = np.where(sittings.on_screen, 0, draft.staff.road(unit, issuing_type(meeting)))
    start = sittings.begin - road
    end = sittings.begin + sittings.length + road
    if meeting.blocks_half_day:
        end = np.where(sittings.on_screen, end, np.maximum(end, sittings.closes))
    return draft.add(
        called.source, Part.ATTEND, Category.MEETINGS, sittings.identity,
        unit=unit, team=draft.staff.team(unit, meeting.posts), start=start, at=at, effort=end - start,
        seats=seats, travel=2 * road,
    )  # fmt: skip


def host(draft: Draft, called: Called) -> None:
    """Write the issuer's work: the preparation of each topic, and attendance for its turn."""
    inside = np.flatnonzero(called.host >= 0)
    unit, sittings, meeting, source = called.host[inside], called.sittings.at(inside), called.meeting, called.source
    if not len(unit):
        return
    team = draft.staff.team(unit, None)
    draft.add(
        source, Part.HOST, Category.MEETINGS, sittings.identity,
        unit=unit, team=team, start=sittings.begin + sittings.turn, effort=sittings.talk, seats=meeting.hosts.value,
        at=At(called.appointment[inside], End.CALLERS),
    )  # fmt: skip
    if meeting.preparation is not None:
        effort = draft.chance.uniform(source.name, "preparation", *sittings.identity)
        time = draft.chance.uniform(source.name, "preparation_time", *sittings.identity)
        timeline = draft.staff.timeline(issuing_type(meeting))
        clock = timeline.at_share_of_day(timeline.days[:1], time) - timeline.days[0] * DAY
        days = -draft.lags.meetings_prepared.value
        draft.add(
            source, Part.PREPARE, Category.MEETINGS, sittings.identity,
            unit=unit, team=team, effort=meeting.preparation.value.quantile(effort),
            follows=Follow(called.appointment[inside], sittings.begin, issuing_type(meeting), days, clock),
        )  # fmt: skip


def relay(draft: Draft, held: list[Called], leader: NDArray[np.int64], merge: MeetingMerge | None) -> None:
    """Write the meetings that attending units hold again for the units below; topics of one sitting are held once."""
    passing = [
        (one, one.meeting.relay, at)
        for one, at in zip(held, _starts(held), strict=False)
        if one.meeting.relay is not None
    ]
    if not passing:
        return
    passed = [_passed_on(draft, one, again, merge) for one, again, _ in passing]
    holders = [holder for _, holder, _ in passed]
    sitting = [leader[place + at] for (place, _, _), (_, _, at) in zip(passed, passing, strict=True)]
    joined, leads = join([sittings for _, _, sittings in passed], holders, sitting, merge)
    at = 0
    for (one, _, _), (place, holder, _), sittings in zip(passing, passed, joined, strict=True):
        mine = np.flatnonzero(leads[at : at + len(holder)] == np.arange(at, at + len(holder)))
        _hold_again(draft, one, sittings.at(mine), holder[mine], one.appointment[place[mine]])
        at += len(holder)


def _passed_on(
    draft: Draft, called: Called, passed_on: Relay, merge: MeetingMerge | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], Sittings]:
    """Return the relayed meetings as indices of meetings, units that hold them, and sittings."""
    stream = called.source.name
    sittings, unit = called.sittings.at(called.guests.occurrence), called.guests.unit
    u = draft.chance.uniform(stream, "relayed", *sittings.identity, draft.staff.keys[unit])
    place = np.flatnonzero(u < passed_on.share.value)
    sittings, holder = sittings.at(place), unit[place]
    timeline = draft.staff.timeline(passed_on.to)
    day = timeline.shift_days(timeline.day_of(sittings.begin), passed_on.after)
    identity: Identity = (*sittings.identity, draft.staff.keys[holder])
    again = draw_sittings(draft, f"{stream}.relay", identity, day, timeline, passed_on.length, merge)
    online = called.meeting.online
    occurrence = called.guests.occurrence[place]
    if online is not None and online.relays:
        again = replace(again, on_screen=called.screened[occurrence])
    return occurrence, holder, again


def _hold_again(
    draft: Draft, called: Called, again: Sittings, holder: NDArray[np.int64], parent: NDArray[np.int64]
) -> None:
    """Write the relay in each unit that holds one, as an appointment that follows the meeting."""
    source, passed_on = called.source, called.meeting.relay
    if passed_on is None:
        return
    terms = Terms(
        source=source.name,
        category=Category.MEETINGS,
        between=(called.meeting.on, passed_on.to),
        booking=called.meeting.booking,
    )
    appointment = draft.appoint(
        terms, (*again.identity, text_key("relay")), unit=holder, wanted=again.begin, length=again.length,
        parent=parent, after=passed_on.after,
    )  # fmt: skip
    draft.add(
        source, Part.RELAY, Category.MEETINGS, again.identity,
        unit=holder, team=draft.staff.team(holder, None), start=again.begin, at=At(appointment, End.CALLERS),
        effort=again.length, seats=passed_on.hosts.value,
    )  # fmt: skip
    pair, guest = draft.staff.below(holder, passed_on.to)
    there = again.at(pair)
    road = np.where(there.on_screen, 0, draft.staff.travel[guest])
    draft.add(
        source, Part.ATTEND, Category.MEETINGS, there.identity,
        unit=guest, team=draft.staff.team(guest, None), start=there.begin - road,
        at=At(appointment[pair], End.CALLED), effort=there.length + 2 * road, seats=passed_on.attendees.value,
        travel=2 * road,
    )  # fmt: skip


def _starts(held: list[Called]) -> NDArray[np.int64]:
    """Return the index of each obligation's first topic in the concatenation of all, and the total number of topics."""
    return np.cumsum([0, *(len(one.sittings.begin) for one in held)])
