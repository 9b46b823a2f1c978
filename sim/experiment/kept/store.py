"""Keeps results under a hash of what they were made from, so that nothing is simulated twice.

An entry is a line with the checksum, then the content. An entry that is torn or was changed is not trusted: it is
simulated again. What cannot be written is a trouble to report, never the end of a run.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError
from sim.experiment.comparison import TwinCheck
from sim.experiment.kept.manifest import outcome_key, text_hash
from sim.experiment.kept.packing import pack_outcome, unpack_outcome
from sim.files.write import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.metrics.outcome import Outcome

RUNS_VARIABLE = "JIANFU_RUNS"
DEFAULT_FOLDER = Path("reports", "runs")
ENTRIES = "kept"
"""Folder of the entries, beside the folders of finished runs."""
_MAGIC = b"jianfu-1 "
_DIGEST = 64


def runs_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Give the folder of results: `JIANFU_RUNS`, or `reports/runs` under the working directory."""
    chosen = environment.get(RUNS_VARIABLE, "")
    return Path(chosen) if chosen else DEFAULT_FOLDER


class Store:
    """Entries in a folder; can be sent to worker processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble: UsageError | None = None
        """Why results are not kept; None while they are."""

    def read(self, key: str) -> bytes | None:
        """Give the content of an entry, or None where there is none that can be trusted."""
        try:
            entry = self._path(key).read_bytes()
        except OSError:
            return None
        head, content = entry[: len(_MAGIC) + _DIGEST + 1], entry[len(_MAGIC) + _DIGEST + 1 :]
        return content if head == _head(content) else None

    def write(self, key: str, content: bytes) -> None:
        """Keep an entry; after the first one that cannot be written, no more are tried."""
        if self.trouble is not None:
            return
        try:
            write_bytes(self._path(key), _head(content) + content)
        except UsageError as error:
            self.trouble = error

    def load_outcome(self, key: str) -> Outcome | None:
        """Give a year that was simulated before."""
        content = self.read(key)
        try:
            return None if content is None else unpack_outcome(content)
        except ValueError:
            return None

    def save_outcome(self, key: str, outcome: Outcome) -> None:
        """Keep a simulated year."""
        self.write(key, pack_outcome(outcome))

    def load_numbers(self, key: str) -> dict[str, Any] | None:
        """Give a small table of numbers."""
        content = self.read(key)
        try:
            found = None if content is None else json.loads(content)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

    def save_numbers(self, key: str, numbers: Mapping[str, Any]) -> None:
        """Keep a small table of numbers."""
        self.write(key, json.dumps(dict(numbers), sort_keys=True).encode())

    def _path(self, key: str) -> Path:
        return self.folder / ENTRIES / key[:2] / f"{key[2:]}.bin"


def _head(content: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(content).hexdigest().encode() + b"\n"


@dataclass(frozen=True)
class Years:
    """Names the entries of one regime's years."""

    regime: str
    """Canonical text."""
    code: str
    """Fingerprint of the program."""
    root: int
    engine: str

    def key(self, replication: int) -> str:
        """Give the name of one year's entry."""
        return outcome_key(
            regime=self.regime, code=self.code, root=self.root, replication=replication, engine=self.engine
        )


@dataclass(frozen=True)
class YearShelf:
    """Keeps the outcomes of one regime, by replication."""

    store: Store
    years: Years

    def load(self, replication: int, /) -> Outcome | None:
        """Give a year that was simulated before."""
        return self.store.load_outcome(self.years.key(replication))

    def save(self, replication: int, outcome: Outcome, /) -> None:
        """Keep a year."""
        self.store.save_outcome(self.years.key(replication), outcome)


@dataclass(frozen=True)
class Pair:
    """One replication of a comparison."""

    before: Outcome
    after: Outcome
    twin_check: TwinCheck


@dataclass(frozen=True)
class PairShelf:
    """Keeps the replications of a comparison; the years themselves are shared with other comparisons."""

    store: Store
    before: Years
    after: Years
    touched: tuple[str, ...] = ()
    """Names of what levers act on, which the twin check leaves out."""

    def load(self, replication: int, /) -> Pair | None:
        """Give a replication of which everything is known."""
        first, second = self.before.key(replication), self.after.key(replication)
        twins = self.store.load_numbers(self._twin_key(first, second))
        before = None if twins is None else self.store.load_outcome(first)
        after = None if before is None else self.store.load_outcome(second)
        if twins is None or before is None or after is None:
            return None
        return Pair(before, after, TwinCheck(compared=twins["compared"], changed=twins["changed"]))

    def save(self, replication: int, pair: Pair, /) -> None:
        """Keep a replication."""
        first, second = self.before.key(replication), self.after.key(replication)
        self.store.save_outcome(first, pair.before)
        self.store.save_outcome(second, pair.after)
        found = {"compared": pair.twin_check.compared, "changed": pair.twin_check.changed}
        self.store.save_numbers(self._twin_key(first, second), found)

    def key(self, *words: str) -> str:
        """Give the name of what else is kept of this comparison."""
        return text_hash("\n".join((self.before.key(0), self.after.key(0), *words)))

    def _twin_key(self, before: str, after: str) -> str:
        return text_hash("\n".join(("twin check", before, after, *sorted(self.touched))))
