"""`jianfu bench`: time the engines on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.cli.studying import ENGINES
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.engine.simulate import Engine

TIMED: tuple[Engine, ...] = ("reference", "compiled")


@command(
    zh="计时：各引擎模拟典型县一年的速度，并排、交错、取中位数；先核对工作量。",
    en="Time the engines on a year of the typical county: side by side, interleaved, medians; work is checked first.",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@option("--rounds", type=click.IntRange(1, 100), default=5, zh="轮数", en="Rounds.")
@option(
    "--engine", "engines", multiple=True, type=click.Choice(ENGINES), zh="引擎（可多次）", en="Engine (repeatable)."
)
@option("--against", type=click.Path(path_type=Path), zh="与此前的 JSON 对照，变差则退出码 1", en="Fail on regression.")
@option("-o", "target", type=click.Path(path_type=Path), zh="把结果写成 JSON", en="Write the rows as JSON.")
@common
def bench(
    output: Output,
    file: Path | None,
    rounds: int,
    engines: tuple[Engine, ...],
    against: Path | None,
    target: Path | None,
) -> None:
    """Time the engines."""
    from sim.experiment.bench import check_against, run_bench
    from sim.files.extend import scenarios_folder
    from sim.files.scenario import read_scenario
    from sim.files.write import write_json
    from sim.scenario.apply import apply_levers

    recorded = _recorded(against) if against is not None else []
    path = file if file is not None else scenarios_folder() / "base" / "county.yaml"
    scenario = read_scenario(path)
    regimes = {path.stem: apply_levers(scenario)}
    rows = run_bench(regimes, engines or TIMED, scenario.run.root, rounds)
    lines = [
        f"{row.case:40s} {row.engine:12s} {row.tasks:9d} {row.seconds:8.3f} s {row.tasks_per_second:12,.0f}/s"
        f" {row.peak_mb:7.0f} MB  x{row.ratio_to_reference or float('nan'):.2f}"
        for row in rows
    ]
    data = {"rows": [asdict(row) for row in rows]}
    output.show(data, "\n".join(lines))
    if target is not None:
        write_json(target, data)
        output.note(f"已写：{target}", f"written: {target}")
    check_against(rows, recorded)


def _recorded(place: Path) -> list[dict[str, object]]:
    try:
        rows: list[dict[str, object]] = json.loads(place.read_text("utf-8"))["rows"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(zh=f"{place} 不是 bench 写出的结果", en=f"{place} was not written by bench") from error
    return rows
