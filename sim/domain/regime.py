"""A regime: organisation, obligations, demand and the policies in force."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.domain.calendar import WorkCalendar
from sim.domain.category import Category
from sim.domain.demand import Demand
from sim.domain.frozen import Frozen
from sim.domain.obligations import Obligation
from sim.domain.organisation import Organisation
from sim.domain.quantity import DurationQ, NumberQ

RankOrder = Literal["upwards_first", "residents_first", "plain"]

RANKS: dict[str, dict[Category, int]] = {
    "upwards_first": {
        Category.CHANNELS: 0,
        Category.INSPECTIONS: 0,
        Category.MEETINGS: 1,
        Category.REPORTS: 1,
        Category.DOCUMENTS: 2,
        Category.SERVICE: 3,
        Category.OTHER: 4,
    },
    "residents_first": {
        Category.SERVICE: 0,
        Category.CHANNELS: 1,
        Category.INSPECTIONS: 1,
        Category.MEETINGS: 2,
        Category.REPORTS: 2,
        Category.DOCUMENTS: 3,
        Category.OTHER: 4,
    },
    "plain": dict.fromkeys(Category, 0),
}
"""Rank of flexible work by category, for each order; 0 is served first."""


class Policy(Frozen):
    """How cadres choose what to do next."""

    order: RankOrder = "upwards_first"
    """Whose matters come first."""
    discipline: Literal["first_come", "earliest_due"] = "earliest_due"
    """Which comes first among matters of the same rank."""
    preemptive: bool = True
    """A more urgent matter interrupts a less urgent one."""
    switching_cost: DurationQ
    """Time to find back into interrupted work."""
    home_visit: DurationQ
    """Time of one home visit with the way there; free working time becomes such visits."""
    hourly_cost: NumberQ
    """Yuan an hour of a cadre's time, for the Standard Cost Model."""


class Regime(Frozen):
    """Everything in force: who there is, what is demanded, who comes first."""

    calendar: WorkCalendar
    organisation: Organisation
    obligations: dict[str, Obligation]
    demand: dict[str, Demand] = Field(default_factory=dict)
    policy: Policy
