"""SimPy as the reference engine uses it: whole seconds, the phases of an instant, happenings that call one method."""

from __future__ import annotations

from heapq import heappush
from typing import TYPE_CHECKING, Any

import simpy
from simpy.events import EventPriority

if TYPE_CHECKING:
    from collections.abc import Callable

FINISH, CHANGE, APPOINTMENT, RELEASE, GIVE_UP = (EventPriority(phase) for phase in range(1, 6))
"""Phases of an instant (rule 4) as SimPy priorities. Priority 0 is SimPy's own: a run stops before the first phase."""


class Happening(simpy.Event):
    """A SimPy event that is certain from the moment it is scheduled, about some `subject`."""

    _ok = True
    _value = None

    def __init__(self, callbacks: list[Callable[[Any], None]], subject: Any) -> None:
        self.callbacks = callbacks
        self.subject = subject


class Clock(simpy.Environment):
    """A SimPy environment that only ever shows whole seconds."""

    now: int

    def __init__(self, settle: Callable[[Any], None]) -> None:
        super().__init__()
        self.settle = settle
        """Called after the last happening of each instant."""

    def at(
        self, instant: int, phase: EventPriority, action: Callable[[Happening], None], subject: Any = None
    ) -> Happening:
        """Call `action` with a happening about `subject`, in a phase of an instant.

        The same as `schedule` with the delay to `instant`, in one call less: this is the busiest line of all.
        """
        happening = Happening([action, self._end], subject)
        heappush(self._queue, (instant, phase, next(self._eid), happening))
        return happening

    def _end(self, happening: Happening) -> None:
        """Settle if nothing else happens in this instant."""
        if not self._queue or self._queue[0][0] > self._now:
            self.settle(happening)
