"""The JSON Schema of scenario files, for editors: completion, hover text, and mistakes while typing.

It accepts a little more than the reader. A file that extends another may contain any part of an entry, so below the top
level only levers (which are replaced whole) have required keys; and `~name:` deletes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sim.domain.kinds import KIND_TEXTS
from sim.files.extend import DELETES, EXTENDS
from sim.files.field_docs import ToldJsonSchema
from sim.i18n.fields import FIELD_ZH
from sim.levers.table import LEVERS
from sim.scenario.scenario import Scenario

SCHEMA_FILE = "scenario.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_SET_BY_LEVER = "Set by the lever"
"""Beginning of the description of a field that only levers set; a test compares it with `rule_fields`."""
_REFERENCE = "#/$defs/"
_NAMES = (
    (r"Quantity_Annotated_int.*_le_12_+", "Quantity_month"),
    (r"Quantity_Annotated_int.*", "Quantity_count"),
    (r"Quantity_Annotated_float.*", "Quantity_number"),
    (r"Quantity_Annotated_tuple.*", "Quantity_months"),
    (r"Quantity_tuple_ClockRange.*", "Quantity_hours"),
    (r"sim__levers__(\w+)__(\w+)", r"Lever_\2"),
    (r"sim__domain__(\w+)__(\w+)", r"Rule_\2"),
    (r"(Quantity_\w+?)_+", r"\1"),
)
"""Patterns of pydantic's names of definitions, and readable names for them."""


def scenario_schema() -> Schema:
    """Return the schema (draft 2020-12) of a scenario file."""
    schema = Scenario.model_json_schema(schema_generator=ToldJsonSchema)
    definitions: Schema = schema.pop("$defs")
    kinds = {kind: dict(text.label) for kind, text in KIND_TEXTS.items()}
    for definition in definitions.values():
        lever = LEVERS.get(_lever_of(definition))
        _tell(definition, lever.label if lever else kinds.get(_kind_of(definition), {}))
        if _lever_of(definition) not in LEVERS and "then" not in definition.get("properties", {}):
            _open(definition)
        for part in definition.get("anyOf", ()):
            _tell(part, {})
            _open(part)
    _tell(schema, {})
    required = schema.pop("required")
    schema["properties"] = {EXTENDS: _extends(), **schema["properties"]}
    schema |= {
        "$schema": DIALECT,
        "title": "jianfu scenario",
        "patternProperties": _DELETION,
        "if": {"not": {"required": [EXTENDS]}},
        "then": {"required": required},
    }
    _say_any_of(schema)
    _say_any_of(definitions)
    return _renamed({**schema, "$defs": _used(schema, definitions)})


def schema_text() -> str:
    """Return the schema as the text of the committed file."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=1) + "\n"


_DELETION = {f"^{DELETES}": {"type": "null", "description": "删去继承的一项。Deletes what is inherited."}}


def _extends() -> Schema:
    return {
        "type": "string",
        "description": f"{FIELD_ZH[EXTENDS]}：The file this one builds on; relative, or one that comes with jianfu.",
        "examples": ["../base/county.yaml", "jianfu:base/county.yaml"],
    }


def _tell(definition: Schema, label: dict[str, str]) -> None:
    """Remove the properties that only levers set, and put the Chinese label before each description."""
    properties = definition.get("properties", {})
    for key in [key for key, field in properties.items() if field.get("description", "").startswith(_SET_BY_LEVER)]:
        del properties[key]
    definition.pop("title", None)
    for key, field in properties.items():
        words = [FIELD_ZH.get(key, key), *filter(None, [field.get("description")])]
        field["description"] = "：".join(words)
        field.pop("title", None)
        if field.get("default", ...) is None or isinstance(field.get("default"), dict):
            del field["default"]
    if label:
        definition["description"] = f"{label['zh']}：{definition.get('description', '')}"


def _open(definition: Schema) -> None:
    """Allow a mapping to have only some of its keys, and to delete keys."""
    if definition.get("type") == "object":
        definition.pop("required", None)
        definition["patternProperties"] = _DELETION


def _say_any_of(value: Any) -> None:
    """Replace `oneOf` by `anyOf`: an entry without its kind fits several models, and only the reader merges it."""
    if isinstance(value, list):
        for item in value:
            _say_any_of(item)
    elif isinstance(value, dict):
        if "oneOf" in value:
            value.pop("discriminator", None)
            value["anyOf"] = [one for choice in value.pop("oneOf") for one in choice.get("oneOf", [choice])]
        if isinstance(value.get("additionalProperties"), dict):
            value["patternProperties"] = _DELETION
        for item in list(value.values()):
            _say_any_of(item)


def _lever_of(definition: Schema) -> str:
    return str(definition.get("properties", {}).get("lever", {}).get("const", ""))


def _kind_of(definition: Schema) -> str:
    return str(definition.get("properties", {}).get("kind", {}).get("const", ""))


def _used(schema: Schema, definitions: Schema) -> Schema:
    """Return the definitions that are referred to, directly or through others."""
    wanted, found = list(_references(schema)), set[str]()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            wanted += _references(definitions[name])
    return {name: definition for name, definition in definitions.items() if name in found}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix(_REFERENCE)
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


def _renamed(schema: Schema) -> Schema:
    text = json.dumps(schema, ensure_ascii=False)
    for name in sorted(schema["$defs"], key=len, reverse=True):
        text = text.replace(f'"{name}"', f'"{_readable(name)}"').replace(
            f'"{_REFERENCE}{name}"', f'"{_REFERENCE}{_readable(name)}"'
        )
    renamed: Schema = json.loads(text)
    return renamed


def _readable(name: str) -> str:
    for pattern, new in _NAMES:
        if re.fullmatch(pattern, name):
            return re.sub(pattern, new, name)
    return name
