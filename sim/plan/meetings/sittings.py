"""Sittings: the half-day and length of meetings, and how several become one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY
from sim.plan.meetings.agenda import NO_LIMIT, sit_together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations.meeting import MeetingMerge
    from sim.domain.quantity import EffortQ
    from sim.plan.identity.timeline import Timeline
    from sim.plan.issuing.keyed import Identity
    from sim.plan.rows.draft import Draft


@dataclass(frozen=True)
class Sittings:
    """Meetings of one obligation with their times, one entry a topic; topics dealt with together have equal times."""

    identity: Identity
    """Identity."""
    begin: NDArray[np.int64]
    length: NDArray[np.int64]
    """Seconds of the whole sitting."""
    closes: NDArray[np.int64]
    """End of the half-day in which it is held."""
    turn: NDArray[np.int64]
    """Seconds of the sitting before the topic's own turn."""
    talk: NDArray[np.int64]
    """Seconds of the topic's own turn."""
    further: NDArray[np.int64]
    """Seconds the topic takes on the agenda of another."""
    lot: NDArray[np.float64]
    """Decides the order of a common agenda."""
    on_screen: NDArray[np.bool_]
    """Nobody travels."""

    def at(self, place: NDArray[np.int64]) -> Sittings:
        """Pick some, also several times."""
        identity = tuple(word[place] for word in self.identity)
        columns: dict[str, Any] = {f.name: getattr(self, f.name)[place] for f in fields(self) if f.name != "identity"}
        return Sittings(identity, **columns)


def draw_sittings(
    draft: Draft,
    stream: str,
    identity: Identity,
    day: NDArray[np.int64],
    timeline: Timeline,
    length: EffortQ,
    merge: MeetingMerge | None,
) -> Sittings:
    """Choose the half-day and draw the length, which all who attend share."""
    afternoon = draft.chance.uniform(stream, "half", *identity) < draft.lags.meetings_afternoon.value
    last = len(timeline.opens) - 1
    opens = np.where(afternoon, timeline.opens[last], timeline.opens[0])
    closes = np.where(afternoon, timeline.closes[last], timeline.closes[0])
    u = draft.chance.uniform(stream, "length", *identity)
    drawn = length.value.quantile(u)
    return Sittings(
        identity=identity,
        begin=day * DAY + opens + int(draft.lags.meetings_begin.value),
        length=drawn,
        closes=day * DAY + closes,
        turn=np.zeros_like(drawn),
        talk=drawn,
        further=drawn if merge is None else merge.further_topic.value.quantile(u),
        lot=draft.chance.uniform(stream, "lead", *identity),
        on_screen=np.zeros(len(drawn), dtype=np.bool_),
    )


def join(
    several: list[Sittings],
    audience: list[NDArray[np.int64]],
    window: list[NDArray[np.int64]],
    merge: MeetingMerge | None,
) -> tuple[list[Sittings], NDArray[np.int64]]:
    """Hold meetings of one audience and window together; give them with their new times, and the leader of each.

    Leaders are places in all of them laid end to end. What has a window of its own stays as it is.
    """

    def lay(column: str) -> NDArray[np.int64]:
        return np.concatenate([getattr(one, column) for one in several])

    agenda = sit_together(
        np.concatenate(audience),
        np.concatenate(window),
        np.concatenate([one.lot for one in several]),
        lay("length"),
        lay("further"),
        NO_LIMIT if merge is None else max(merge.topics.value, 1),
    )
    columns: dict[str, Any] = {name: lay(name)[agenda.leader] for name in ("begin", "closes", "on_screen")}
    columns |= {"length": agenda.length, "turn": agenda.turn, "talk": agenda.talk}
    ends = np.cumsum([len(one.begin) for one in several])
    joined = [
        replace(one, **{name: column[end - len(one.begin) : end] for name, column in columns.items()})
        for one, end in zip(several, ends, strict=True)
    ]
    return joined, agenda.leader
