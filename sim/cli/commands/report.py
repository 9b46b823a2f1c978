"""`jianfu report RUN`: write a saved comparison again, in another language or another form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.commands.compare import places_of, write_places
from sim.cli.language import spoken
from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.report.bundle import Bundle


@command(
    zh="把保存过的比较重新写成报告、图片或表格（不再模拟）。RUN 是 runs 列出的文件夹，默认最近一次。",
    en="Write a saved comparison again as report, pictures or tables, without simulating. RUN is a folder that `runs`"
    " lists (default: the latest).",
)
@click.argument("run", required=False, type=click.Path(path_type=Path))
@option(
    "-o",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    zh="写到哪里（按扩展名）",
    en="File to write; its extension is the form.",
)
@common
def report(output: Output, run: Path | None, outputs: tuple[Path, ...]) -> None:
    """Write a report."""
    from sim.experiment.kept.store import Store, runs_folder
    from sim.report.bundle import REPORT, check_name
    from sim.study import write

    for place in outputs:
        check_name(place.name)
    folder = run if run is not None else _latest()
    bundle = read_bundle(folder)
    outputs = outputs or ((folder if folder.is_dir() else folder.parent) / REPORT.replace(".", f".{spoken()}."),)
    places = places_of(outputs)
    write_places(output, outputs, places, write(bundle, spoken(), set(places.values()), Store(runs_folder())))
    output.show({"run": str(folder), "written": [str(place) for place in outputs]}, "\n".join(map(str, outputs)))


def read_bundle(place: Path) -> Bundle:
    """Read a saved comparison from its folder, or from its `result.json`.

    Raises:
        UsageError: there is none, it was changed after it was saved, or the file cannot be read.
    """
    from sim.experiment.kept.runs import refuse_changed
    from sim.report.bundle import RESULT, bundle_from_text

    file = place / RESULT if place.is_dir() else place
    if not file.is_file():
        raise UsageError(
            zh=f"{place} 中没有保存的比较；先运行 jianfu compare，再用 jianfu runs 查看",
            en=f"no saved comparison in {place}; run jianfu compare first, then see jianfu runs",
        )
    refuse_changed(file)
    try:
        return bundle_from_text(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(zh=f"{file} 不是文本文件", en=f"{file} is not a text file") from error


def _latest() -> Path:
    from sim.experiment.kept.runs import list_runs
    from sim.experiment.kept.store import runs_folder

    runs = list_runs(runs_folder())
    if not runs:
        raise UsageError(
            zh="还没有保存的比较；先运行 jianfu compare", en="no comparison is saved yet; run jianfu compare"
        )
    return runs[0].folder
