"""Assignments: campaigns and standing tasks that a body hands down, and the rules about their number."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from sim.domain.frozen import Frozen, Label
from sim.domain.quantity import CountQ, ShareQ
from sim.domain.rule import Rule
from sim.units import Share


class Assignment(Frozen):
    """Assignments of one sort. Obligations with `part_of` are their parts, and come and go with them."""

    label: Label
    issuer: str
    """Body that hands them down; it keeps to a measure about them or not."""
    number: CountQ
    """Number of such assignments."""
    participating: ShareQ = ShareQ(value=Share(1.0))
    """Share of units that take part in one of them."""


class Cull(Rule):
    """Assignments, or programmes of obligations, are abolished at their source; without a number all of them.

    An assignment goes with all its parts. An obligation that comes at a rate and is no part of an assignment loses
    occurrences, by share only.
    """

    share: ShareQ | None = None
    """Share that is abolished."""
    number: CountQ | None = None
    """Number abolished, of all named entries together."""
    kept: CountQ | None = None
    """Number kept, of all named entries together."""

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(size is not None for size in (self.share, self.number, self.kept)) > 1:
            raise ValueError("give only one of share, number and kept / share、number、kept 只能写一个")
        return self


class Admission(Rule):
    """Whatever is demanded must pass a gate: assignments, programmes of obligations, and single requests."""

    admitted: ShareQ
    """Share that passes; the rest is refused, an assignment with all its parts."""


class Licence(Rule):
    """Assignments and programmes need a licence, which expires on the first day of the measure unless it is renewed."""

    renewed: ShareQ
    """Share whose licence is renewed."""
    ignored: ShareQ
    """Share of the work without a licence that units ignore."""


class Creep(Rule):
    """More assignments are handed down, or more programmes of an obligation, each like those that there are."""

    more: ShareQ
    """Share of those that there are which comes in addition; at a rate, share of additional occurrences."""
