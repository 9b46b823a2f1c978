"""The base of every value a scenario holds."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value: unknown keys are refused, types are strict, docstrings under fields are the manual.

    The manual is read from the sources when somebody asks for it (`sim.files.field_docs`), not at every start. Models
    are built when they are defined all the same: pydantic has no lock for building one that two threads use first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    def replace(self, **changes: Any) -> Self:
        """Return a copy with `changes`, validated (which `model_copy(update=...)` is not)."""
        return type(self).model_validate({**dict(self), **changes})


class Label(Frozen):
    """A name in both languages."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        """Give the text in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en
