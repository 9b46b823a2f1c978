"""Indices as they are.

numba lets a negative index count from the end, as Python does, and looks at every index for it: a sixth of the kernel's
time. No index of the kernel is negative (a test reads every one), so while the kernel is compiled numba is told to take
them as they are. It has no option for that. What is replaced is one internal function; where a version of numba has
it no longer, the kernel is compiled as usual.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def plain_indices() -> Iterator[None]:
    """Let numba compile every index as it is, for as long as this lasts; one thread at a time."""
    from numba.core import types
    from numba.np import arrayobj

    usual = getattr(arrayobj, "fix_integer_index", None)
    if usual is None:
        yield
        return

    def as_it_is(context: Any, builder: Any, index_type: Any, index: Any, _size: Any) -> Any:
        return context.cast(builder, index, index_type, types.intp if index_type.signed else types.uintp)

    arrayobj.fix_integer_index = as_it_is
    try:
        yield
    finally:
        arrayobj.fix_integer_index = usual
