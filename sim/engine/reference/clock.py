"""SimPy with whole seconds, phases of an instant, and happenings that call one method."""

from __future__ import annotations

from heapq import heappush
from typing import TYPE_CHECKING, Any

import simpy
from simpy.events import EventPriority

if TYPE_CHECKING:
    from collections.abc import Callable

FINISH, CHANGE, APPOINTMENT, RELEASE, GIVE_UP = (EventPriority(phase) for phase in range(1, 6))
"""Phases of an instant (rule 4) as SimPy priorities. SimPy itself uses priority 0 to stop a run before the first phase.
"""


class Happening(simpy.Event):
    """A SimPy event that has succeeded when it is scheduled; `subject` is the row or cadre it concerns."""

    _ok = True
    _value = None

    def __init__(self, callbacks: list[Callable[[Any], None]], subject: Any) -> None:
        self.callbacks = callbacks
        self.subject = subject


class Clock(simpy.Environment):
    """A SimPy environment whose times are whole seconds."""

    now: int

    def __init__(self, settle: Callable[[Any], None]) -> None:
        super().__init__()
        self.settle = settle
        """Called after the last happening of each instant."""

    def at(
        self, instant: int, phase: EventPriority, action: Callable[[Happening], None], subject: Any = None
    ) -> Happening:
        """Schedule a happening: in `phase` of `instant`, `action` is called with it.

        It does the same as SimPy's `schedule` with fewer calls, because it runs more often than any other line.
        """
        happening = Happening([action, self._end], subject)
        heappush(self._queue, (instant, phase, next(self._eid), happening))
        return happening

    def _end(self, happening: Happening) -> None:
        """Call `settle` if no other happening is scheduled for this instant."""
        if not self._queue or self._queue[0][0] > self._now:
            self.settle(happening)
