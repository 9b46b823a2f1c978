"""A regime: organisation, obligations, demand and the policies in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol, Self

from pydantic import Field

from sim.domain.assignment import Assignment
from sim.domain.booking import Booking
from sim.domain.calendar import WorkCalendar
from sim.domain.category import Category
from sim.domain.counting import Counting
from sim.domain.demand import Demand
from sim.domain.frozen import Frozen
from sim.domain.lags import Lags
from sim.domain.obligations import Obligation
from sim.domain.obligations.base import ObligationBase
from sim.domain.organisation import Organisation
from sim.domain.pool import FieldPool
from sim.domain.quantity import ASSUMED, DurationQ, NumberQ, ShareQ
from sim.domain.rule import Ruled
from sim.units import Share

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


class Listing(Protocol):
    """A regime or a scenario, as far as names of assignments and obligations go."""

    @property
    def assignments(self) -> Mapping[str, Assignment]:
        """Assignments by name."""

    @property
    def obligations(self) -> Mapping[str, ObligationBase]:
        """Obligations by name."""


def named_entries(listing: Listing, names: Iterable[str]) -> tuple[str, ...]:
    """List the obligations or other entries that names stand for; an assignment stands for its parts."""
    found: dict[str, None] = {}
    for name in names:
        parts = [part for part, entry in listing.obligations.items() if entry.part_of == name]
        found |= dict.fromkeys(parts if name in listing.assignments else [name])
    return tuple(found)


class Policy(Frozen):
    """Rules by which cadres choose their next work."""

    order: RankOrder = "upwards_first"
    """Order of work by whom it is for: superiors first, residents first, or no order."""
    discipline: Literal["first_come", "earliest_due"] = "earliest_due"
    """Order among work of the same rank: by release, or by due date."""
    preemptive: bool = True
    """Whether more urgent work interrupts less urgent work."""
    switching_cost: DurationQ
    """Time to resume interrupted work."""
    home_visit: DurationQ
    """Time of one home visit with the journey; a shorter gap between pieces of work is not used for visits."""
    outreach: ShareQ = ShareQ(
        value=Share(0.5),
        range=(Share(0.05), Share(1.0)),
        source=ASSUMED,
        note="not measured; it is told that freed time goes to households, and that it is idled away",
    )
    """Share of the free time in gaps of a home visit or longer that goes to home visits and patrol."""
    blind: ShareQ = ShareQ(
        value=Share(0.5),
        range=(Share(0.0), Share(1.0)),
        source=ASSUMED,
        note="not measured; the middle between independent looks and one look",
    )
    """Share of the looks of one visit that are blind to the same problems: 0 for independent looks, 1 for one look."""
    hourly_cost: NumberQ
    """Yuan an hour of a cadre's time, for the Standard Cost Model."""
    lags: Lags = Lags()
    """Times of steps that no obligation dates: after which time they begin, and within which they are done."""
    booking: Booking = Booking()
    """Rules by which appointments get their place in the calendars of the people they need."""
    pools: dict[str, FieldPool] = Field(default_factory=dict)
    """Fields of forms by line of work, and how a unit comes by them."""
    counting: Counting = Counting()
    """Limits by which metrics count, such as the hours of a long week."""


class Regime(Frozen):
    """All rules in force: calendar, organisation, obligations, demand and policy."""

    calendar: WorkCalendar
    organisation: Organisation
    obligations: dict[str, Obligation]
    demand: dict[str, Demand] = Field(default_factory=dict)
    assignments: dict[str, Assignment] = Field(default_factory=dict)
    policy: Policy

    def programmes(self, obligation: ObligationBase) -> int:
        """Return the number of parallel series of an obligation."""
        if obligation.programmes is not None:
            return obligation.programmes.value
        at_a_rate = obligation.recurrence.value.rate is not None
        if obligation.part_of is None or obligation.items is not None or at_a_rate:
            return 1
        return self.assignments[obligation.part_of].number.value

    def items(self, obligation: ObligationBase) -> int:
        """Return the number of items of an obligation that come and go one by one: programmes, groups, entries."""
        return self.programmes(obligation) if obligation.items is None else obligation.items.value

    def entries(self, section: str) -> Mapping[str, Ruled]:
        """Return the entries under `obligations`, `demand` or `organisation` (unit types) by name."""
        found: dict[str, Mapping[str, Ruled]] = {
            "obligations": self.obligations,
            "demand": self.demand,
            "organisation": self.organisation.units,
        }
        return found[section]

    def with_entries(self, section: str, entries: Mapping[str, Ruled]) -> Self:
        """Return a copy with other entries under the section."""
        if section == "organisation":
            return self.replace(organisation=self.organisation.replace(units=entries))
        return self.replace(**{section: entries})
