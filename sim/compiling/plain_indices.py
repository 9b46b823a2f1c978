"""Compile array indices without a check for negative ones.

numba lets a negative index count from the end, as Python does, and tests every index for it: a sixth of the kernel's
time. No index of the kernel is negative (a test reads every one), so the test is left out while the kernel is compiled.
numba has no option for that; one internal function is replaced. In a version of numba without that function the kernel
is compiled with the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def plain_indices() -> Iterator[None]:
    """Context in which numba compiles indices without the test for negative ones; for one thread at a time."""
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
