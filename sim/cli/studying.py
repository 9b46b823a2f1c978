"""Common parts of the commands that simulate: options, progress bar, places of results."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.language import say, spoken
from sim.cli.options import Function, option
from sim.cli.output import Output, printable
from sim.errors import UsageError
from sim.metrics.definitions import SPLIT_KINDS

if TYPE_CHECKING:
    from sim.engine.simulate import Engine
    from sim.experiment.kept.store import Store
    from sim.experiment.options import RunOptions
    from sim.report.tables import Table

ENGINES: tuple[Engine, ...] = ("auto", "reference", "compiled")
"""Engines; the first one is the default."""
BEFORE, AFTER = "before.yaml", "after.yaml"
WIDE = 140
"""Columns of printed tables."""


class Precision(click.ParamType[float]):
    """A share such as 2%, between 0 and 1."""

    name = "SHARE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Parse the share."""
        text = str(value).strip()
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = 0.0
        if not 0 < share < 1:
            self.fail(
                say(f"“{value}”不是 0 到 1 之间的比例，例如 2%", f"'{value}' is not a share such as 2%"), param, ctx
            )
        return share


def studying(function: Function) -> Function:
    """Add the options of a study; each arrives as a keyword argument."""
    for add in (
        option("--dry-run", is_flag=True, zh="只检查，不模拟", en="Check everything, simulate nothing."),
        option("--fresh", is_flag=True, zh="不用已保存的结果，全部重算", en="Use no saved result; simulate all again."),
        option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], zh="引擎", en="Engine."),
        option("--seed", "root", type=click.IntRange(min=0), zh="随机根", en="Root of the random numbers."),
        option(
            "--cluster",
            metavar="ADDRESS",
            zh="在 dask 集群上做：调度器地址，或 local（本机）",
            en="Use a dask cluster: address of its scheduler, or local.",
        ),
        option("-j", "--jobs", type=click.IntRange(1, 256), zh="并行数", en="Workers."),
        option(
            "-n", "--reps", "replications", type=click.IntRange(1, 100_000), zh="重复次数", en="Replications (years)."
        ),
    ):
        function = add(function)
    return function


def split_by(function: Function) -> Function:
    """Add the option that prints tables of splits; it arrives as `by`."""
    return option(
        "--by",
        multiple=True,
        type=click.Choice(SPLIT_KINDS),
        zh="另按岗位、单位、任务来源或任务事项列表（可多次）",
        en="Print a table by post, unit, issuer or obligation too (can be repeated).",
    )(function)


def show_splits(output: Output, table: Table) -> None:
    """Print a table of splits, and the units of its numbers."""
    from rich.console import Console
    from rich.table import Table as Printed

    from sim.report.splits import UNITS_OF_SPLITS

    first, *others = table.header
    printed = Printed(first, box=None, pad_edge=False)
    for name in others:
        printed.add_column(name, justify="right")
    for line in table.rows:
        printed.add_row(*map(str, line))
    console = Console(width=WIDE, markup=False, emoji=False, force_terminal=False)  # `[` in a label is no markup
    with console.capture() as captured:
        console.print(printed)
    output.line("\n".join(line.rstrip() for line in captured.get().splitlines()))
    output.line(UNITS_OF_SPLITS[spoken()])


def run_options(
    progress: Callable[[int, int], None],
    *,
    replications: int | None,
    jobs: int | None,
    root: int | None,
    engine: Engine,
    cluster: str | None,
    fresh: bool,
    precision: float | None = None,
    only: tuple[str, ...] = (),
    settings: tuple[str, ...] = (),
) -> RunOptions:
    """Return the options of a study.

    Raises:
        UsageError: a number of workers is given for a cluster that has its own.
    """
    from sim.experiment.options import RunOptions

    if jobs is not None and cluster not in {None, "local"}:
        raise UsageError(
            zh="集群有多少工作进程就用多少；请去掉 -j", en="the cluster uses all the workers it has; leave out -j"
        )
    return RunOptions(
        replications=replications,
        precision=precision,
        root=root,
        engine=engine,
        jobs=jobs or os.cpu_count() or 1,
        cluster=cluster,
        store=results_store(fresh=fresh),
        progress=progress,
        only=only or None,
        settings=settings,
    )


