"""`jianfu runs`: list, show and delete saved comparisons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from sim.cli.language import say
from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.experiment.kept.runs import SavedRun

MEGABYTE = 1_000_000


@command(
    zh="保存过的比较：list 列出，最近的在前；show 显示一个；rm 删除指定的；prune 删除损坏和过时的。",
    en="Saved comparisons: list, the latest first; show one; rm deletes those named; prune the damaged and outdated.",
)
@click.argument("action", type=click.Choice(["list", "show", "rm", "prune"]), default="list")
@click.argument("names", nargs=-1, metavar="[RUN]...")
@option("--keep", type=click.IntRange(0), zh="prune：只留最近几个", en="prune: keep only so many of the latest runs.")
@option("--dry-run", is_flag=True, zh="只说要删什么", en="Only print what would be deleted.")
@common
def runs(output: Output, action: str, names: tuple[str, ...], keep: int | None, *, dry_run: bool) -> None:
    """List, show or delete saved comparisons."""
    from sim.experiment.kept.store import runs_folder

    if action in {"list", "prune"} and names:
        raise UsageError(zh=f"runs {action} 不需要名称", en=f"runs {action} takes no names")
    if action in {"show", "rm"} and not names:
        raise UsageError(
            zh=f"runs {action} 需要名称；jianfu runs 列出它们", en=f"runs {action} needs a name; see jianfu runs"
        )
    if keep is not None and action != "prune":
        raise UsageError(zh="--keep 只用于 prune", en="--keep goes with prune only")
    folder = runs_folder()
    actions: dict[str, Callable[[], None]] = {
        "list": lambda: _list(output, folder),
        "show": lambda: _show(output, folder, names),
        "rm": lambda: _remove(output, folder, names, dry_run=dry_run),
        "prune": lambda: _prune(output, folder, keep, dry_run=dry_run),
    }
    actions[action]()


def _list(output: Output, folder: Path) -> None:
    from sim.experiment.kept.housekeeping import damaged_runs, kept_entries, size_of
    from sim.experiment.kept.runs import list_runs

    found, damaged = list_runs(folder), damaged_runs(folder)
    rows = [_data(run, whole=run.folder not in damaged) for run in found]
    lines = [_line(run, whole=run.folder not in damaged) for run in found]
    listed = {run.folder for run in found}
    lost = [home for home in damaged if home not in listed]
    lines += [say(f"（损坏，没有清单）  {home}", f"(damaged, no manifest)  {home}") for home in lost]
    store = sum(size_of(place) for place in kept_entries(folder))
    if store:
        lines.append(say(f"存下的年份和图片：{_megabytes(store)}", f"kept years and pictures: {_megabytes(store)}"))
    output.show({"runs": rows, "damaged": [str(home) for home in damaged], "store_bytes": store}, "\n".join(lines))
    if not found and not lost:
        output.note("还没有保存的比较；先运行 jianfu compare", "no comparison is saved yet; run jianfu compare")


def _show(output: Output, folder: Path, names: tuple[str, ...]) -> None:
    from sim.experiment.kept.housekeeping import find_runs
    from sim.experiment.kept.runs import is_whole, list_runs

    wanted = find_runs(folder, names)
    found = [run for run in list_runs(folder) if run.folder in wanted]
    lost = [home for home in wanted if home not in {run.folder for run in found}]
    if lost:
        raise UsageError(
            zh=f"{lost[0]} 的清单已损坏；jianfu runs prune 删除它", en=f"the manifest of {lost[0]} is damaged; prune it"
        )
    parts = []
    for run in found:
        files = [f"    {name}" for name in sorted(run.manifest["files"])]
        parts.append("\n".join([_line(run, whole=is_whole(run)), *_details(run), *files]))
    output.show({"runs": [_data(run, whole=is_whole(run)) for run in found]}, "\n\n".join(parts))


def _remove(output: Output, folder: Path, names: tuple[str, ...], *, dry_run: bool) -> None:
    from sim.experiment.kept.housekeeping import find_runs

    _delete(output, find_runs(folder, names), dry_run=dry_run)


def _prune(output: Output, folder: Path, keep: int | None, *, dry_run: bool) -> None:
    from sim.experiment.kept.housekeeping import find_rubbish

    found = find_rubbish(folder, keep)
    _delete(output, list(found.places), dry_run=dry_run)


def _delete(output: Output, places: list[Path], *, dry_run: bool) -> None:
    """Delete the places, or only list them; print what they hold."""
    from sim.experiment.kept.housekeeping import delete, size_of

    size = sum(size_of(place) for place in places)
    if not dry_run:
        delete(places)
    word = say("将删除", "would delete") if dry_run else say("已删除", "deleted")
    lines = [f"{word} {place}" for place in places]
    total = say(f"{word} {len(places)} 处，{_megabytes(size)}", f"{word} {len(places)} places, {_megabytes(size)}")
    output.show(
        {"deleted": [str(place) for place in places], "bytes": size, "dry_run": dry_run}, "\n".join([*lines, total])
    )


def _line(run: SavedRun, *, whole: bool) -> str:
    from sim.experiment.kept.housekeeping import options_of, size_of

    mark = "" if whole else say("（损坏）", " (damaged)")
    used = "".join(f"  {name}" for name in _as_typed(options_of(run)))
    size = _megabytes(size_of(run.folder))
    return f"{_local(run.manifest['finished'])}  n={run.manifest.get('replications')}  {size}  {run.folder}{mark}{used}"


def _details(run: SavedRun) -> list[str]:
    manifest = run.manifest
    libraries = manifest.get("libraries")
    known = libraries if isinstance(libraries, dict) else {}
    used = ", ".join(f"{name} {version}" for name, version in sorted(known.items()))
    return [
        f"  {manifest.get('title')}",
        say(f"  随机数根 {manifest.get('root')}", f"  root {manifest.get('root')}"),
        say(
            f"  程序 {manifest.get('version')}（{str(manifest.get('code'))[:12]}），{used}",
            f"  program {manifest.get('version')} ({str(manifest.get('code'))[:12]}), {used}",
        ),
    ]


def _data(run: SavedRun, *, whole: bool) -> dict[str, Any]:
    from sim.experiment.kept.housekeeping import size_of

    return {"folder": str(run.folder), "whole": whole, "bytes": size_of(run.folder), **run.manifest}


def _as_typed(options: dict[str, list[str]]) -> list[str]:
    """Return options as they are typed."""
    flags = {"only": "--only", "settings": "-s"}
    return [f"{flags[name]} {quote(value)}" for name, values in options.items() for value in values]


def _local(moment: object) -> str:
    """Return a saved time in the time zone of this machine, to the minute; an unreadable time unchanged."""
    try:
        return datetime.fromisoformat(str(moment)).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return str(moment)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB"
