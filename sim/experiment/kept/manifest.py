"""The manifest of a result: what it was made from, by which program, so that it can be made again."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.domain.frozen import Frozen

SCHEMA = 1
"""Version of the manifest's own layout."""
CODE_THAT_COUNTS = (
    "units.py", "domain", "contract", "levers", "plan", "engine", "metrics",
    "experiment/twins.py", "experiment/jurisdictions.py", "experiment/passport.py",
)  # fmt: skip
"""Files and packages of the program that decide what a replication, and whatever else is kept, comes to."""
LIBRARIES_THAT_COUNT = ("numpy", "scipy")
"""Libraries whose arithmetic enters the numbers."""


def make_manifest(
    *,
    before: str,
    after: str,
    root: int,
    replications: int,
    engine: str,
    code: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Say what a comparison was made from; no clock, no name of the machine or of who used it.

    `before` and `after` are canonical texts of the two regimes, `options` whatever else shaped the result and can be
    written as JSON.
    """
    return {
        "schema": SCHEMA,
        "version": sim.__version__,
        "code": code or code_fingerprint(),
        "scenarios": {"before": text_hash(before), "after": text_hash(after)},
        "root": root,
        "replications": replications,
        "engine": engine,
        "options": dict(options or {}),
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in ("numpy", "scipy", "simpy")},
        "platform": f"{platform.system()} {platform.machine()}",
    }


def canonical_text(value: Frozen) -> str:
    """Give a value's whole content as one text, equal for equal values.

    The order of names is kept: what a replication is reduced to is listed in an order of its own, which may follow it.
    """
    return value.model_dump_json()


def text_hash(text: str) -> str:
    """Give the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_hash(content: Mapping[str, Any]) -> str:
    """Give the SHA-256 of what can be written as JSON; the order of keys does not count."""
    return text_hash(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def code_fingerprint(folder: Path | None = None) -> str:
    """Give the SHA-256 of the program's sources that decide the numbers, its version, and the libraries under it."""
    folder = folder or Path(sim.__file__).parent
    digest = hashlib.sha256(sim.__version__.encode())
    for name in LIBRARIES_THAT_COUNT:
        digest.update(f"\n{name} {metadata.version(name)}".encode())
    for place in CODE_THAT_COUNTS:
        for path in sorted([folder / place, *(folder / place).rglob("*.py")]):
            if path.is_file():
                content = path.read_bytes().replace(b"\r\n", b"\n")
                digest.update(f"\n{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def outcome_key(*, regime: str, code: str, root: int, replication: int, engine: str) -> str:
    """Give the name under which a year's outcome is kept: a hash of everything it depends on."""
    return content_hash(
        {"regime": text_hash(regime), "code": code, "root": root, "replication": replication, "engine": engine}
    )
