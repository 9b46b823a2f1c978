"""Meetings: the way there and back, the blocked half-day, the issuer's work, the relay down the tiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.engine.contract import DAY
from sim.plan.draft import Source
from sim.plan.issuing import addressed, broadcast_series, broadcaster, issuing_type, occurrences
from sim.plan.volume import within_cap
from sim.units import MINUTE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Meeting, Relay
    from sim.domain.quantity import EffortQ
    from sim.plan.draft import Draft
    from sim.plan.timeline import Timeline

GATHERING = 30 * MINUTE
"""A meeting begins half an hour after its half-day opens."""
PREPARATION_DAYS = 3
"""Working days in which the issuer prepares a meeting."""

Words = tuple["NDArray[np.int64] | NDArray[np.uint64]", ...]


@dataclass(frozen=True)
class Sittings:
    """Meetings with their times, one entry a meeting."""

    words: Words
    """Identity."""
    begin: NDArray[np.int64]
    length: NDArray[np.int64]
    closes: NDArray[np.int64]
    """End of the half-day in which it is held."""

    def at(self, place: NDArray[np.int64]) -> Sittings:
        """Pick some, also several times."""
        words = tuple(word[place] for word in self.words)
        return Sittings(words, self.begin[place], self.length[place], self.closes[place])


def plan_meetings(draft: Draft, name: str, meeting: Meeting) -> None:
    """Write the rows of one meeting obligation."""
    source = Source(f"obligations.{name}", meeting.issuer)
    series = broadcast_series(draft, meeting)
    found = within_cap(draft, source.name, meeting, series, occurrences(draft, source.name, meeting, series))
    words: Words = (series.key[found.series], found.slot)
    timeline = draft.offices.timeline(meeting.on)
    sittings = _sittings(draft, source.name, words, found.second // DAY, timeline, meeting.length)
    guests = addressed(draft, meeting, series, found, meeting.invited.value, source.name)
    _attend(draft, source, meeting, sittings.at(guests.occurrence), guests.unit)
    host = broadcaster(draft, source.name, meeting, series, found)
    inside = np.flatnonzero(host >= 0)
    _host(draft, source, meeting, sittings.at(inside), host[inside])
    if meeting.relay is not None:
        _relay(draft, source, meeting.relay, sittings.at(guests.occurrence), guests.unit)


def _sittings(
    draft: Draft, stream: str, words: Words, day: NDArray[np.int64], timeline: Timeline, length: EffortQ
) -> Sittings:
    """Choose the half-day and draw the length, which all who attend share."""
    afternoon = draft.chance.uniform(stream, "half", *words) < 0.5
    last = len(timeline.opens) - 1
    opens = np.where(afternoon, timeline.opens[last], timeline.opens[0])
    closes = np.where(afternoon, timeline.closes[last], timeline.closes[0])
    drawn = length.value.quantile(draft.chance.uniform(stream, "length", *words))
    return Sittings(words, day * DAY + opens + GATHERING, drawn, day * DAY + closes)


def _attend(draft: Draft, source: Source, meeting: Meeting, sittings: Sittings, unit: NDArray[np.int64]) -> None:
    road = np.zeros(len(unit), dtype=np.int64)
    if meeting.held == "away":
        road = draft.offices.road(unit, issuing_type(meeting))
    start = np.maximum(sittings.begin - road, 0)
    end = sittings.begin + sittings.length + road
    if meeting.blocks_half_day and meeting.held == "away":
        end = np.maximum(end, sittings.closes)
    draft.add(
        source, Part.ATTEND, Category.MEETINGS, sittings.words,
        unit=unit, team=draft.offices.team(unit, meeting.posts), start=start, effort=end - start,
        seats=meeting.attendees.value, travel=2 * road,
    )  # fmt: skip


def _host(draft: Draft, source: Source, meeting: Meeting, sittings: Sittings, unit: NDArray[np.int64]) -> None:
    """Write what the issuer does: prepare beforehand, sit in."""
    if not len(unit):
        return
    team = draft.offices.team(unit, None)
    draft.add(
        source, Part.HOST, Category.MEETINGS, sittings.words,
        unit=unit, team=team, start=sittings.begin, effort=sittings.length, seats=meeting.hosts.value,
    )  # fmt: skip
    if meeting.preparation is not None:
        timeline = draft.offices.timeline(issuing_type(meeting))
        effort = draft.chance.uniform(source.name, "preparation", *sittings.words)
        time = draft.chance.uniform(source.name, "preparation_time", *sittings.words)
        day = timeline.shift_days(sittings.begin // DAY, -PREPARATION_DAYS)
        draft.add(
            source, Part.PREPARE, Category.MEETINGS, sittings.words,
            unit=unit, team=team, effort=meeting.preparation.value.quantile(effort),
            release=np.minimum(timeline.at_share_of_day(day, time), sittings.begin), due=sittings.begin,
        )  # fmt: skip


def _relay(draft: Draft, source: Source, relay: Relay, sittings: Sittings, unit: NDArray[np.int64]) -> None:
    """Hold the meeting again in each unit that attended, for the units below it."""
    keys = draft.offices.keys[unit]
    passed = draft.chance.uniform(source.name, "relayed", *sittings.words, keys) < relay.share.value
    place = np.flatnonzero(passed)
    holder = unit[place]
    timeline = draft.offices.timeline(relay.to)
    day = timeline.shift_days(sittings.begin[place] // DAY, relay.after)
    words: Words = (*(word[place] for word in sittings.words), draft.offices.keys[holder])
    again = _sittings(draft, f"{source.name}.relay", words, day, timeline, relay.length)
    draft.add(
        source, Part.RELAY, Category.MEETINGS, words,
        unit=holder, team=draft.offices.team(holder, None), start=again.begin, effort=again.length,
        seats=relay.hosts.value,
    )  # fmt: skip
    pair, guest = draft.offices.below(holder, relay.to)
    there = again.at(pair)
    road = draft.offices.travel[guest]
    draft.add(
        source, Part.ATTEND, Category.MEETINGS, there.words,
        unit=guest, team=draft.offices.team(guest, None), start=np.maximum(there.begin - road, 0),
        effort=there.length + 2 * road, seats=relay.attendees.value, travel=2 * road,
    )  # fmt: skip
