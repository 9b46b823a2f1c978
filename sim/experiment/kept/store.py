"""Stores results under keys, which are hashes of all inputs of a result, so that no result is computed twice.

An entry is a line with the checksum of its key and content, then the content. An entry that is incomplete, changed or
moved to another key is ignored, and its result is computed again. The entries of one version of the code lie in one
folder, so that those of older versions can be deleted. A failure to write is reported as a trouble and ends no run.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError
from sim.experiment.kept.manifest import own_code
from sim.experiment.kept.packing import pack_outcome, unpack_outcome
from sim.experiment.kept.record import pack_comparison, unpack_comparison
from sim.files.write import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.experiment.comparison import Comparison
    from sim.metrics.outcome import Outcome

RUNS_VARIABLE = "JIANFU_RUNS"
DEFAULT_FOLDER = Path("reports", "runs")
ENTRIES, QUICK_ENTRIES = "kept", "quick"
"""Folders of the entries, beside the folders of finished runs."""
CODE_LETTERS = 16
"""Letters of the code's fingerprint that name the folder of its entries."""
SUFFIX = ".bin"
MOST_QUICK = 500
"""Entries of the quick store: about thirty comparisons in two languages."""
_MAGIC = b"jianfu-2 "
_DIGEST = 64


def runs_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of results: `JIANFU_RUNS`, or `reports/runs` under the working directory."""
    chosen = environment.get(RUNS_VARIABLE, "")
    return Path(chosen) if chosen else DEFAULT_FOLDER


class Store:
    """Entries in a folder; a store can be sent to worker processes."""

    def __init__(self, folder: Path, entries: str = ENTRIES, most: int | None = None) -> None:
        self.folder, self.entries, self.most = folder, entries, most
        self.trouble: UsageError | None = None
        """The reason why results are not saved; None while they are."""

    @property
    def quick(self) -> Store:
        """The store of results that take seconds; it deletes the entries used longest ago."""
        return Store(self.folder, QUICK_ENTRIES, MOST_QUICK)

    def read(self, key: str) -> bytes | None:
        """Return the content of an entry, or None if there is no entry or its checksum is wrong."""
        path = self._path(key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        content = entry[len(_MAGIC) + _DIGEST + 1 :]
        if entry != _head(key, content) + content:
            return None
        if self.most is not None:
            with suppress(OSError):
                os.utime(path)
        return content

    def write(self, key: str, content: bytes) -> None:
        """Write an entry; after the first failure no more entries are written."""
        if self.trouble is not None:
            return
        try:
            write_bytes(self._path(key), _head(key, content) + content)
        except UsageError as error:
            self.trouble = error
        if self.most is not None:
            self._delete_oldest(self.most)

    def load_outcome(self, key: str) -> Outcome | None:
        """Return a kept year, or None."""
        content = self.read(key)
        try:
            return None if content is None else unpack_outcome(content)
        except ValueError:
            return None

    def save_outcome(self, key: str, outcome: Outcome) -> None:
        """Save a year."""
        self.write(key, pack_outcome(outcome))

    def load_comparison(self, key: str) -> Comparison | None:
        """Return a kept comparison, or None."""
        content = self.read(key)
        try:
            return None if content is None else unpack_comparison(content)
        except ValueError:
            return None

    def save_comparison(self, key: str, comparison: Comparison) -> None:
        """Keep a comparison."""
        self.write(key, pack_comparison(comparison))

    def load_numbers(self, key: str) -> dict[str, Any] | None:
        """Return a kept table of numbers, or None."""
        content = self.read(key)
        try:
            found = None if content is None else json.loads(content)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def save_numbers(self, key: str, numbers: Mapping[str, Any]) -> None:
        """Save a table of numbers."""
        self.write(key, json.dumps(dict(numbers), sort_keys=True).encode())

    def _path(self, key: str) -> Path:
        return self.folder / self.entries / own_code()[:CODE_LETTERS] / key[:2] / f"{key[2:]}{SUFFIX}"

    def _delete_oldest(self, most: int) -> None:
        """Delete the entries that were used longest ago, until `most` are left; another process may do the same."""
        used = []
        for path in (self.folder / self.entries).rglob(f"*{SUFFIX}"):
            with suppress(OSError):
                used.append((path.stat().st_mtime_ns, path))
        for _, path in sorted(used)[:-most]:
            with suppress(OSError):
                path.unlink()


def is_entry(path: Path) -> bool:
    """Return whether a file is an entry as it was written; its name holds its key."""
    try:
        entry = path.read_bytes()
    except OSError:
        return False
    content = entry[len(_MAGIC) + _DIGEST + 1 :]
    return entry == _head(path.parent.name + path.stem, content) + content


def _head(key: str, content: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(key.encode() + b"\n" + content).hexdigest().encode() + b"\n"
