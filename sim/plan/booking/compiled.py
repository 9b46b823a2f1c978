"""The loop of booking, compiled by numba for large years, or as plain Python for small ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sim.compiling.functions import LARGE, CannotCompile, compile_functions
from sim.compiling.loading import COMPILING, load_or_compile
from sim.plan.booking import places, presence
from sim.plan.booking.tables import as_arrays, as_lists, empty_tables

if TYPE_CHECKING:
    from pathlib import Path

    from sim.plan.booking.tables import Tables

MODULES = (presence, places)
"""The modules of the functions that are compiled."""
NAME = {"zh": "排期的循环", "en": "the loop of booking"}


def book_tables(tables: Tables, rows: int) -> Tables:
    """Book all appointments of a year of `rows` rows; return the tables with the result.

    If numba cannot compile, plain Python returns the same tables more slowly; the engine says so.
    """
    if rows >= LARGE:
        with COMPILING:
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
    return load_or_compile(MODULES, _compile, NAME)


def _compile(numba: Any, folder: Path | None) -> Any:
    return compile_functions(numba, MODULES, places.book_all, _is_apart, empty_tables(), folder)


def _is_apart(_name: str) -> bool:
    """Return True: functions compiled into all their callers take half as long again to compile, and save little."""
    return True
