"""`jianfu validate FILE...`: list every mistake at once, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from sim.cli.errors import OK, USAGE
from sim.cli.language import spoken
from sim.cli.options import command, common, option, settings
from sim.cli.output import Output
from sim.errors import Problem, ScenarioError, UsageError


@command(
    zh="检查情景文件（或文件夹中的全部 YAML），一次列出所有错误：文件、行、列，写了什么，可以写什么。",
    en="Check scenario files (or all YAML files of a folder); list all mistakes at once: file, line, column, the value"
    " found, the values allowed.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    zh="输出格式",
    en="Form of output.",
)
@option("--sources", is_flag=True, zh="同时列出没有出处的数字", en="List the numbers without a source too.")
@settings
@common
def validate(output: Output, files: tuple[Path, ...], form: str, sources: bool, overrides: tuple[str, ...]) -> int:
    """Check files."""
    from sim.files.soundness import without_repetition

    output.json = output.json or form == "json"
    rows = []
    found: list[Problem] = []
    for path in _expanded(files):
        problems = _mistakes(output, path, overrides, sources=sources)
        rows.append({"file": str(path), "ok": not problems, "problems": [asdict(problem) for problem in problems]})
        found += problems
    found = without_repetition(found)
    for problem in found:
        output.line(_as_github(problem) if form == "github" else problem.render(spoken()))
    output.data = {"files": rows}
    output.problems += found
    if found:
        output.note(f"{len(rows)} 个文件，{len(found)} 处错误", f"files: {len(rows)}, mistakes: {len(found)}")
        return USAGE
    output.note(f"{len(rows)} 个文件，没有错误", f"files: {len(rows)}, no mistakes")
    return OK


def _expanded(files: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files; a folder is replaced by the YAML files in it."""
    for path in files:
        if not _is_folder(path):
            yield path
            continue
        inside = sorted(file for file in path.rglob("*.y*ml") if file.suffix in (".yaml", ".yml"))
        if not inside:
            raise UsageError(f"文件夹 {path} 中没有 YAML 文件", f"there are no YAML files in {path}")
        yield from inside


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # not a valid file name; reading it raises the error
        return False


def _mistakes(output: Output, path: Path, overrides: tuple[str, ...], *, sources: bool) -> list[Problem]:
    """Return the mistakes of a file; print what has no effect as warnings."""
    from sim.files.lint import lint_sources, lint_study
    from sim.files.notices import notices
    from sim.files.scenario import read_with_places
    from sim.files.seeds import FIGURES, read_evidence_beside
    from sim.files.study import STUDY
    from sim.metrics.table import METRICS

    try:
        if path.name == STUDY:
            return lint_study(path, METRICS)
        if path.name == FIGURES:
            read_evidence_beside(path.parent)
            return []
        output.tell(notices(read_with_places(path, overrides, METRICS)))
        return lint_sources(path, overrides) if sources else []
    except ScenarioError as error:
        return list(error.problems)


def _as_github(problem: Problem) -> str:
    """Return the problem as a GitHub annotation."""
    text = problem.render(spoken()).replace("%", "%25").replace("\n", "%0A")
    return f"::error file={problem.file},line={problem.line or 1},col={problem.column or 1}::{text}"
