"""Rules: the terms of a lever as they stand on an obligation, and the share of the work they reach, month by month.

A rule never removes work by itself. The plan compares its share in a month with a number in [0, 1) that belongs to the
piece of work, so the sets that stronger and weaker rules leave are nested and nothing is drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, get_args

from pydantic import BaseModel, Field, WithJsonSchema, field_validator

from sim.domain.frozen import Frozen
from sim.domain.quantity import ShareQ
from sim.units import Share

ByUse = Literal["most_used", "least_used", "by_chance"]
"""How a rule picks kinds of matter or duty. Kinds are not volume: this decides how much work goes with them."""


_ONE_OR_MORE = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}


class Rule(Frozen):
    """Terms that a planner writes under `levers`, and that the lever leaves on each entry it acts on."""

    name: str | None = None
    """Own name, needed where the same lever is used twice; the lever's name otherwise."""
    of: Annotated[tuple[str, ...], Field(min_length=1), WithJsonSchema(_ONE_OR_MORE)]
    """Obligations or streams of demand it acts on (one name or a list)."""
    strength: Annotated[float, Field(ge=0, le=1)] = 1.0
    """0 is no measure at all (the same bytes as before), 1 the measure as announced."""
    compliance: ShareQ = ShareQ(value=Share(1.0), source="assumed")
    """Share of the affected work that the measure reaches when it begins."""
    erosion: ShareQ = ShareQ(value=Share(0.0), source="assumed")
    """Share of what it removed that creeps back each month."""
    starts: date | None = None
    """In force from this day; from the beginning of the year where none is given."""

    @field_validator("of", mode="before")
    @classmethod
    def _accept_one_name(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def group(self) -> str:
        """Name shared by all entries that the rule was written on together."""
        return "+".join(sorted(self.of))

    def share_in_month(self, year: int, month: int, guards: tuple[Guard, ...] = ()) -> float:
        """Return the share in [0, 1] of affected work that the rule reaches in a month (1 to 12) of the year.

        A rule that starts within a month is in force from the next one. Guards slow the erosion month by month; their
        order does not matter.
        """
        first = 1
        if self.starts is not None:
            first = (self.starts.year - year) * 12 + self.starts.month + (self.starts.day != 1)
        if month < first:
            return 0.0
        whole = self.strength * self.compliance.value
        if not guards:
            return whole * (1.0 - self.erosion.value) ** (month - first)
        share = whole
        for at in range(first + 1, month + 1):
            slips, stays_lost = float(self.erosion.value), 1.0
            for guard in guards:
                watched, watch = guard.share_in_month(year, at), guard.watch
                slips *= 1.0 - watch.prevents * watched
                stays_lost *= 1.0 - watch.restores * watched
            share = whole - (whole - share * (1.0 - slips)) * stays_lost
        return share


class Watch(NamedTuple):
    """Shares in [0, 1] by which a guard protects other rules."""

    prevents: float
    """Of what would creep back in a month: stopped as it happens."""
    restores: float
    """Of what has crept back: found and put right in a month."""
    turns_away: float
    """Of work outside any plan: turned away."""


class Guard(Rule):
    """A rule that protects the other rules of the same obligation against erosion."""

    @property
    def watch(self) -> Watch:
        """Return its shares."""
        raise NotImplementedError

    def share_in_month(self, year: int, month: int, guards: tuple[Guard, ...] = ()) -> float:
        """Return the share as any rule does, but unguarded: guards do not watch over guards."""
        del guards
        return super().share_in_month(year, month)


class Monitor(Guard):
    """Breaches are reported as they happen, and stopped."""

    prevents: ShareQ
    """Share of what would creep back in a month that is stopped as it happens."""
    turns_away: ShareQ
    """Share of visits and forms outside any plan that is turned away at once."""

    @property
    def watch(self) -> Watch:
        """Return its shares; it restores nothing."""
        return Watch(self.prevents.value, 0.0, self.turns_away.value)


class Enforcement(Guard):
    """Spot checks find what has crept back; senders fear a case."""

    deters: ShareQ
    """Share of what would creep back in a month, or of work outside any plan, that senders forgo for fear of a case."""
    restores: ShareQ
    """Share of what has crept back that spot checks find and put right in a month."""

    @property
    def watch(self) -> Watch:
        """Return its shares; fear prevents and turns away alike."""
        return Watch(self.deters.value, self.restores.value, self.deters.value)


class Ruled(Frozen):
    """An entry of a scenario (unit type, obligation, stream of demand) that levers write rules on."""

    section: ClassVar[str]
    """Key of the scenario under which such entries stand: `organisation`, `obligations` or `demand`."""


@cache
def rule_fields(model: type[BaseModel]) -> frozenset[str]:
    """List the fields that hold rules; only levers fill them, a planner pulls the lever instead of writing them."""
    if not issubclass(model, Ruled):
        return frozenset()
    return frozenset(name for name, field in model.model_fields.items() if any(map(_is_rule, _parts(field.annotation))))


def rule_field(entry: type[Ruled], rule: type[Rule]) -> str:
    """Return the name of the one field of the entry that holds rules of this class.

    Raises:
        TypeError: if no field holds them.
    """
    for name, field in entry.model_fields.items():
        if rule in _parts(field.annotation):
            return name
    raise TypeError(f"{entry.__name__} has no field for {rule.__name__}")


def holds_several(entry: type[Ruled], field: str) -> bool:
    """Check whether the field holds rules one after the other: each acts on what the ones before it leave."""
    return getattr(entry.model_fields[field].annotation, "__origin__", None) is tuple


def _is_rule(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, Rule)


def _parts(shape: Any) -> Iterator[Any]:
    """List a type and the types it is made of."""
    yield shape
    for part in get_args(shape):
        yield from _parts(part)
