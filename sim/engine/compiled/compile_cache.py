"""Where compiled code is kept between runs: a folder named by what it was compiled from."""

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
    """Make the folder for code compiled from these modules and numbers; None where nothing can be written.

    It lies in `JIANFU_CACHE` or else in `$XDG_CACHE_HOME/jianfu`, by default `~/.cache/jianfu`. What numba itself keeps
    track of is one function; the hash of all sources sees a change in any that it calls.
    """
    folder = _home() / f"kernel-{_source_hash(modules, numbers)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


def _home() -> Path:
    """Find the folder for everything that can be made again."""
    own = os.environ.get("JIANFU_CACHE")
    if own:
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path("~/.cache").expanduser()) / "jianfu"


def _source_hash(modules: Iterable[ModuleType], numbers: Mapping[str, int]) -> str:
    """Hash the sources of modules, and the numbers that stand elsewhere."""
    digest = sha256(repr(sorted(numbers.items())).encode())
    for module in modules:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]
