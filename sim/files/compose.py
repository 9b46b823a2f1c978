"""Writes a scenario as YAML for further editing: defaults are left out, each quantity takes one line."""

from __future__ import annotations

import io
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from sim.domain.frozen import Label
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.files.node import KINDS
from sim.files.parse import scalar_of
from sim.scenario.scenario import Scenario

_ONE_LINE = (Quantity, Label, Recurrence)
_WIDEST = 1_000


def scenario_yaml(scenario: Scenario) -> str:
    """Return the scenario as the text of one file without `extends`; reading it returns an equal scenario."""
    writer = YAML()
    writer.width = _WIDEST
    writer.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    writer.dump(_written(scenario), text)
    return text.getvalue()


def _written(value: Any) -> Any:
    match value:
        case Recurrence(every=str() as every, months=None):
            return every
        case Recurrence(rate=rate, season=None) if rate is not None:
            return _text(str(rate))
        case BaseModel():
            return _mapping(value)
        case dict():
            return CommentedMap({key: _written(item) for key, item in value.items()})
        case tuple() if type(value) is tuple:
            return _list([_written(item) for item in value])
        case None | bool():
            return value
        case int() | float() if type(value) in (int, float):
            return value
    return value if hasattr(value, "isoformat") else _text(str(value))


def _mapping(value: BaseModel) -> Any:
    fields = type(value).model_fields
    defaults = {name: field.get_default(call_default_factory=True, validated_data={}) for name, field in fields.items()}
    entries = {name: getattr(value, name) for name in fields}
    kept = {name: item for name, item in entries.items() if name in KINDS or item != defaults[name]}
    if isinstance(value, Quantity) and kept.keys() == {"value"} and not isinstance(value.value, Recurrence):
        return _written(value.value)
    written = CommentedMap({name: _written(item) for name, item in kept.items()})
    if isinstance(value, _ONE_LINE):
        written.fa.set_flow_style()
    return written


def _list(items: list[Any]) -> CommentedSeq:
    written = CommentedSeq(items)
    if not any(isinstance(item, CommentedMap) for item in items):
        written.fa.set_flow_style()
    return written


def _text(text: str) -> str:
    """Quote a text that YAML would read as another type."""
    return text if scalar_of(text) == text and text.isprintable() else DoubleQuotedScalarString(text)
