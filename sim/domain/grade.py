"""Quality of evidence, and the relation of a published number to the true one."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from sim.domain.standing import Standing


class Grade(StrEnum):
    """Quality of evidence."""

    A = "A"
    """Survey, observation, trial or count with a stated n and method."""
    B = "B"
    """Official statistic or notice, or a named local case reported by government or a national outlet."""
    C = "C"
    """Anecdote, unnamed place or person, or rhetoric."""


class Bound(StrEnum):
    """Relation of a published number to the true one."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"


Known = Literal[Standing.REPORTED, Standing.DERIVED]
