"""SimPy as the reference engine uses it: whole seconds, the phases of an instant, happenings that call one method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy
from simpy.events import EventPriority

if TYPE_CHECKING:
    from collections.abc import Callable

FINISH, CHANGE, APPOINTMENT, RELEASE, GIVE_UP, DISPATCH = (EventPriority(phase) for phase in range(1, 7))
"""Phases of an instant (rule 4) as SimPy priorities. Priority 0 is SimPy's own: a run stops before the first phase."""


class Happening(simpy.Event):
    """A SimPy event that is certain from the moment it is scheduled, about some `subject`."""

    _ok = True
    _value = None

    def __init__(self, env: simpy.Environment, action: Callable[[Any], None], subject: Any) -> None:
        self.env = env
        self.callbacks = [action]
        self.subject = subject


class Clock(simpy.Environment):
    """A SimPy environment that only ever shows whole seconds."""

    now: int

    def at(
        self, instant: int, phase: EventPriority, action: Callable[[Happening], None], subject: Any = None
    ) -> Happening:
        """Call `action` with a happening about `subject`, in a phase of an instant."""
        happening = Happening(self, action, subject)
        self.schedule(happening, phase, instant - self.now)
        return happening
