"""Finished runs: one folder each, listed by their manifests, which are written last."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError
from sim.experiment.kept.manifest import content_hash
from sim.files.write import write_bytes, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = "manifest.json"
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_LONGEST_SLUG = 40
_SHORT_HASH = 8


@dataclass(frozen=True)
class SavedRun:
    """One finished run."""

    folder: Path
    manifest: dict[str, Any]


def run_name(title: str, manifest: Mapping[str, Any]) -> str:
    """Return the name of a run's folder: a short hash of its manifest, then a readable part of its title."""
    plain = unicodedata.normalize("NFKC", title).lower()
    slug = _NOT_IN_NAMES.sub("-", plain).strip("-_")[:_LONGEST_SLUG].rstrip("-_")
    return "-".join(part for part in (content_hash(manifest)[:_SHORT_HASH], slug) if part)


def save_run(
    folder: Path,
    title: str,
    manifest: Mapping[str, Any],
    files: Mapping[str, bytes],
    *,
    finished: datetime | None = None,
) -> Path:
    """Save a finished run under `folder` and return its folder; the manifest is written last, so it marks a whole run.

    The same run has the same folder, and files with the same bytes. Only `manifest.json` contains the time.

    Raises:
        UsageError: it cannot be written; the caller still has the result.
    """
    home = folder / run_name(title, manifest)
    for name, content in files.items():
        write_bytes(home / name, content)
    moment = (finished or datetime.now(UTC)).isoformat(timespec="seconds")
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    write_json(home / MANIFEST, {**manifest, "title": title, "finished": moment, "files": sums})
    return home


def list_runs(folder: Path) -> tuple[SavedRun, ...]:
    """Return the finished runs, the latest first; a folder without a valid manifest is left out."""
    found = [run for path in folder.glob(f"*/{MANIFEST}") if (run := _read(path))]
    return tuple(sorted(found, key=lambda run: (str(run.manifest["finished"]), run.folder.name), reverse=True))


def is_whole(run: SavedRun) -> bool:
    """Return whether all files of a run are unchanged."""
    return all(_is_unchanged(run, name) for name in run.manifest["files"])


def refuse_changed(file: Path) -> None:
    """Refuse a file of a saved run that differs from its checksum; a file without a manifest beside it has none.

    Raises:
        UsageError: the file was changed, or the manifest beside it is damaged.
    """
    manifest = file.parent / MANIFEST
    if not manifest.exists():
        return
    run = _read(manifest)
    if run is None:
        raise UsageError(
            zh=f"{manifest} 已损坏，无法核对结果；请重新运行 jianfu compare",
            en=f"{manifest} is damaged, so the result cannot be checked; run jianfu compare again",
        )
    if not _is_unchanged(run, file.name):
        raise UsageError(
            zh=f"{file} 保存之后被改动过，与校验和不符；请重新运行 jianfu compare",
            en=f"{file} was changed after it was saved: its checksum is wrong; run jianfu compare again",
        )


def _is_unchanged(run: SavedRun, name: str) -> bool:
    try:
        content = (run.folder / name).read_bytes()
    except OSError:
        return False
    return bool(hashlib.sha256(content).hexdigest() == run.manifest["files"].get(name))


def _read(path: Path) -> SavedRun | None:
    try:
        manifest = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    known = isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) and "finished" in manifest
    return SavedRun(path.parent, manifest) if known else None
