"""What every lever has, and what it promises."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeVar, get_args

from pydantic import Field, WithJsonSchema, field_validator

from sim.domain.frozen import Frozen
from sim.domain.quantity import ShareQ
from sim.domain.regime import Regime
from sim.domain.relief import Reach
from sim.errors import Problem, ScenarioError
from sim.units import Share

Entry = TypeVar("Entry", bound=Frozen)
FOLLOWING = "cap_frequency, cut_items, cap_volume"
"""Kinds of levers of which, in an ordered list, several may act on one obligation."""


_ONE_OR_MORE = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}


class LeverBase(Frozen):
    """One reform measure: it describes what is no longer demanded; it knows no clock and no chance."""

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
    source: str | tuple[str, ...] | None = None
    """Id of the figure that reports the measure, or `assumed`."""

    @field_validator("of", mode="before")
    @classmethod
    def _accept_one_name(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def reach(self) -> Reach:
        """How far the measure carries, over time."""
        return Reach(strength=self.strength, compliance=self.compliance, erosion=self.erosion, starts=self.starts)

    def touches(self) -> frozenset[str]:
        """List what the lever writes, as `section.name.field`; two levers must not write the same."""
        raise NotImplementedError

    def apply(self, regime: Regime) -> Regime:
        """Give the regime with the measure in force; the one given is not changed.

        Raises:
            ScenarioError: if the lever does not fit what it is used on.
        """
        raise NotImplementedError


def change_obligations(regime: Regime, names: tuple[str, ...], kind: type[Entry], **changes: Any) -> Regime:
    """Replace fields of the named obligations, which must all be of one kind.

    Raises:
        ScenarioError: if a name is unknown or of another kind.
    """
    return regime.replace(obligations=_changed(regime.obligations, "obligations", names, kind, changes))


def change_demand(regime: Regime, names: tuple[str, ...], kind: type[Entry], **changes: Any) -> Regime:
    """Replace fields of the named streams of demand, which must all be of one kind.

    Raises:
        ScenarioError: if a name is unknown or of another kind.
    """
    return regime.replace(demand=_changed(regime.demand, "demand", names, kind, changes))


def _changed(
    entries: dict[str, Any], section: str, names: tuple[str, ...], kind: type[Entry], changes: dict[str, Any]
) -> dict[str, Any]:
    fitting = [name for name, entry in entries.items() if isinstance(entry, kind)]
    problems = [_misfit(name, section, kind, fitting) for name in names if name not in fitting]
    if problems:
        raise ScenarioError(problems)
    return {name: _written_on(name, entry, changes) if name in names else entry for name, entry in entries.items()}


def _written_on(name: str, entry: Any, changes: dict[str, Any]) -> Any:
    """Write the fields; what an earlier lever of an ordered list wrote there stays in force before it."""
    new = {}
    for field, value in changes.items():
        old = getattr(entry, field)
        if hasattr(old, "reach") and not follows_itself(type(entry), field):
            raise ScenarioError([_only_once(name, field)])
        follows = hasattr(old, "reach") and not value.earlier
        new[field] = value.replace(earlier=(*old.earlier, old.replace(earlier=()))) if follows else value
    return entry.replace(**new)


def follows_itself(entry: type[Any], field: str) -> bool:
    """Tell whether a rule in this field can follow another one: each leaves less of what the one before it left."""
    info = entry.model_fields.get(field)
    return info is not None and any(
        "earlier" in getattr(part, "model_fields", ()) for part in get_args(info.annotation)
    )


def _only_once(name: str, field: str) -> Problem:
    return Problem(
        key=f"obligations.{name}.{field}",
        message={
            "zh": f"“{name}”上已有同类举措，不能再用一个；同一处能用多个的只有 {FOLLOWING}",
            "en": f"'{name}' has a lever of this kind already; of one kind only {FOLLOWING} may follow each other",
        },
    )


def _misfit(name: str, section: str, kind: type[Frozen], fitting: list[str]) -> Problem:
    known = ", ".join(fitting)
    word = kind.__name__
    return Problem(
        message={
            "zh": f"{section} 中没有名为“{name}”的 {word}；可用：{known}",
            "en": f"no {word} named '{name}' under {section}; there are {known}",
        }
    )
