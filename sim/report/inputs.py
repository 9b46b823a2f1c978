"""Where the inputs of a comparison come from, as the page lists them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.domain.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class InputRow:
    """One number of the scenario and how it is known."""

    key: str
    """Where it stands, e.g. `obligations.county_inspection.notice`."""
    value: str
    """As the scenario writes it, with its unit."""
    standing: str
    """`reported`, `derived`, `assumed` or `calibrated`."""
    source: str
    """Id of the figure or level, or several; empty where it is assumed."""
    grade: str
    """A, B or C; empty where it is assumed."""
    text: dict[str, str]
    """What the source says, in zh and en; the scenario's own note where it is assumed."""


def standing_counts(inputs: Sequence[InputRow]) -> dict[str, int]:
    """Count the inputs by standing, from firm to free; standings that do not occur are left out."""
    counts = Counter(row.standing for row in inputs)
    return {standing.value: counts[standing.value] for standing in Standing if counts[standing.value]}
