"""Cache of compiled code between runs: a folder named by the hash of the sources."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType


def cache_folder(modules: Iterable[ModuleType], numbers: Mapping[str, int]) -> Path | None:
    """Create and return the folder for code compiled from these modules and numbers; None if it is not writable.

    It lies in `JIANFU_CACHE`, else in `$XDG_CACHE_HOME/jianfu`, by default `~/.cache/jianfu`. numba checks the source
    of the cached function only; the hash of all sources also detects a change in a function that it calls.
    """
    folder = _home() / f"kernel-{_source_hash(modules, numbers)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


def _home() -> Path:
    """Return the cache folder of the program."""
    own = os.environ.get("JIANFU_CACHE")
    if own:
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path("~/.cache").expanduser()) / "jianfu"


def _source_hash(modules: Iterable[ModuleType], numbers: Mapping[str, int]) -> str:
    """Return a hash of the modules' source files and of the numbers defined in other modules."""
    digest = sha256(repr(sorted(numbers.items())).encode())
    for module in modules:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]
