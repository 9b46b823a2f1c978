"""The types allowed at a place in a file, found by following the models from the root."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.domain.quantity import Quantity
from sim.domain.rule import rule_fields
from sim.files.node import KINDS, Step


def shape_at(shape: Any, steps: tuple[Step, ...]) -> Any:
    """Return the type at the end of `steps`, or None if the models have no such place."""
    for step in steps:
        shape = _below(shape, step)
        if shape is None:
            return None
    return shape


def keys_of(shape: Any) -> tuple[str, ...]:
    """List the keys that a mapping of this type may have; empty for a mapping with free names."""
    keys = (key for model in models_of(shape) for key in model.model_fields if key not in rule_fields(model))
    return tuple(dict.fromkeys(keys))


def models_of(shape: Any) -> tuple[type[BaseModel], ...]:
    """List the models among the alternatives of a type."""
    return tuple(choice for choice in alternatives(shape) if isinstance(choice, type) and issubclass(choice, BaseModel))


def is_quantity(shape: Any) -> bool:
    """Return whether a quantity is among the alternatives."""
    return any(issubclass(model, Quantity) for model in models_of(shape))


def is_names(shape: Any) -> bool:
    """Return whether a mapping with free names is among the alternatives."""
    return any(get_origin(choice) is dict for choice in alternatives(shape))


def _below(shape: Any, step: Step) -> Any:
    found = [below for choice in alternatives(shape) if (below := _child(choice, step)) is not None]
    if not found:
        return None
    return found[0] if len(found) == 1 else Union[tuple(found)]  # noqa: UP007 - of types only known at run time


def _child(choice: Any, step: Step) -> Any:
    if get_origin(choice) is dict and isinstance(step, str):
        return get_args(choice)[1]
    if get_origin(choice) is tuple and isinstance(step, int):
        return get_args(choice)[0]
    if isinstance(choice, type) and issubclass(choice, BaseModel) and isinstance(step, str):
        if step in choice.model_fields:
            return choice.model_fields[step].annotation
        if step in _tags(choice):
            return choice
        if issubclass(choice, Quantity):
            return _child(choice.model_fields["value"].annotation, step)
    return None


def _tags(model: type[BaseModel]) -> set[str]:
    """List the values of `kind` or `lever` that select this model."""
    fields = [model.model_fields[key].annotation for key in KINDS if key in model.model_fields]
    return {tag for field in fields if get_origin(field) is Literal for tag in get_args(field)}


def alternatives(shape: Any) -> tuple[Any, ...]:
    """List the types of a union; a type that is no union is its only alternative."""
    if get_origin(shape) is Annotated:
        return alternatives(get_args(shape)[0])
    if get_origin(shape) in (Union, types.UnionType):
        return tuple(choice for option in get_args(shape) for choice in alternatives(option))
    return (shape,)
