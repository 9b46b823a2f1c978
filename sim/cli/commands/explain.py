"""`jianfu explain FILE [KEY]`: the origin and the standing of each value."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.language import say, spoken
from sim.cli.options import command, common, settings
from sim.cli.output import Output
from sim.errors import UsageError
from sim.i18n.labels import STANDING

if TYPE_CHECKING:
    from sim.files.explain import Explained

_ORIGIN = {
    "default": ("默认值", "default"),
    "base": ("继承", "base"),
    "file": ("本文件", "file"),
    "set": ("--set", "--set"),
}


@command(
    zh="列出情景中每个值：写在哪个文件哪一行（或默认、继承、--set），出处和依据。KEY 只看其中一部分。",
    en="List every value of a scenario: the file and line it was written in (or default, base, --set), its source and"
    " its standing. KEY shows a part of it.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("key", required=False)
@settings
@common
def explain(output: Output, file: Path, key: str | None, overrides: tuple[str, ...]) -> None:
    """Explain values."""
    from sim.files.explain import explain_values

    values = explain_values(file, overrides)
    if key is not None:
        values = _below(values, key)
    output.show([_row(value) for value in values], "\n".join(_line(value) for value in values))


def _below(values: list[Explained], key: str) -> list[Explained]:
    found = [value for value in values if value.key == key or value.key.startswith((f"{key}.", f"{key}["))]
    if not found:
        near = difflib.get_close_matches(key, [value.key for value in values], n=3, cutoff=0.4)
        there = ", ".join(near)
        raise UsageError(
            f"没有“{key}”" + (f"；相近的有：{there}" if near else ""),
            f"there is no '{key}'" + (f"; similar keys: {there}" if near else ""),
        )
    return found


def _row(value: Explained) -> dict[str, object]:
    place = value.place
    return {
        "key": value.key,
        "value": value.value,
        "range": value.range,
        "origin": value.origin,
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "sources": list(value.sources),
        "standing": value.standing,
        "grade": value.grade,
        "note": value.note,
    }


def _line(value: Explained) -> str:
    origin = say(*_ORIGIN[value.origin])
    written = value.value + (f" ({value.range})" if value.range else "")
    place = f"{origin} {value.place}" if value.place and value.origin != "set" else str(value.place or origin)
    known = ", ".join(value.sources)
    if value.standing:
        standing = STANDING[value.standing][spoken()]
        known = (
            standing if known == value.standing else f"{known} ({standing}{', ' + value.grade if value.grade else ''})"
        )
    elif value.is_quantity and value.origin != "default":
        known = say("出处未写", "no source")
    return "  ".join(part for part in (f"{value.key} = {written}", f"[{place}]", known, value.note) if part)
