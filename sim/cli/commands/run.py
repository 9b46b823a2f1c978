"""`jianfu run FILE`: simulate one scenario by itself."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.language import spoken
from sim.cli.options import command, common, option, settings
from sim.cli.output import Output
from sim.cli.studying import progress_bar, run_options, show_splits, split_by, studying, tell_trouble
from sim.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.experiment.single import Measured, MeasuredRow

_ALWAYS_TOLD = {"hours", "total_hours", "overtime_hours", "service_share", "wait_mean", "detection_delay"}
_HEADER = ("metric", "scope", "mean", "low", "high", "n")


@command(zh="单独模拟一个情景：各指标的均值与区间。", en="Simulate one scenario: means and intervals of every metric.")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--only", multiple=True, metavar="LEVER", zh="只用这一项举措（可多次）", en="Use this lever only (can be repeated)."
)
@option(
    "-o", "outputs", multiple=True, type=click.Path(path_type=Path), zh="写到 .json 或 .csv", en="Write .json or .csv."
)
@split_by
@studying
@settings
@common
def run(
    output: Output,
    file: Path,
    only: tuple[str, ...],
    by: tuple[str, ...],
    outputs: tuple[Path, ...],
    overrides: tuple[str, ...],
    dry_run: bool,
    **how: Any,
) -> None:
    """Simulate and print the metrics."""
    from sim.files.notices import notices
    from sim.files.scenario import read_with_places
    from sim.metrics.table import METRICS
    from sim.report.splits import level_cell, split_table
    from sim.running import run_scenario

    for path in outputs:
        if path.suffix not in {".json", ".csv"}:
            raise UsageError(zh=f"“{path}”须以 .json 或 .csv 结尾", en=f"'{path}' must end in .json or .csv")
    began = time.monotonic()
    read = read_with_places(file, overrides, METRICS)
    scenario = read.scenario
    output.tell(notices(read))
    if dry_run:
        output.note("情景无误，未做模拟", "the scenario has no mistakes; nothing was simulated")
        return
    with progress_bar(output, scenario.title[spoken()]) as progress:
        options = run_options(progress, only=only, **how)
        measured = run_scenario(scenario, options)
    tell_trouble(output, options)
    output.show(_document(measured), _text(measured, everything=bool(output.verbose)))
    for kind in by:
        show_splits(output, split_table(kind, measured.splits, measured.labels, spoken(), level_cell))
    _write(output, measured, outputs)
    seconds = time.monotonic() - began
    years, activities = measured.replications, measured.work["activities"]
    output.note(
        f"{years} 次重复，{activities} 项工作，{seconds:.1f} 秒；下一步：jianfu compare",
        f"{years} replications, {activities} activities in {seconds:.1f} s; next: jianfu compare",
    )


def _document(measured: Measured) -> dict[str, Any]:
    from sim.metrics.table import METRICS

    def told(rows: Iterable[MeasuredRow]) -> list[dict[str, Any]]:
        return [_without_infinities(asdict(row) | {"unit": METRICS[row.metric].unit}) for row in rows]

    return {
        "title": measured.title,
        "metrics": told(measured.rows),
        "splits": told(measured.splits),
        "work": measured.work,
        "manifest": measured.manifest,
    }


def _without_infinities(row: dict[str, Any]) -> dict[str, Any]:
    infinite = (float("inf"), float("-inf"))
    return {key: None if value in infinite else value for key, value in row.items()}


def _text(measured: Measured, *, everything: bool) -> str:
    from sim.metrics.table import METRICS

    lines = [measured.title[spoken()]]
    for row in measured.rows:
        if everything or row.metric in _ALWAYS_TOLD:
            label = METRICS[row.metric].label[spoken()]
            interval = f"[{row.low:.2f}, {row.high:.2f}]" if row.n > 1 else "[-]"
            lines.append(f"  {label}  {row.scope}  {row.mean:.2f}  {interval}  {METRICS[row.metric].unit}")
    return "\n".join(lines)


def _write(output: Output, measured: Measured, outputs: tuple[Path, ...]) -> None:
    from sim.files.sheet import write_csv
    from sim.files.write import write_json

    for path in outputs:
        if path.suffix == ".json":
            write_json(path, _document(measured))
        else:
            rows = (*measured.rows, *measured.splits)
            write_csv(path, _HEADER, [[getattr(row, name) for name in _HEADER] for row in rows])
        output.note(f"已写：{path}", f"written: {path}")
