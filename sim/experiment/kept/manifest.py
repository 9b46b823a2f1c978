"""The manifest of a result: scenarios, root, program and libraries, so that the result can be reproduced."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
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
    "study.py", "experiment/twins.py", "experiment/jurisdictions.py", "experiment/passport.py",
    "experiment/traced_year.py",
)  # fmt: skip
"""Files and packages of the program on which kept years and passports depend."""
LIBRARIES_THAT_COUNT = ("numpy", "scipy")
"""Libraries whose arithmetic enters the numbers."""
LIBRARIES_THAT_DRAW = ("matplotlib", "numpy", "pillow")
KINDS_OF_SOURCES = frozenset({".py", ".j2", ".otf"})
"""Suffixes of the files on which pictures and pages depend."""


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
    """Return the manifest of a comparison; it contains no time and no name of a machine or a user.

    `before` and `after` are canonical texts of the two regimes; `options` holds every other setting of the result that
    can be written as JSON.
    """
    return {
        "schema": SCHEMA,
        "version": sim.__version__,
        "code": code or own_code(),
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
    """Return the whole content of a value as one text, equal for equal values.

    The order of names is kept, because the order of an outcome's values can depend on it.
    """
    return value.model_dump_json()


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_hash(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of JSON data, independent of the order of keys."""
    return text_hash(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def code_fingerprint(folder: Path | None = None) -> str:
    """Return the SHA-256 of the sources that decide the numbers, of the program's version and of its libraries'."""
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


@cache
def own_code() -> str:
    """Return the fingerprint of the code that decides this program's numbers, computed once."""
    return code_fingerprint()


@cache
def own_program() -> str:
    """Return the fingerprint of this whole program, computed once."""
    return program_fingerprint()


def program_fingerprint(folder: Path | None = None) -> str:
    """Return the SHA-256 of all sources, templates and fonts of the program, and of the libraries that draw."""
    folder = folder or Path(sim.__file__).parent
    digest = hashlib.sha256(sim.__version__.encode())
    for name in LIBRARIES_THAT_DRAW:
        digest.update(f"\n{name} {metadata.version(name)}".encode())
    for path in sorted(path for path in folder.rglob("*") if path.suffix in KINDS_OF_SOURCES):
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def outcome_key(*, regime: str, code: str, root: int, replication: int, engine: str) -> str:
    """Return the key of a year's outcome: a hash of everything the outcome depends on."""
    return content_hash(
        {"regime": text_hash(regime), "code": code, "root": root, "replication": replication, "engine": engine}
    )
