"""Sizes of the folder of results, and deletion of all that is damaged, outdated or named."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiment.kept.manifest import own_code
from sim.experiment.kept.runs import MANIFEST, is_whole, list_runs
from sim.experiment.kept.store import CODE_LETTERS, ENTRIES, QUICK_ENTRIES, SUFFIX, is_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sim.experiment.kept.runs import SavedRun

_PARTS = ".*.part"
"""Files of a write that was interrupted."""


@dataclass(frozen=True)
class Rubbish:
    """Places in the folder of results that can be deleted without loss."""

    runs: tuple[Path, ...]
    """Damaged runs, and those older than the latest ones that are kept."""
    entries: tuple[Path, ...]
    """Damaged entries, and files of interrupted writes."""
    outdated: tuple[Path, ...]
    """Folders of entries that another version of the code wrote; this version never reads them."""

    @property
    def places(self) -> tuple[Path, ...]:
        """All of them."""
        return (*self.runs, *self.entries, *self.outdated)


def size_of(place: Path) -> int:
    """Return the bytes of a file, or of all files in a folder; 0 for a place that does not exist."""
    if place.is_file():
        return place.stat().st_size
    total = 0
    for path in place.rglob("*"):
        with suppress(OSError):  # another process deletes as well
            total += path.stat().st_size if path.is_file() else 0
    return total


def kept_entries(folder: Path) -> list[Path]:
    """List the folders of entries under the folder of results that exist."""
    return [place for name in (ENTRIES, QUICK_ENTRIES) if (place := folder / name).is_dir()]


def damaged_runs(folder: Path) -> list[Path]:
    """List the folders of runs that have no valid manifest, or a file that was changed or is missing."""
    whole = {run.folder for run in list_runs(folder) if is_whole(run)}
    homes = folder.iterdir() if folder.is_dir() else ()
    return sorted(home for home in homes if home.is_dir() and _looks_like_run(home) and home not in whole)


def find_runs(folder: Path, names: Sequence[str]) -> list[Path]:
    """Return the folders of the named runs: each name is that of a folder, or its beginning.

    Raises:
        UsageError: a name fits no run or several.
    """
    there = sorted({run.folder for run in list_runs(folder)} | set(damaged_runs(folder)))
    found = []
    for name in names:
        wanted = name.rstrip("/").rpartition("/")[2]
        fitting = [home for home in there if home.name == wanted] or [
            home for home in there if wanted and home.name.startswith(wanted)
        ]
        if len(fitting) != 1:
            listed = "、".join(home.name for home in fitting or there)
            raise UsageError(
                zh=f"“{name}”{'对应多个' if fitting else '不是'}保存过的比较；有：{listed}",
                en=f"{name} fits {'several saved runs' if fitting else 'no saved run'}; there are: {listed}",
            )
        found += [home for home in fitting if home not in found]
    return found


def find_rubbish(folder: Path, keep: int | None = None) -> Rubbish:
    """Return all that can be deleted without loss, and whole runs beyond the `keep` latest; None keeps every one."""
    whole = [run.folder for run in list_runs(folder) if is_whole(run)]
    surplus = [] if keep is None else whole[keep:]
    current = own_code()[:CODE_LETTERS]
    outdated = [home for place in kept_entries(folder) for home in sorted(place.iterdir()) if home.name != current]
    own = [home for place in kept_entries(folder) if (home := place / current).is_dir()]
    damaged = [path for home in own for path in sorted(home.rglob(f"*{SUFFIX}")) if not is_entry(path)]
    torn = [path for home in own for path in sorted(home.rglob(_PARTS))]
    return Rubbish((*damaged_runs(folder), *surplus), (*damaged, *torn), tuple(outdated))


def delete(places: Iterable[Path]) -> None:
    """Delete files and folders; a link is deleted, not the place that it leads to.

    Raises:
        UsageError: one of them cannot be deleted.
    """
    for place in places:
        try:
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(zh=f"无法删除 {place}：{reason}", en=f"cannot delete {place}: {reason}") from error


def _looks_like_run(home: Path) -> bool:
    """Return whether a folder has the manifest or the result of a run; other folders are never touched."""
    return (home / MANIFEST).exists() or (home / "result.json").exists()


def options_of(run: SavedRun) -> dict[str, list[str]]:
    """Return the options that a run was called with: levers (`only`) and values (`settings`); without them empty."""
    options = run.manifest.get("options")
    known = options if isinstance(options, dict) else {}
    return {name: [str(one) for one in known.get(name) or ()] for name in ("only", "settings") if known.get(name)}
