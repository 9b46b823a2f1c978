"""The fast engine: the kernel compiled by numba, or, for small plans, as plain Python."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sim.compiling.functions import CannotCompile, compile_functions
from sim.compiling.loading import COMPILING, load_or_compile
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

MODULES = (kernel_circle, kernel_queue, kernel_books, kernel_dispatch, kernel_links, kernel_windows, kernel)
"""The modules of the kernel's functions."""
NAME = {"zh": "仿真内核", "en": "the kernel"}


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
    with COMPILING:
        run = _compiled_run()
    if isinstance(run, CannotCompile):
        raise CannotCompile(*run.args)
    run(world)
    return world


@cache
def _compiled_run() -> Any:
    """Return the compiled `kernel.run`, or the reason why there is none; once a process."""
    return load_or_compile(MODULES, _compile, NAME)


def _compile(numba: Any, folder: Path | None) -> Any:
    """Return the compiled `kernel.run`."""
    keep_memory()
    tables = set_up(empty_plan(), room=0)
    return compile_functions(numba, MODULES, kernel.run, lambda name: name == kernel.advance.__name__, tables, folder)
