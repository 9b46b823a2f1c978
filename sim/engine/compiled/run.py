"""The fast engine: the kernel compiled by numba, or, for small plans, as plain Python."""

from __future__ import annotations

import logging
import sys
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from sim.compiling.cache import cache_folder
from sim.compiling.functions import CannotCompile, compile_functions, failed, numbers_of, obstacle
from sim.compiling.plain_indices import plain_indices
from sim.engine.compiled import (
    kernel,
    kernel_books,
    kernel_circle,
    kernel_dispatch,
    kernel_links,
    kernel_queue,
    kernel_windows,
)
from sim.engine.compiled.kept_memory import keep_memory
from sim.engine.compiled.kernel_setup import as_lists, empty_plan, set_up, write_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan
    from sim.engine.compiled.kernel_tables import World

LOG = logging.getLogger("jianfu")

MODULES = (kernel_circle, kernel_queue, kernel_books, kernel_dispatch, kernel_links, kernel_windows, kernel)
"""The modules of the kernel's functions."""
NUMBERS = numbers_of(MODULES)
"""The integer constants that these functions use."""
_compiling = Lock()


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
        return failed(error)


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
    """Return the compiled `kernel.run`."""
    tables = set_up(empty_plan(), room=0)
    return compile_functions(numba, MODULES, kernel.run, lambda name: name == kernel.advance.__name__, tables, folder)
