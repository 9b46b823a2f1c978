"""The loop of booking, compiled by numba for large years, or as plain Python for small ones."""

from __future__ import annotations

import logging
import sys
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from sim.compiling.cache import cache_folder
from sim.compiling.functions import LARGE, CannotCompile, compile_functions, failed, numbers_of, obstacle
from sim.compiling.plain_indices import plain_indices
from sim.plan.booking import places, presence
from sim.plan.booking.tables import as_arrays, as_lists, empty_tables

if TYPE_CHECKING:
    from pathlib import Path

    from sim.plan.booking.tables import Tables

LOG = logging.getLogger("jianfu")
MODULES = (presence, places)
"""The modules of the functions that are compiled."""
_compiling = Lock()


def book_tables(tables: Tables, rows: int) -> Tables:
    """Book all appointments of a year of `rows` rows; return the tables with the result.

    If numba cannot compile, plain Python returns the same tables more slowly; the engine says so.
    """
    if rows >= LARGE:
        with _compiling:
            run = _compiled()
        if not isinstance(run, CannotCompile):
            run(tables)
            return tables
    lists = as_lists(tables)
    places.book_all(lists)
    return as_arrays(lists)


@cache
def _compiled() -> Any:
    """Return the compiled `book_all`, or the reason why there is none; once a process."""
    try:
        return obstacle() or _loaded_or_compiled()
    except Exception as error:  # plain Python returns the same tables, so nothing here may stop a year
        LOG.debug("numba", exc_info=True)
        return failed(error)


def _loaded_or_compiled() -> Any:
    """Return the compiled `book_all`, from the cache or newly compiled."""
    import numba

    folder = cache_folder((*MODULES, sys.modules[plain_indices.__module__]), numbers_of(MODULES))
    if folder is None or not any(folder.rglob("*.nbi")):
        LOG.info(
            {
                "zh": "正在编译排期的循环，约需十秒，本机只需一次",
                "en": "compiling the loop of booking, which takes about ten seconds, once on this machine",
            }
        )
    try:
        return _compile(numba, folder)
    except Exception:  # a broken cache must not stop a year; it is to blame only if numba can compile without it
        return _compile(numba, None)


def _compile(numba: Any, folder: Path | None) -> Any:
    return compile_functions(numba, MODULES, places.book_all, _is_apart, empty_tables(), folder)


def _is_apart(_name: str) -> bool:
    """Return True: functions compiled into all their callers take half as long again to compile, and save little."""
    return True
