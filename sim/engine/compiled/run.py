"""The fast engine: the kernel compiled by numba, or, for small plans, as plain Python."""

from __future__ import annotations

import logging
import os
import sys
from functools import cache
from importlib.util import find_spec
from threading import Lock
from types import FunctionType
from typing import TYPE_CHECKING, Any

from sim.engine.compiled import (
    kernel,
    kernel_books,
    kernel_circle,
    kernel_dispatch,
    kernel_links,
    kernel_queue,
    kernel_windows,
)
from sim.engine.compiled.compile_cache import cache_folder
from sim.engine.compiled.kept_memory import keep_memory
from sim.engine.compiled.kernel_setup import as_lists, empty_plan, set_up, write_log
from sim.engine.compiled.plain_indices import plain_indices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan
    from sim.engine.compiled.kernel_tables import World

LOG = logging.getLogger("jianfu")

MODULES = (kernel_circle, kernel_queue, kernel_books, kernel_dispatch, kernel_links, kernel_windows, kernel)
"""The modules of the kernel's functions."""
NUMBERS = {name: value for module in MODULES for name, value in vars(module).items() if isinstance(value, int)}
"""The integer constants that these functions use."""
_compiling = Lock()


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


def simulate_compiled(plan: Plan, *, keep_spans: bool = False) -> RunLog:
    """Run the plan to its horizon on compiled code and return the log.

    The first run on a machine compiles the kernel, and reports so to the logger `jianfu`; later runs load it from a
    cache.

    Raises:
        CannotCompile: numba is missing, switched off, or fails.
    """
    return _simulate(plan, _run_compiled, keep_spans=keep_spans)


def simulate_uncompiled(plan: Plan, *, keep_spans: bool = False) -> RunLog:
    """Run the plan to its horizon on the same kernel as plain Python and return the log."""
    return _simulate(plan, _run_as_lists, keep_spans=keep_spans)


def _simulate(plan: Plan, run: Callable[[World], World], *, keep_spans: bool) -> RunLog:
    """Run the kernel and return the log; run again with more room if the spans did not fit."""
    room = 2 * len(plan.activities) + 1 if keep_spans else 0
    while True:
        world = run(set_up(plan, room=room))
        if not keep_spans or world.span_count[0] <= room:
            return write_log(plan, world)
        room = int(world.span_count[0])


def _run_as_lists(world: World) -> World:
    lists = as_lists(world)
    kernel.run(lists)
    return lists


def _run_compiled(world: World) -> World:
    with _compiling:
        run = _compiled_run()
    if isinstance(run, CannotCompile):
        raise CannotCompile(*run.args)
    run(world)
    return world


@cache
def _compiled_run() -> Any:
    """Return the compiled `kernel.run`, or the reason why there is none; once a process."""
    try:
        return obstacle() or _loaded_or_compiled()
    except Exception as error:  # the plain Python kernel returns the same log, so nothing here may stop a run
        LOG.debug("numba", exc_info=True)
        name = type(error).__name__
        return CannotCompile(f"numba 无法编译（{name}）", f"numba cannot compile ({name})")


def _loaded_or_compiled() -> Any:
    """Return the compiled `kernel.run`, from the cache or newly compiled."""
    import numba

    keep_memory()

    folder = cache_folder((*MODULES, sys.modules[plain_indices.__module__]), NUMBERS)
    if folder is None or not any(folder.rglob("*.nbi")):
        LOG.info(
            {
                "zh": "正在编译仿真内核，约需十秒，本机只需一次",
                "en": "compiling the kernel, which takes about ten seconds, once on this machine",
            }
        )
    try:
        return _compile(numba, folder)
    except Exception:  # a broken cache must not stop a run; it is to blame only if numba can compile without it
        run = _compile(numba, None)
    LOG.info(
        {
            "zh": f"缓存 {folder} 不可用，已重新编译仿真内核",
            "en": f"the kernel was compiled without the cache in {folder}, which cannot be used",
        }
    )
    return run


def _compile(numba: Any, folder: Path | None) -> Any:
    """Compile copies of the kernel's functions that call each other instead of the originals; return `run`.

    They are compiled for the types of `World` only: a table of another type is an error, not a second compilation. No
    function allocates, so none needs reference counts (`_nrt`), which would take longer than the work. Only `run` is
    called from outside, so the others need no wrapper.
    """
    names: dict[str, Any] = {"__builtins__": __builtins__, "__name__": kernel.__name__, **NUMBERS}
    inner = {"nogil": True, "_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    for module in MODULES:
        for name, value in vars(module).items():
            if isinstance(value, FunctionType) and value.__module__ == module.__name__:
                compiler = numba.njit(**inner, forceinline=name != kernel.advance.__name__)
                names[name] = compiler(FunctionType(value.__code__, names, name))
    before = numba.config.CACHE_DIR
    try:
        numba.config.CACHE_DIR = str(folder or "")
        outer = numba.njit(nogil=True, _nrt=False, cache=folder is not None)
        run = outer(FunctionType(kernel.run.__code__, names, kernel.run.__name__))
    finally:
        numba.config.CACHE_DIR = before
    with plain_indices():
        run.compile((numba.typeof(set_up(empty_plan(), room=0)),))
    run.disable_compile()
    return run
