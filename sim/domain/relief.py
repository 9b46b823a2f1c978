"""What a lever leaves behind on an obligation: a description that the plan carries out with keyed chance.

A relief never removes work by itself. It says which share of the work the new rule reaches, month by month; the plan
compares that share with a number that belongs to the piece of work, so kept sets are nested and nothing is drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from pydantic import BaseModel

from sim.domain.frozen import Frozen
from sim.domain.quantity import CountQ, DurationQ, EffortQ, ShareQ
from sim.domain.recurrence import Frequency
from sim.units import Share


class Force(Frozen):
    """How far a rule carries, over time, if nobody watches over it."""

    strength: float = 1.0
    """0 is no measure at all, 1 the measure as announced."""
    compliance: ShareQ = ShareQ(value=Share(1.0), source="assumed")
    """Share of issuers who keep to it from the start."""
    erosion: ShareQ = ShareQ(value=Share(0.0), source="assumed")
    """Share of what it removed that creeps back each month."""
    starts: date | None = None
    """In force from this day; from the beginning of the year where none is given."""

    def _first_month(self, year: int) -> int:
        """Give the month in which it comes into force, counted from January of the year."""
        if self.starts is None:
            return 1
        return (self.starts.year - year) * 12 + self.starts.month + (self.starts.day != 1)

    def share_in_month(self, year: int, month: int) -> float:
        """Give the share of affected work that the measure reaches in a month (1 to 12) of the year.

        A measure that starts within a month is in force from the next one.
        """
        months_in_force = month - self._first_month(year) + 1
        if months_in_force <= 0:
            return 0.0
        return self.strength * self.compliance.value * (1.0 - self.erosion.value) ** (months_in_force - 1)


@cache
def relief_fields(model: type[BaseModel]) -> frozenset[str]:
    """List the fields that only levers fill; a planner pulls the lever instead of writing them.

    They are those that hold what carries as far as a `Force` does, in whatever is none of these itself.
    """
    if _is_relief(model):
        return frozenset()
    return frozenset(
        name for name, field in model.model_fields.items() if any(map(_is_relief, _parts(field.annotation)))
    )


def _is_relief(shape: Any) -> bool:
    return isinstance(shape, type) and (issubclass(shape, Force) or "reach" in getattr(shape, "model_fields", ()))


def _parts(shape: Any) -> Iterator[Any]:
    """Give a type and the types it is made of."""
    yield shape
    for part in get_args(shape):
        yield from _parts(part)


class Guard(Frozen):
    """Somebody watches that measures are kept to: breaches are stopped, or found later and put right."""

    prevents: ShareQ
    """Share of what would creep back in a month that is stopped as it happens."""
    restores: ShareQ
    """Share of what has crept back that is found and put right in a month."""
    turns_away: ShareQ
    """Share of work outside any plan that is turned away."""
    reach: Force


class Reach(Force):
    """How far a measure carries, over time."""

    guards: tuple[Guard, ...] = ()
    """Who watches that it is kept to; the plan puts them here."""

    def share_in_month(self, year: int, month: int) -> float:
        """Give the share as the base does; guards slow the erosion month by month, in any order."""
        if not self.guards:
            return super().share_in_month(year, month)
        whole, share = self.strength * self.compliance.value, 0.0
        first = self._first_month(year)
        for at in range(first, month + 1):
            slips, stays_lost = float(self.erosion.value), 1.0
            for guard in self.guards:
                watched = guard.reach.share_in_month(year, at)
                slips *= 1.0 - guard.prevents.value * watched
                stays_lost *= 1.0 - guard.restores.value * watched
            share = whole if at == first else whole - (whole - share * (1.0 - slips)) * stays_lost
        return share


class FrequencyCap(Frozen):
    """Slots outside the allowed frequency are dropped."""

    to: Frequency
    reach: Reach
    earlier: tuple[FrequencyCap, ...] = ()
    """Rules that earlier levers of the same ordered list left here, in their order."""


class ItemCut(Frozen):
    """Some of the programmes are abolished."""

    items: int
    """Items abolished, of all lists in the pool together."""
    pool: dict[str, int]
    """Lists of items that are cut together, with the number of items on each."""
    reach: Reach
    earlier: tuple[ItemCut, ...] = ()
    """Rules that earlier levers of the same ordered list left here, in their order."""


class JointVisit(Frozen):
    """Visits of one group that fall due at one unit in one slot come together."""

    group: str
    """Obligations with the same group come with the same team."""
    marginal_hosting: ShareQ
    """Share of each further item's hosting time that remains."""
    shared_preparation: ShareQ
    """Share of each further item's preparation that the first item's ledgers already cover."""
    team: CountQ
    """Cadres in a joint team at most."""
    reach: Reach


class Unannounced(Frozen):
    """Visits come without notice and read ordinary records."""

    reading: EffortQ
    """Time to show ordinary records during the visit, on top of hosting."""
    reach: Reach


class SharedForm(Frozen):
    """Departments pull fields from a shared store; only what is missing is asked, once."""

    coverage: ShareQ
    """Share of the field universe that the store holds."""
    glance: DurationQ
    """Time to look over one covered field."""
    fresh: DurationQ
    """How long the answer to a field that the store did not cover stays fresh, once given."""
    reach: Reach


class Directory(Frozen):
    """Only listed kinds of a matter may still be asked of the unit."""

    kinds: int
    """Kinds that stay."""
    kept: Literal["most_used", "least_used", "by_chance"]
    """Which kinds stay, by how much they are used."""
    moves_to: str | None
    """Unit type that takes the others over; none where they are no longer asked of anybody."""
    still_come: ShareQ
    """Share of residents with an unlisted matter who still come and are sent on."""
    refusal: EffortQ
    """Time to explain and send on."""
    reach: Reach


class StoreUpkeep(Frozen):
    """Monthly work that keeps the shared store fresh, at one unit type."""

    unit: str
    effort: EffortQ
    """Hours of one unit in a month."""
    reach: Reach
