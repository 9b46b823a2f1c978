"""`jianfu scoreboard [PLACE...]`: what was published beside what comes out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.language import say, spoken
from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.cli.studying import place_folders, progress_bar, run_options, studying
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.experiment.scoreboard import ScoreRow


@command(
    zh="计分板：每个公布的数字是输入还是目标，模拟出来是多少，结论如何。PLACE 为 scenarios 下的文件夹名，默认全部。",
    en="Scoreboard: whether each published figure is an input or a target, what comes out, and the verdict. PLACE is a"
    " folder under scenarios; all of them where none is named.",
)
@click.argument("places", nargs=-1, metavar="[PLACE...]")
@option(
    "-o", "page", type=click.Path(path_type=Path), zh="写成网页（.html）或表格（.csv）", en="Write a page or table."
)
@studying
@common
def scoreboard(output: Output, places: tuple[str, ...], page: Path | None, dry_run: bool, **how: Any) -> None:
    """Score."""
    from sim.files.seeds import read_evidence, seeds_folder
    from sim.files.write import write_text
    from sim.report.scoreboard import score_csv, score_page
    from sim.study import score_place

    if page is not None and page.suffix not in {".html", ".csv"}:
        raise UsageError(zh=f"“{page}”须以 .html 或 .csv 结尾", en=f"'{page}' must end in .html or .csv")
    folders = place_folders(places)
    if dry_run:
        output.note("、".join(folder.name for folder in folders), ", ".join(folder.name for folder in folders))
        return
    evidence = read_evidence(seeds_folder())
    rows: list[ScoreRow] = []
    for folder in folders:
        with progress_bar(output, folder.name) as progress:
            rows += score_place(folder, evidence, run_options(progress, **how))
    output.show({"rows": [asdict(row) for row in rows]}, "\n".join(_line(row) for row in rows))
    if page is not None:
        write_text(page, (score_page if page.suffix == ".html" else score_csv)(rows, evidence, spoken()))
        output.note(f"已写：{page}", f"written: {page}")


def _line(row: ScoreRow) -> str:
    from sim.i18n.labels import VERDICT

    published = "-" if row.published is None else f"{row.published:g}"
    came = "-" if row.simulated is None else f"{row.simulated:.3g} [{row.low:.3g}, {row.high:.3g}]"
    role = {"input": say("输入", "input"), "target": say("目标", "target")}.get(row.role, say("无法检验", "untestable"))
    return f"{row.system:18s} {row.figure:34s} {role:6s} {published:>9s}  {came:28s} {VERDICT[row.verdict][spoken()]}"
