"""The single values of a scenario, each under the key that `--set` and `explain` use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from sim.domain.frozen import Label
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.domain.rule import rule_fields
from sim.files.node import Keys
from sim.levers.base import LeverBase
from sim.scenario.apply import lever_name
from sim.scenario.ordered import InOrder

Leaf = tuple[str, Keys, Any]
"""Dotted key, the steps to the value in the file, the value."""


def leaves(value: Any, key: str = "", way: Keys = ()) -> Iterator[Leaf]:
    """Yield every single value below `value` with its key and its steps.

    A quantity, a label, a recurrence and a list of plain values are one value each.
    """
    if isinstance(value, BaseModel) and not isinstance(value, (Quantity, Label, Recurrence)):
        set_by_levers = rule_fields(type(value))
        for field in (field for field in type(value).model_fields if field not in set_by_levers):
            yield from leaves(getattr(value, field), f"{key}.{field}".removeprefix("."), (*way, field))
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, f"{key}.{name}", (*way, name))
    elif isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value):
        for place, item in enumerate(value):
            if isinstance(item, InOrder):
                yield from leaves(item.then, key, (*way, place, "then"))
                continue
            name = lever_name(item) if isinstance(item, LeverBase) else place
            yield from leaves(item, f"{key}[{name}]", (*way, place))
    else:
        yield key, way, value


def text_of(value: Any) -> str:
    """Return the value as text in the form that a scenario file has."""
    match value:
        case Quantity():
            return text_of(value.value)
        case Recurrence():
            listed = (value.months,) if isinstance(value.months, str) else value.months or ()
            months = f" ({', '.join(map(str, listed))})" if listed else ""
            season = f" ({value.season})" if value.season else ""
            return f"{value.every or value.rate}{months}{season}"
        case Label():
            return f"{value.zh} / {value.en}"
        case bool():
            return str(value).lower()
        case None:
            return "—"
        case date():
            return value.isoformat()
        case tuple() if type(value) is tuple:
            return f"[{', '.join(text_of(item) for item in value)}]"
        case _:
            return str(value)


def range_of(value: Any) -> str:
    """Return the range of a quantity as text; empty without a range."""
    if not isinstance(value, Quantity) or value.range is None:
        return ""
    return " – ".join(text_of(limit) for limit in value.range)
