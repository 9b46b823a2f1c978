"""A number of a scenario together with its plausible range, its source and its standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, Self, TypeVar

from pydantic import Field, model_validator

from sim.domain.distribution import Distribution
from sim.domain.frozen import Frozen
from sim.domain.standing import Standing
from sim.units import MONTHS_PER_YEAR, Duration, Length, Rate, Share, Workdays

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

T = TypeVar("T")

ASSUMED = "assumed"
CALIBRATED = "calibrated"


class Quantity(Frozen, Generic[T]):
    """A value, its range and its source. A bare value is a quantity without range and source."""

    value: T
    range: tuple[T, T] | None = None
    """Plausible low and high value."""
    source: str | tuple[str, ...] | None = None
    """Id of a figure or level in `seeds/` (several if the value follows from several), `assumed` or `calibrated`."""
    standing: Annotated[Standing, Field(strict=False)] | None = None
    """Standing of the value; needed only if it differs from the source's (`derived` from a reported figure)."""
    note: str = ""
    """Reason for this value, in a few words."""

    @model_validator(mode="before")
    @classmethod
    def _accept_bare_value(cls, data: Any) -> Any:
        if isinstance(data, Quantity) or (isinstance(data, dict) and not data.keys().isdisjoint(cls.model_fields)):
            return data
        return {"value": data}

    @model_validator(mode="after")
    def _lies_in_its_range(self) -> Self:
        if self.range is not None:
            low, value, high = (_size(part) for part in (self.range[0], self.value, self.range[1]))
            if not low <= value <= high:
                raise ValueError("must hold: low <= value <= high / 须满足 下限 <= 值 <= 上限")
        return self

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources, or `assumed` or `calibrated`; empty without a source."""
        if self.source is None:
            return ()
        return (self.source,) if isinstance(self.source, str) else self.source

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the type argument and the values: a class made at run time (`Quantity[Share]`) has no import path."""
        return _rebuild, (type(self).__pydantic_generic_metadata__["args"], dict(self))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [described["properties"]["value"], described]}


def _size(value: Any) -> Any:
    """Return the number to compare values by: mean of a distribution, occurrences a year, or the value itself."""
    return value.mean if isinstance(value, Distribution) else getattr(value, "per_year", value)


Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Month = Annotated[int, Field(ge=1, le=MONTHS_PER_YEAR)]
"""A month of the year, 1 to 12."""


def _rebuild(of: tuple[Any, ...], values: dict[str, Any]) -> Quantity[Any]:
    return Quantity[of].model_construct(**values)  # type: ignore[valid-type]


DurationQ = Quantity[Duration]
LengthQ = Quantity[Length]
ShareQ = Quantity[Share]
RateQ = Quantity[Rate]
CountQ = Quantity[Count]
MonthQ = Quantity[Month]
WorkdaysQ = Quantity[Workdays]
NumberQ = Quantity[Annotated[float, Field(ge=0, le=1e9)]]
EffortQ = Quantity[Distribution]
