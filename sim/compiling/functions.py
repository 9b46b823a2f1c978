"""Functions over flat tables, compiled by numba, or the reason why they cannot be."""

from __future__ import annotations

import os
from importlib.util import find_spec
from types import FunctionType
from typing import TYPE_CHECKING, Any

from sim.compiling.plain_indices import plain_indices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import ModuleType


LARGE = 20_000
"""Rows of a year from which compiled code is taken; loading numba takes half a second."""


class CannotCompile(Exception):
    """numba is missing, switched off, or fails; the arguments are the reason in zh and en."""


def obstacle() -> CannotCompile | None:
    """Return the reason why numba cannot compile, as far as it is known without importing numba; else None.

    Only compiled code releases the GIL, so that threads can run years side by side.
    """
    if find_spec("numba") is None:
        return CannotCompile("没有 numba", "no numba")
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return CannotCompile("NUMBA_DISABLE_JIT 关闭了 numba 的编译", "NUMBA_DISABLE_JIT keeps numba from compiling")
    return None


def failed(error: Exception) -> CannotCompile:
    """Return the reason for a failure of numba."""
    name = type(error).__name__
    return CannotCompile(f"numba 无法编译（{name}）", f"numba cannot compile ({name})")


def numbers_of(modules: Iterable[ModuleType]) -> dict[str, int]:
    """Return the integer constants that the functions of some modules use."""
    return {name: value for module in modules for name, value in vars(module).items() if isinstance(value, int)}


def compile_functions(
    numba: Any,
    modules: Iterable[ModuleType],
    entry: Callable[[Any], None],
    apart: Callable[[str], bool],
    tables: Any,
    folder: Path | None,
) -> Any:
    """Compile copies of the modules' functions that call each other instead of the originals; return `entry`.

    They are compiled for the types of `tables` only: a table of another type is an error, not a second compilation. No
    function allocates, so none needs reference counts (`_nrt`), which would take longer than the work. Only `entry` is
    called from outside, so the others need no wrapper. `apart` names functions that are not compiled into their caller.
    """
    names: dict[str, Any] = {"__builtins__": __builtins__, "__name__": entry.__module__, **numbers_of(modules)}
    inner = {"nogil": True, "_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                compiler = numba.njit(**inner, forceinline=not apart(name))
                names[name] = compiler(FunctionType(value.__code__, names, name))
    before = numba.config.CACHE_DIR
    try:
        numba.config.CACHE_DIR = str(folder or "")
        outer = numba.njit(nogil=True, _nrt=False, cache=folder is not None)
        run = outer(FunctionType(entry.__code__, names, entry.__name__))
    finally:
        numba.config.CACHE_DIR = before
    with plain_indices():
        run.compile((numba.typeof(tables),))
    run.disable_compile()
    return run
