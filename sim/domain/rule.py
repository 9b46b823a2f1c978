"""Rules: the terms that a lever leaves on an obligation, and the share of issuers that keep to them as time passes.

A rule never removes work itself. The plan compares the rule's share of issuers with a number in [0, 1) that belongs to
the issuer, and its strength with a number that belongs to the piece of work. So the sets of work left by stronger and
weaker rules are nested, an issuer that has fallen back stays back, and no number is drawn again.
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
"""How a rule chooses kinds of matter or duty. Kinds are not volume: the choice decides how much work is affected."""


_ONE_OR_MORE = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}


class Rule(Frozen):
    """Terms that a planner writes under `levers`; the lever leaves them on each entry that it acts on."""

    name: str | None = None
    """Own name, needed if the same lever is used twice; otherwise the lever's name."""
    of: Annotated[tuple[str, ...], Field(min_length=1), WithJsonSchema(_ONE_OR_MORE)]
    """Obligations or streams of demand that it acts on (one name or a list); a cull also names assignments."""
    strength: Annotated[float, Field(ge=0, le=1)] = 1.0
    """0: no measure (the results are the same as without it); 1: the measure as announced; between them it acts on such
    a share of the work of each issuer that keeps to it."""
    compliance: ShareQ = ShareQ(value=Share(1.0), source="assumed")
    """Share of issuers that keep to the measure when it begins; each does in all of its work."""
    erosion: ShareQ = ShareQ(value=Share(0.0), source="assumed")
    """Share of these issuers that fall back each month, counted from the first day in force."""
    starts: date | None = None
    """First day in force, compared with the date of each piece of work; without it the beginning of the year."""

    @field_validator("of", mode="before")
    @classmethod
    def _accept_one_name(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def group(self) -> str:
        """Name shared by all entries on which the rule was written together."""
        return "+".join(sorted(self.of))

    def first_day(self, year: int) -> int:
        """Return the first day in force, counted from 0 on 1 January of the year; below 0 for an earlier year."""
        return 0 if self.starts is None else (self.starts - date(year, 1, 1)).days

    def share_in_month(self, year: int, month: int, guards: tuple[Guard, ...] = (), day: int = 1) -> float:
        """Return the share in [0, 1] of affected work that the rule reaches on a day of a month.

        Month 1 is January of the year; months before and after the year are allowed.
        """
        return self.strength * self.issuers_in_month(year, month, guards, day)

    def issuers_in_month(self, year: int, month: int, guards: tuple[Guard, ...] = (), day: int = 1) -> float:
        """Return the share in [0, 1] of issuers that keep to the rule on a day of a month.

        A month of erosion is complete on the day of the month on which the rule started. Guards slow the erosion month
        by month; their order does not matter.
        """
        start = self.starts or date(year, 1, 1)
        first = (start.year - year) * 12 + start.month
        passed = month - first - (day < start.day)
        if passed < 0:
            return 0.0
        whole = self.compliance.value
        if not guards:
            return whole * (1.0 - self.erosion.value) ** passed
        share = float(whole)
        for at in range(1, passed + 1):
            slips, stays_lost = float(self.erosion.value), 1.0
            for guard in guards:
                watched, watch = guard.share_in_month(year, first + at, day=start.day), guard.watch
                slips *= 1.0 - watch.prevents * watched
                stays_lost *= 1.0 - watch.restores * watched
            share = whole - (whole - share * (1.0 - slips)) * stays_lost
        return share


class Watch(NamedTuple):
    """Shares in [0, 1] by which a guard protects other rules."""

    prevents: float
    """Share of the monthly erosion that is stopped as it happens."""
    restores: float
    """Share of the past erosion that is found and put right in a month."""
    turns_away: float
    """Share of work outside any plan that is turned away."""


class Guard(Rule):
    """A rule that protects the other rules of the same obligation against erosion."""

    @property
    def watch(self) -> Watch:
        """The shares of the guard."""
        raise NotImplementedError

    def issuers_in_month(self, year: int, month: int, guards: tuple[Guard, ...] = (), day: int = 1) -> float:
        """Return the share of a rule without guards, because guards do not protect guards."""
        del guards
        return super().issuers_in_month(year, month, day=day)


class Monitor(Guard):
    """Breaches are reported as they happen, and stopped."""

    prevents: ShareQ
    """Share of the monthly erosion that is stopped as it happens."""
    turns_away: ShareQ
    """Share of visits and forms outside any plan that is turned away at once."""

    @property
    def watch(self) -> Watch:
        """The shares of the monitor, which restores nothing."""
        return Watch(self.prevents.value, 0.0, self.turns_away.value)


class Enforcement(Guard):
    """Spot checks find eroded measures; fear of a case deters breaches."""

    deters: ShareQ
    """Share of the monthly erosion, and of work outside any plan, that fear of a case deters."""
    restores: ShareQ
    """Share of the past erosion that spot checks find and put right in a month."""

    @property
    def watch(self) -> Watch:
        """The shares of enforcement; `deters` both prevents and turns away."""
        return Watch(self.deters.value, self.restores.value, self.deters.value)


class Ruled(Frozen):
    """An entry of a scenario (unit type, obligation, stream of demand) on which levers write rules."""

    section: ClassVar[str]
    """Key of the scenario that contains such entries: `organisation`, `obligations` or `demand`."""


@cache
def rule_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the names of the fields that hold rules (fields whose type contains a `Rule`); only levers write them."""
    if not issubclass(model, Ruled):
        return frozenset()
    return frozenset(name for name, field in model.model_fields.items() if any(map(_is_rule, _parts(field.annotation))))


def rule_field(entry: type[Ruled], rule: type[Rule]) -> str:
    """Return the name of the entry's only field that holds rules of this class.

    Raises:
        TypeError: no field holds them.
    """
    for name, field in entry.model_fields.items():
        if rule in _parts(field.annotation):
            return name
    raise TypeError(f"{entry.__name__} has no field for {rule.__name__}")


def holds_several(entry: type[Ruled], field: str) -> bool:
    """Return whether the field holds a sequence of rules, each acting on the work left by the rules before it."""
    return getattr(entry.model_fields[field].annotation, "__origin__", None) is tuple


def _is_rule(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, Rule)


def _parts(shape: Any) -> Iterator[Any]:
    """Yield a type and the types that it contains."""
    yield shape
    for part in get_args(shape):
        yield from _parts(part)
