"""Fields that inspections of units and checks at enterprises have in common."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.domain.booking import OwnBooking
from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, DurationQ, ShareQ
from sim.domain.risk import KeptByRisk
from sim.domain.rule import Rule
from sim.units import Share

Planning = Literal["planned", "filed", "ad_hoc"]
NOTHING = ShareQ(value=Share(0.0), source="assumed")


class Filing(Rule):
    """Visits on no list are turned away, and the lists are shortened."""

    turned_away: ShareQ
    """Share of visits that are neither planned nor filed and are turned away."""
    planned_cut: ShareQ = NOTHING
    """Share of the items in the annual plan that are dropped."""
    filed_cut: ShareQ = NOTHING
    """Share of the items filed in addition to the plan that are dropped."""

    def cut(self, planning: Planning) -> float:
        """Return the share of items on the list that is dropped; 0 for visits on no list."""
        return {"planned": self.planned_cut.value, "filed": self.filed_cut.value, "ad_hoc": 0.0}[planning]


class Recognition(Rule):
    """The bodies of the entries accept one another's recent findings."""

    subjects: CountQ
    """Number of subjects that items can have, all equally often; with fewer subjects the bodies overlap more."""
    valid: DurationQ
    """Time for which the others accept a finding."""

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if self.subjects.value < 1:
            raise ValueError("subjects must be at least 1 / 检查内容至少一类")
        return self


class Sampling(Rule):
    """Each round visits a sample of the units, decided by a number of each unit."""

    kept: KeptByRisk
    """Share of the units of each risk class that is drawn; equal shares for a plain sample."""


class Inspected(ObligationBase):
    """A series of visits by inspectors, in the annual plan or not."""

    planning: Planning = "planned"
    """Whether the visits are in the annual plan, filed in addition to it, or neither."""
    sight: ShareQ = NOTHING
    """Probability that one item finds an existing problem of its topics that is not hidden."""
    looks_for: tuple[str, ...] | None = None
    """Topics of the problems that its items look for; without it all problems."""
    booking: OwnBooking | None = None
    """Rules by which its appointments are moved, in place of those of the policy."""
    filing: Filing | None = None
    """Set by the lever `file_plans`."""
    recognition: Recognition | None = None
    """Set by the lever `recognise_results`."""
    sampled: Sampling | None = None
    """Set by the lever `sample_visits`."""
