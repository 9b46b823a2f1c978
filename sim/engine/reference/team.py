"""The state of an office: teams with their queues, and cadres."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engine.reference.clock import Happening

Key = tuple[int, ...]
"""Place in the discipline's order (rule 7); the last entry is the row."""


class Team:
    """Cadres who do the same work, and the queue of that work."""

    def __init__(self) -> None:
        self.members: list[Cadre] = []
        self.queue: list[Key] = []
        """All queued rows, sorted."""
        self.visible = self.queue
        """The rows that dispatch considers: the queue itself, in an evening window a list of its due rows (rule 10)."""


class Cadre:
    """One cadre: idle, at an appointment, or with flexible work in hand."""

    __slots__ = ("attends", "away", "began", "finish", "identity", "interruptible", "key", "running", "teams")

    def __init__(self, identity: int) -> None:
        self.identity = identity
        self.away = False
        self.attends = False
        self.teams: list[Team] = []
        self.key: Key = ()
        """Place of the flexible work in hand; empty without any."""
        self.running = False
        """Whether the work in hand is worked on now; if not, it is held."""
        self.interruptible = False
        self.began = 0
        self.finish: Happening | None = None
