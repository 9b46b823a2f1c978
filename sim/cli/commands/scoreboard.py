"""`jianfu scoreboard [PLACE...]`: published figures beside simulated results."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.language import say, spoken
from sim.cli.options import command, common, option
from sim.cli.output import Output
from sim.cli.studying import place_folders, progress_bar, run_options, studying
from sim.cli.wording import command_line
from sim.errors import CheckFailed, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.scoreboard.targets import ScoreRow

DRAWS = 20
"""Default number of draws; a file of saved verdicts states its own."""


@command(
    zh="计分板：每个公布的数字是输入还是目标，模拟出来是多少，结论如何。PLACE 为含 study.yaml 的文件夹，"
    "或随附地方的名称，默认全部。",
    en="Scoreboard: for each published figure its role (input or target), the simulated value and the verdict. PLACE is"
    " a folder with a study.yaml, or the name of a shipped place (default: all).",
)
@click.argument("places", nargs=-1, metavar="[PLACE...]")
@option(
    "-o",
    "page",
    type=click.Path(path_type=Path),
    zh="写成网页（.html）、表格（.csv）或留存的结论（.json）",
    en="Write a page (.html), a table (.csv) or verdicts (.json).",
)
@option(
    "--check",
    "kept",
    type=click.Path(path_type=Path),
    zh="与留存的结论核对，有变则退出码 1；重复次数取自该文件",
    en="Compare with saved verdicts, with as many draws as the file states; exit with 1 if one changed.",
)
@studying
@common
def scoreboard(
    output: Output, places: tuple[str, ...], page: Path | None, kept: Path | None, dry_run: bool, **how: Any
) -> None:
    """Score places."""
    from sim.files.seeds import read_evidence_beside
    from sim.files.study import place_name
    from sim.scoreboard.targets import FEWEST
    from sim.scoring import score_place

    if page is not None and page.suffix not in {".html", ".csv", ".json"}:
        raise UsageError(zh=f"“{page}”须以 .html、.csv 或 .json 结尾", en=f"'{page}' must end in .html, .csv or .json")
    folders = {place_name(folder): folder for folder in place_folders(places, outside=True)}
    before = None if kept is None else _kept(kept)
    if before is not None:
        how["replications"] = _draws(how["replications"], before["draws"])
    if dry_run:
        output.note("、".join(folders), ", ".join(folders))
        return
    how["replications"] = how["replications"] or DRAWS
    rows: list[ScoreRow] = []
    for name, folder in folders.items():
        with progress_bar(output, name) as progress:
            rows += score_place(folder, read_evidence_beside(folder), run_options(progress, **how))
    output.show(
        {"draws": how["replications"], "rows": [asdict(row) for row in rows]}, "\n".join(_line(row) for row in rows)
    )
    if any(row.verdict == "too_few_draws" for row in rows):
        output.warn(
            f"结论至少要 {FEWEST} 次抽样，这里只有 {how['replications']} 次：-n {FEWEST}",
            f"verdicts need {FEWEST} draws, these are {how['replications']}: -n {FEWEST}",
        )
    if page is not None:
        _write(page, rows, folders, how["replications"], whole=not places)
        output.note(f"已写：{page}", f"written: {page}")
    if before is not None:
        _compare(before["verdicts"], rows, list(folders), whole=not places)


def _write(page: Path, rows: Sequence[ScoreRow], folders: Mapping[str, Path], draws: int, *, whole: bool) -> None:
    from sim.files.seeds import read_evidence_beside
    from sim.files.study import STUDY, read_study
    from sim.files.write import write_text
    from sim.report.scoreboard import score_csv, score_page
    from sim.report.verdicts import verdicts_of, verdicts_text

    if page.suffix == ".json":
        nothing: dict[str, Any] = {"draws": draws, "verdicts": {}}
        before = nothing if whole or not page.is_file() else _kept(page)
        _draws(draws, before["draws"])
        found = verdicts_of(rows, list(folders))
        write_text(page, verdicts_text(found, draws, before["verdicts"]))
    elif page.suffix == ".csv":
        write_text(page, score_csv(rows, spoken()))
    else:
        titles = {name: read_study(folder / STUDY).place for name, folder in folders.items()}
        evidence = {name: read_evidence_beside(folder) for name, folder in folders.items()}
        write_text(page, score_page(rows, titles, evidence, spoken()))


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        sound = isinstance(kept["draws"], int) and isinstance(kept["verdicts"], dict)
    except (OSError, ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise UsageError(
            zh=f"无法读取 {path}；先运行 {command_line('jianfu scoreboard -o', path)}",
            en=f"cannot read {path}; run {command_line('jianfu scoreboard -o', path)}",
        )
    return kept


def _draws(asked: int | None, kept: int) -> int:
    """Return the number of draws of saved verdicts.

    Raises:
        UsageError: another number was asked for; its verdicts could differ, so they cannot be compared.
    """
    if asked not in (None, kept):
        raise UsageError(
            zh=f"留存的结论是 {kept} 次抽样的，不能与 {asked} 次的相比",
            en=f"the saved verdicts have {kept} draws and cannot be compared with {asked} draws",
        )
    return kept


def _compare(kept: dict[str, dict[str, str]], rows: Sequence[ScoreRow], places: Sequence[str], *, whole: bool) -> None:
    from sim.report.verdicts import changed_verdicts, verdicts_of

    places = [*places, *(place for place in kept if whole and place not in places)]
    changed = changed_verdicts(kept, verdicts_of(rows, places), places)
    if changed:
        told = {lang: "\n".join(f"  {one[lang]}" for one in changed) for lang in ("zh", "en")}
        raise CheckFailed(
            zh=f"有结论变了，请在 CHANGELOG 的 Results changed 下说明：\n{told['zh']}",
            en=f"verdicts changed; explain it under Results changed:\n{told['en']}",
        )


def _line(row: ScoreRow) -> str:
    from sim.i18n.labels import VERDICT
    from sim.report.scoreboard import reported_text, simulated_text
    from sim.report.verdicts import row_name

    published = "-" if row.published is None else f"{row.published:g}"
    came = simulated_text(row, spoken()) or "-"
    role = {"input": say("输入", "input"), "target": say("目标", "target")}.get(row.role, say("无法检验", "untestable"))
    judged = VERDICT[row.verdict][spoken()]
    only = reported_text(row, spoken())
    if only:
        judged += say(f"；只用有报道的举措：{only}", f"; reported levers only: {only}")
    return f"{row.system:18s} {row_name(row):34s} {role:6s} {published:>9s}  {came:28s} {judged}"
