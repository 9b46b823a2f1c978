"""Meetings: times and audiences, meetings held as one sitting, relays down the tiers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.plan.issuing.assigned import demanded
from sim.plan.issuing.bodies import calling_body
from sim.plan.issuing.issuing import addressed, audience_of, broadcast_series, broadcaster, merge_groups
from sim.plan.issuing.keyed import Keyed
from sim.plan.issuing.volume import within_cap
from sim.plan.meetings.meeting_rows import Called, appoint, attend, host, relay
from sim.plan.meetings.sittings import Sittings, draw_sittings, join
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Meeting
    from sim.plan.issuing.keyed import Identity
    from sim.plan.rows.draft import Draft


def plan_meetings(draft: Draft, meetings: dict[str, Meeting]) -> None:
    """Write the rows of all meetings; meetings that may be merged are planned together."""
    for group in merge_groups(meetings):
        _hold(draft, [_call(draft, name, meetings[name]) for name in group])


def _call(draft: Draft, name: str, meeting: Meeting) -> Called:
    """Draw the meetings of one obligation: times, lengths, called units, calling unit."""
    source = Source(f"obligations.{name}", meeting.issuer)
    series = broadcast_series(draft, meeting)
    found = within_cap(draft, source.name, meeting, series, demanded(draft, name, meeting, series))
    identity: Identity = (series.key[found.series], found.slot)
    timeline = draft.staff.timeline(meeting.on)
    day, body = timeline.day_of(found.second), calling_body(draft, source.name, meeting, series, found)
    called = Keyed(draft, source.name, identity, day * DAY, body, meeting.guards)
    sittings = draw_sittings(draft, source.name, identity, day, timeline, meeting.length, meeting.merge)
    return Called(
        source=source,
        meeting=meeting,
        sittings=_within_length(meeting, called, sittings),
        guests=addressed(draft, meeting, series, found, meeting.invited.value, source.name),
        host=broadcaster(draft, source.name, meeting, series, found),
        appointment=np.full(len(found), -1, dtype=np.int64),
        audience=audience_of(draft, meeting, series, found),
        window=_window(draft, meeting, called, day),
        screened=_screened(meeting, called),
    )


def _within_length(meeting: Meeting, called: Keyed, sittings: Sittings) -> Sittings:
    """Return the sittings, none longer than a cap on length that reaches it."""
    cap = meeting.length_cap
    if cap is None:
        return sittings
    most = np.where(called.reached(cap), int(cap.length.value), sittings.length)
    columns = {name: np.minimum(getattr(sittings, name), most) for name in ("length", "talk", "further")}
    return replace(sittings, **columns)


def _window(draft: Draft, meeting: Meeting, called: Keyed, day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the window of each meeting that may be merged, and a negative number of its own for each other one."""
    alone = -1 - np.arange(len(day), dtype=np.int64)
    merge = meeting.merge
    if merge is None:
        return alone
    number = draft.staff.timeline(meeting.on).window_of(day, int(merge.window.value))
    return np.where(called.reached(merge), number, alone)


def _screened(meeting: Meeting, called: Keyed) -> NDArray[np.bool_]:
    if meeting.online is None:
        return np.zeros(len(called.second), dtype=np.bool_)
    return called.reached(meeting.online)


def _hold(draft: Draft, called: list[Called]) -> None:
    """Hold the meetings of one group; meetings of one audience and window are one sitting."""
    merge = called[0].meeting.merge
    start = np.cumsum([0, *(len(one.sittings.begin) for one in called)])
    windows = [
        np.where(one.window < 0, one.window - at, one.window) for one, at in zip(called, start[:-1], strict=True)
    ]
    several = [one.on_screen() for one in called]
    sittings, leader = join(several, [one.audience for one in called], windows, merge)
    held = [one.with_sittings(times) for one, times in zip(called, sittings, strict=True)]
    held = appoint(draft, held, leader)
    attend(draft, held, leader)
    for one in held:
        host(draft, one)
    relay(draft, held, leader, merge)
