"""The base class of all values of a scenario."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value: unknown keys are refused, types are strict, docstrings under fields are the manual.

    The manual is read from the source code on demand (`sim.files.field_docs`), not at every start. Models are built
    when they are defined, because pydantic has no lock for a model that two threads build at its first use.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    def replace(self, **changes: Any) -> Self:
        """Return a copy with `changes`, validated (`model_copy(update=...)` does not validate)."""
        return type(self).model_validate({**dict(self), **changes})


class Label(Frozen):
    """A name in both languages."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        """Return the text in `zh` or `en`; English for any other language."""
        return self.zh if lang == "zh" else self.en
