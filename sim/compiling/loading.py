"""Compiled loops from the cache, or newly compiled, or the reason why there are none."""

from __future__ import annotations

import logging
import sys
from threading import Lock
from typing import TYPE_CHECKING, Any

from sim.compiling.cache import cache_folder
from sim.compiling.functions import failed, numbers_of, obstacle
from sim.compiling.plain_indices import plain_indices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from types import ModuleType

LOG = logging.getLogger("jianfu")
COMPILING = Lock()
"""Held while a loop is loaded or compiled: the cache folder is a setting of numba for the whole process."""


def load_or_compile(
    modules: Iterable[ModuleType], compile_into: Callable[[Any, Path | None], Any], name: Mapping[str, str]
) -> Any:
    """Return the result of `compile_into`, which takes numba and the cache folder, or a `CannotCompile`.

    A compilation is announced by the loop's `name`. If the cache is damaged, the loop is compiled without it. Plain
    Python returns the same tables, so no error of numba leaves this function.
    """
    try:
        return obstacle() or _load_or_compile(tuple(modules), compile_into, name)
    except Exception as error:
        LOG.debug("numba", exc_info=True)
        return failed(error)


def _load_or_compile(
    modules: tuple[ModuleType, ...], compile_into: Callable[[Any, Path | None], Any], name: Mapping[str, str]
) -> Any:
    import numba

    folder = cache_folder((*modules, sys.modules[plain_indices.__module__]), numbers_of(modules))
    if folder is None or not any(folder.rglob("*.nbi")):
        LOG.info(
            {
                "zh": f"正在编译{name['zh']}，约需十秒，本机只需一次",
                "en": f"compiling {name['en']}, which takes about ten seconds, once on this machine",
            }
        )
    try:
        return compile_into(numba, folder)
    except Exception:  # a broken cache must not stop a run; it is to blame only if numba can compile without it
        run = compile_into(numba, None)
    LOG.info(
        {
            "zh": f"缓存 {folder} 不可用，已重新编译{name['zh']}",
            "en": f"{name['en']} was compiled without the cache in {folder}, which cannot be used",
        }
    )
    return run
