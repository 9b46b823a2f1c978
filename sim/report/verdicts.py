"""Saved verdicts of the scoreboard, small enough to be committed and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.domain.study import AFTER
from sim.files.write import json_text
from sim.i18n.labels import VERDICT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sim.scoreboard.targets import ScoreRow

Verdicts = dict[str, dict[str, str]]
"""Verdict by place and row."""


def verdicts_of(rows: Sequence[ScoreRow], places: Collection[str]) -> Verdicts:
    """Return the verdict of every row, by place; a place without rows has an empty mapping.

    A row is named by its figure, a target by its metric and scope as well.
    """
    found: Verdicts = {place: {} for place in places}
    for row in rows:
        found.setdefault(row.system, {})[row_name(row)] = row.verdict
    return found


def row_name(row: ScoreRow) -> str:
    """Return the name of a row: its figure or claim, metric and scope of a figure, and the file of another reading."""
    read_from = f" = {row.metric}[{row.scope}]" if row.metric and row.bound != "claim" else ""
    return row.figure + read_from + reading_of(row)


def reading_of(row: ScoreRow) -> str:
    """Return the file after the reform in brackets; empty for the usual one."""
    return "" if row.scenario == AFTER else f" ({row.scenario})"


def verdicts_text(found: Verdicts, draws: int, kept: Verdicts) -> str:
    """Return the verdicts and the number of draws as JSON; places that were not scored keep their old verdicts."""
    merged = {**kept, **found}
    return json_text({"draws": draws, "verdicts": {place: merged[place] for place in sorted(merged)}})


def changed_verdicts(
    kept: Mapping[str, Mapping[str, str]], found: Mapping[str, Mapping[str, str]], places: Collection[str]
) -> list[dict[str, str]]:
    """List each row whose verdict changed, appeared or vanished, in zh and en."""
    told = []
    for place in sorted({*places, *found}):
        old, new = kept.get(place, {}), found.get(place, {})
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) == new.get(name):
                continue
            before, after = (
                VERDICT.get(side[name], dict.fromkeys(("zh", "en"), side[name])) if name in side else _NONE
                for side in (old, new)
            )
            told.append({lang: f"{place}: {name}: {before[lang]} → {after[lang]}" for lang in ("zh", "en")})
    return told


_NONE = {"zh": "（没有这一行）", "en": "(no such row)"}
