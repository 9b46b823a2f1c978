"""`jianfu trace`: one cadre's week, span by span."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.language import say, spoken
from sim.cli.options import command, common, option, settings
from sim.cli.output import Output
from sim.cli.studying import before_and_after, for_before

if TYPE_CHECKING:
    from sim.experiment.comparison import Passport, WeekSpan

_DAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


@command(
    zh="逐段列出一名干部某一周的时间，改革前后对照（不指定时取有代表性的人和周）。",
    en="List one cadre's week, span by span, before and after (default: a typical cadre and week).",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BEFORE AFTER")
@option("--unit", zh="单位，如 village.03（名称的一部分）", en="Unit, such as village.03 (part of its name).")
@option("--cadre", zh="干部，如 members.02", en="Cadre, such as members.02.")
@option("--week", type=click.IntRange(1, 53), zh="一年中的第几周", en="Week of the year.")
@option("--seed", "root", type=click.IntRange(min=0), zh="随机根", en="Root of the random numbers.")
@settings
@common
def trace(
    output: Output,
    paths: tuple[Path, ...],
    unit: str | None,
    cadre: str | None,
    week: int | None,
    root: int | None,
    overrides: tuple[str, ...],
) -> None:
    """Trace a week."""
    from sim.experiment.options import RunOptions
    from sim.files.notices import notices
    from sim.files.scenario import read_scenario, read_with_places
    from sim.tracing import trace_week

    first, others = before_and_after(paths if len(paths) > 1 or paths[0].is_dir() else (paths[0], paths[0]))
    before, read = read_scenario(first, for_before(overrides)), read_with_places(others[0], overrides)
    after = read.scenario
    output.tell(notices(read))
    place = None if week is None else week - 1
    passport, labels = trace_week(before, after, RunOptions(root=root), unit=unit or "", cadre=cadre or "", week=place)
    data = {
        "cadre": passport.cadre,
        "role": passport.role,
        "monday": passport.monday,
        "before": [_row(span) for span in passport.before],
        "after": [_row(span) for span in passport.after],
    }
    output.show(data, _text(passport, labels))


def _row(span: WeekSpan) -> dict[str, object]:
    return {
        "begin": span.begin,
        "end": span.end,
        "category": span.category,
        "obligation": span.obligation,
        "overtime": span.overtime,
    }


def _text(passport: Passport, labels: dict[str, dict[str, str]]) -> str:
    from sim.report.words import category_label

    lang = spoken()
    lines = [f"{passport.cadre}  {passport.monday}"]
    for words, spans in ((say("改革前", "before"), passport.before), (say("改革后", "after"), passport.after)):
        lines.append(words)
        for span in spans:
            name = labels.get(f"obligation.{span.obligation}", {}).get(lang, span.obligation)
            day, overtime = _DAYS[lang][span.begin // 86_400], say("（加班）", " (overtime)") if span.overtime else ""
            when = f"{day} {_clock(span.begin)}-{_clock(span.end)}"
            lines.append(f"  {when}  {category_label(span.category, lang)}  {name}{overtime}")
    return "\n".join(lines)


def _clock(second: int) -> str:
    minute = second % 86_400 // 60
    return f"{minute // 60:02d}:{minute % 60:02d}"
