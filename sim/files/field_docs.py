"""The manual of fields: the text under each field of a model, read from the source code on demand."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core.core_schema import ModelSchema


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return the text under each field, by name; a subclass overrides its bases. Fields without text are left out."""
    docs: dict[str, str] = {}
    for base in reversed(model.__mro__):
        # A generic model with its types filled in is not in any source file; its origin is among its bases.
        docs |= _docs_of_module(base.__module__).get(base.__name__, {}) if base.__module__.startswith("sim.") else {}
    return docs


@cache
def _docs_of_module(name: str) -> dict[str, dict[str, str]]:
    tree = ast.parse(inspect.getsource(import_module(name)))
    return {node.name: _docs_of_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _docs_of_class(node: ast.ClassDef) -> dict[str, str]:
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(node.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


class ToldJsonSchema(GenerateJsonSchema):
    """A JSON Schema whose properties are described by the manual."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Add the text under each field as the description of its property."""
        made = super().model_schema(schema)
        docs = field_docs(schema["cls"])
        properties: dict[str, Any] = made.get("properties", {})
        for name in properties.keys() & docs.keys():
            properties[name].setdefault("description", docs[name])
        return made
