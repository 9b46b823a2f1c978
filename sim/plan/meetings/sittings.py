"""Sittings: half-day and length of meetings, and the joining of several meetings into one sitting."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

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
    """Meetings of one obligation; all arrays have shape (topics,), and topics of one sitting have equal times."""

    identity: Identity
    """Identity of the topic."""
    begin: NDArray[np.int64]
    length: NDArray[np.int64]
    """Seconds of the whole sitting."""
    closes: NDArray[np.int64]
    """End of the half-day of the sitting."""
    turn: NDArray[np.int64]
    """Seconds of the sitting before the topic's turn."""
    talk: NDArray[np.int64]
    """Seconds of the topic's turn."""
    further: NDArray[np.int64]
    """Seconds that the topic adds to the agenda of another."""
    lot: NDArray[np.float64]
    """Number in [0, 1) that decides the order of a common agenda."""
    on_screen: NDArray[np.bool_]
    """True where no attending unit travels."""

    def at(self, place: NDArray[np.int64]) -> Sittings:
        """Return the sittings at the indices `place`, which may repeat."""
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
    """Draw the half-day and the length of each meeting; all attending units share them."""
    afternoon = draft.chance.uniform(stream, "half", *identity) < draft.lags.meetings_afternoon.value
    opens, closes = timeline.half_day(day, afternoon)
    u = draft.chance.uniform(stream, "length", *identity)
    drawn = length.value.quantile(u)
    return Sittings(
        identity=identity,
        begin=opens + int(draft.lags.meetings_begin.value),
        length=drawn,
        closes=closes,
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
    """Join meetings of one audience and window; return the sittings with their new times, and the leader of each topic.

    Leaders are indices into the concatenation of all sittings. A meeting with a window of its own is unchanged.
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
