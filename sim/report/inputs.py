"""The inputs of a comparison with their sources, as the page lists them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.domain.standing import Standing
from sim.files.explain import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.domain.evidence import Evidence
    from sim.files.scenario import ReadScenario


@dataclass(frozen=True)
class InputRow:
    """One number of the scenario with its source and standing."""

    key: str
    """Dotted key, e.g. `obligations.county_inspection.notice`."""
    value: str
    """Value as in the scenario, with its unit."""
    standing: str
    """`reported`, `derived`, `assumed` or `calibrated`."""
    source: str
    """Ids of the figures or levels, separated by commas; empty if assumed."""
    grade: str
    """A, B or C; empty if assumed."""
    text: dict[str, str]
    """Summary of the source, in zh and en; if assumed, the note of the scenario."""


def list_inputs(read: ReadScenario, evidence: Evidence) -> tuple[InputRow, ...]:
    """List every number of a scenario whose standing is known."""
    rows = []
    for value in explain(read, evidence):
        if not value.is_quantity or not value.standing:
            continue
        named = [source for source in value.sources if evidence.find(source) is not None]
        told = dict.fromkeys(("zh", "en"), value.note)
        figure = evidence.figures.get(named[0]) if named else None
        if figure is not None:
            told = {lang: f"{figure.sentence[lang]} {value.note}".strip() for lang in ("zh", "en")}
        rows.append(InputRow(value.key, value.value, value.standing, ", ".join(named), value.grade, told))
    return tuple(rows)


def standing_counts(inputs: Sequence[InputRow]) -> dict[str, int]:
    """Return the number of inputs by standing, in the order of `Standing`; standings that do not occur are left out."""
    counts = Counter(row.standing for row in inputs)
    return {standing.value: counts[standing.value] for standing in Standing if counts[standing.value]}
