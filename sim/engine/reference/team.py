"""Who can work, and what waits for whom: the state an office keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engine.reference.clock import Happening

Key = tuple[int, ...]
"""Place in the discipline's order (rule 7); the last entry is the row."""


class Team:
    """Cadres who may do the same work, and the work that waits for them."""

    def __init__(self) -> None:
        self.members: list[Cadre] = []
        self.queue: list[Key] = []
        """Everything queued, in order."""
        self.visible = self.queue
        """What dispatch sees: the queue itself, or in an evening window the part that is due (rule 10)."""


class Cadre:
    """One cadre: idle, at an appointment, or with flexible work in hand."""

    __slots__ = ("attends", "away", "began", "finish", "identity", "interruptible", "key", "running", "teams")

    def __init__(self, identity: int) -> None:
        self.identity = identity
        self.away = False
        self.attends = False
        self.teams: list[Team] = []
        self.key: Key = ()
        """Place of the flexible work in hand; empty when there is none."""
        self.running = False
        """Whether that work goes on now; otherwise it is held."""
        self.interruptible = False
        self.began = 0
        self.finish: Happening | None = None