def results_store(*, fresh: bool) -> Store | None:
    """Return the store of kept results, or None for a `fresh` study."""
    from sim.experiment.kept.store import Store, runs_folder

    return None if fresh else Store(runs_folder())


def tell_trouble(output: Output, options: RunOptions) -> None:
    """Warn if finished replications could not be saved."""
    if options.store is not None and options.store.trouble is not None:
        output.warn(options.store.trouble.render("zh"), options.store.trouble.render("en"))


@contextmanager
def progress_bar(output: Output, words: str) -> Iterator[Callable[[int, int], None]]:
    """Show progress on stderr: a bar on a terminal, else a line every ten seconds; with `-q` or `--json` nothing."""
    if output.quiet or output.json:
        yield lambda done, total: None
        return
    if not sys.stderr.isatty():
        yield _told_now_and_then(output, words)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(printable(words), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _told_now_and_then(output: Output, words: str) -> Callable[[int, int], None]:
    seconds = 10.0
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds and done < total:
            last = time.monotonic()
            output.note(f"{words}：{done}/{total}", f"{words}: {done}/{total}")

    return tell


def before_and_after(paths: tuple[Path, ...]) -> tuple[Path, tuple[Path, ...]]:
    """Return the scenario before and those after: `before.yaml` and `after.yaml` of a folder, else the files in order.

    Raises:
        UsageError: there is nothing to compare.
    """
    if len(paths) == 1 and paths[0].is_dir():
        missing = [name for name in (BEFORE, AFTER) if not (paths[0] / name).is_file()]
        if missing:
            raise UsageError(
                zh=f"文件夹 {paths[0]} 中缺少 {'、'.join(missing)}", en=f"{' and '.join(missing)} missing in {paths[0]}"
            )
        return paths[0] / BEFORE, (paths[0] / AFTER,)
    if len(paths) == 1 and not paths[0].exists():
        raise UsageError(zh=f"没有文件夹或文件 {paths[0]}", en=f"there is no folder or file {paths[0]}")
    if len(paths) < 2:
        raise UsageError(
            zh="请给出改革前和改革后两个文件，或一个含 before.yaml 与 after.yaml 的文件夹",
            en="give a file before and one after, or a folder with before.yaml and after.yaml",
        )
    return paths[0], paths[1:]


def for_before(overrides: tuple[str, ...]) -> tuple[str, ...]:
    """Return the overrides that also apply before the reform: all except those of levers."""
    return tuple(text for text in overrides if not text.removeprefix("~").startswith("levers"))


def place_folders(places: tuple[str, ...], *, outside: bool = False) -> list[Path]:
    """Return the folders of the named places (default: all shipped ones), each with a study.

    A place is the path of a folder, or the name of a shipped one; with `outside` also reforms outside the articles.

    Raises:
        UsageError: there is no such place, or it has no study.
    """
    from sim.files.extend import scenarios_folder
    from sim.files.study import STUDY, place_name

    root = scenarios_folder()
    patterns = (f"*/{STUDY}", f"outside/*/{STUDY}") if outside else (f"*/{STUDY}",)
    named = {place_name(path.parent): path.parent for pattern in patterns for path in sorted(root.glob(pattern))}
    if not places:
        return list(named.values())
    found = {place: Path(place) if (Path(place) / STUDY).is_file() else named.get(place) for place in places}
    unknown = [place for place, folder in found.items() if folder is None]
    if unknown:
        there = ", ".join(named)
        raise UsageError(
            zh=f"没有“{'、'.join(unknown)}”：写一个含 {STUDY} 的文件夹，或随附的地方：{there}",
            en=f"there is no {', '.join(unknown)}: name a folder with {STUDY}, or a shipped place: {there}",
        )
    return [folder for folder in found.values() if folder is not None]
