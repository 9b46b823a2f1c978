"""`jianfu compare BEFORE AFTER...`: compare the same years under two regimes."""

from __future__ import annotations

import math
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.errors import CHECK_FAILED, OK
from sim.cli.language import say, spoken
from sim.cli.options import command, common, option, settings
from sim.cli.output import Output
from sim.cli.studying import (
    Precision,
    before_and_after,
    for_before,
    progress_bar,
    results_store,
    run_options,
    show_splits,
    split_by,
    studying,
    tell_trouble,
)
from sim.cli.wording import command_line

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison, Row, SplitRow
    from sim.experiment.kept.store import Store
    from sim.experiment.options import RunOptions
    from sim.report.bundle import Bundle


@command(
    zh="比较改革前后（一个文件夹，或两个以上的文件）：同一年、同一组随机数、不同的制度。",
    en="Compare before and after (a folder, or two and more files): same years, same random numbers, another regime.",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BEFORE AFTER...")
@option(
    "--only", multiple=True, metavar="LEVER", zh="只用这一项举措（可多次）", en="Use this lever only (can be repeated)."
)
@option(
    "--precision",
    type=Precision(),
    zh="首个主要指标的精度，如 2%",
    en="Precision of the first primary outcome to reach, such as 2%.",
)
@option(
    "--years", type=click.IntRange(1, 10), default=1, zh="连续模拟几年，看回潮", en="Successive years, to see erosion."
)
@option(
    "--fail-if", multiple=True, metavar="CLAIM", zh="若成立则退出码为 1，如 'formality_hours[village_cadre] > 0'",
    en="Exit with 1 if it holds, such as 'formality_hours[village_cadre] > 0'.",
)  # fmt: skip
@option(
    "-o",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    zh="另写一份（按扩展名）",
    en="File or folder to write too.",
)
@split_by
@studying
@settings
@common
def compare(
    output: Output,
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    precision: float | None,
    years: int,
    fail_if: tuple[str, ...],
    by: tuple[str, ...],
    outputs: tuple[Path, ...],
    overrides: tuple[str, ...],
    dry_run: bool,
    **how: Any,
) -> int:
    """Compare, print the headlines, and write and save the results."""
    from sim.experiment.claims import broken_claims, read_claims
    from sim.files.notices import notices
    from sim.metrics.table import METRICS
    from sim.report.bundle import check_name
    from sim.study import read, study

    began = time.monotonic()
    for place in outputs:
        check_name(place.name)
    first, others = before_and_after(paths)
    store = results_store(fresh=how["fresh"])
    before = read(first, for_before(overrides), store=store)
    afters = [read(path, overrides, only or None, store) for path in dict.fromkeys(others)]
    output.tell([notice for each in (before, *afters) for notice in notices(each, years)])
    forbidden = read_claims(fail_if, [after.scenario for after in afters], METRICS)
    if dry_run:
        output.note("情景无误，未做模拟", "the scenarios have no mistakes; nothing was simulated")
        return OK
    data, failed = [], []
    for after in afters:
        title = after.scenario.title[spoken()]
        with progress_bar(output, title) as progress:
            options = run_options(progress, precision=precision, only=only, settings=overrides, **how)
            bundles = study(before, after, options, years)
        tell_trouble(output, options)
        failed += broken_claims(bundles[0].comparison, after.scenario.expect, forbidden)
        data.append(_document(bundles[0].comparison) | _later(output, bundles))
        _tell(output, bundles[0], by, outputs, options, began)
        began = time.monotonic()
    output.data = data[0] if len(data) == 1 else {"comparisons": data}
    for claim in failed:
        output.warn(*claim)
    return CHECK_FAILED if failed else OK


def _later(output: Output, bundles: list[Bundle]) -> dict[str, Any]:
    """Print the share of the first year's relief that is left in each later year, and return it for the document."""
    from sim.experiment.horizon import retention

    if len(bundles) == 1:
        return {}
    rows = retention([bundle.comparison for bundle in bundles])
    for row in rows:
        kept = "-" if row.retention is None else f"{row.retention:.0%}"
        interval = f"{row.difference:+.2f} [{row.low:+.2f}, {row.high:+.2f}]"
        output.line(
            say(f"{row.year} 年：{interval}，保持第一年的 {kept}", f"{row.year}: {interval}, {kept} of the first year")
        )
    return {"years": [asdict(row) for row in rows]}


def _tell(
    output: Output,
    bundle: Bundle,
    by: tuple[str, ...],
    outputs: tuple[Path, ...],
    options: RunOptions,
    began: float,
) -> None:
    """Print headlines and tables, write the requested files, save the run, and print its place and the next command."""
    from sim.report.bundle import REPORT
    from sim.report.headlines import price_headlines, relief_headlines
    from sim.report.splits import UNCLEAR, change_cell, split_table

    comparison, lang = bundle.comparison, spoken()
    output.line(f"{comparison.before.title[lang]} → {comparison.after.title[lang]}")
    for told in (*relief_headlines(comparison, lang), *price_headlines(comparison, lang)):
        output.line(f"  {told.text}")
    if output.verbose:
        _table(output, comparison)
    for kind in by:
        show_splits(output, split_table(kind, comparison.splits, comparison.labels, lang, change_cell))
    if by:
        output.line(UNCLEAR[lang])
    check = comparison.twin_check
    if output.verbose and check.appointments:
        output.line(
            {
                "zh": f"未被举措触及的约定 {check.appointments} 个，其中 {check.moved} 个因日程松紧变化而改期",
                "en": f"{check.appointments} appointments that no lever touches, {check.moved} of them moved by the"
                " calendar",
            }[lang]
        )
    if not check.ok:
        output.warn(
            f"孪生检查：{comparison.twin_check.changed} 项未被举措触及的工作发生了变化",
            f"twin check: {comparison.twin_check.changed} activities that no lever touches have changed",
        )
    seconds = time.monotonic() - began
    where = _write_and_save(output, bundle, outputs, options.store)
    zh = f"{comparison.replications} 次重复，{seconds:.1f} 秒"
    en = f"{comparison.replications} replications in {seconds:.1f} s"
    if where is not None:
        next_step = command_line("jianfu report", where)
        zh += f"；报告：{where / REPORT}；下一步：{next_step} --lang en"
        en += f"; report: {where / REPORT}; next: {next_step}"
    output.note(zh, en)


def _write_and_save(output: Output, bundle: Bundle, outputs: tuple[Path, ...], store: Store | None) -> Path | None:
    """Write the requested files, save the run, and return its folder; if saving fails, only warn."""
    from sim.errors import UsageError
    from sim.experiment.kept.runs import save_run
    from sim.experiment.kept.store import runs_folder
    from sim.report.bundle import SAVED
    from sim.study import write

    comparison, lang, places = bundle.comparison, spoken(), places_of(outputs)
    files = write(bundle, lang, {*SAVED, *places.values()}, store)
    write_places(output, outputs, places, files)
    title = f"{comparison.before.title[lang]} → {comparison.after.title[lang]}"
    saved = {name: files[name] for name in SAVED}
    try:
        return save_run(runs_folder(), title, comparison.manifest, saved)
    except UsageError as error:
        output.warn(error.render("zh"), error.render("en"))
        return None


def places_of(outputs: tuple[Path, ...]) -> dict[Path, str]:
    """Return the file name for each place that `-o` names; a folder gets every file of a saved run."""
    from sim.report.bundle import SAVED

    places = {path: path.name for path in outputs if path.suffix}
    return places | {path / name: name for path in outputs if not path.suffix for name in SAVED}


def write_places(output: Output, outputs: tuple[Path, ...], places: dict[Path, str], files: dict[str, bytes]) -> None:
    """Write the files to their places."""
    from sim.files.write import write_bytes

    for place, name in places.items():
        write_bytes(place, files[name])
    for path in outputs:
        output.note(f"已写：{path}", f"written: {path}")


def _table(output: Output, comparison: Comparison) -> None:
    from rich.console import Console
    from rich.table import Table

    from sim.report.tables import PRINTED_HEADER, printed_rows

    table = Table(*PRINTED_HEADER[spoken()][:7])
    rows = [row for row in comparison.rows if row.metric not in {"hours", "hours_by_issuer"}]
    for row in printed_rows(comparison, spoken(), rows):
        table.add_row(row.metric, row.scope, row.unit, row.before, row.after, row.difference, row.interval)
    console = Console(width=140, markup=False, emoji=False, force_terminal=False)  # `[` in a label is no markup
    with console.capture() as captured:
        console.print(table)
    output.line(captured.get())


def _document(comparison: Comparison) -> dict[str, Any]:
    """Return the JSON document of one comparison; the infinite interval of one replication becomes null."""
    from sim.metrics.table import METRICS

    def told(row: Row | SplitRow) -> dict[str, Any]:
        data = asdict(row) | {"unit": METRICS[row.metric].unit, "better": METRICS[row.metric].better}
        return {key: None if isinstance(v, float) and not math.isfinite(v) else v for key, v in data.items()}

    primary = comparison.row(*comparison.primary)
    return {
        "title": {"before": comparison.before.title, "after": comparison.after.title},
        "metrics": [told(row) for row in comparison.rows],
        "splits": [told(row) for row in comparison.splits],
        "primary": [{"metric": metric, "scope": scope} for metric, scope in comparison.primaries],
        "twin_check": asdict(comparison.twin_check) | {"ok": comparison.twin_check.ok},
        "correlation": primary.correlation if primary else None,
        "width_ratio": primary.width_ratio if primary else None,
        "cadres": {
            verdict: sum(change.verdict == verdict for change in comparison.cadres)
            for verdict in ("winner", "same", "loser")
        },
        "manifest": comparison.manifest,
    }
