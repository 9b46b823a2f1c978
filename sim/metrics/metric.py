"""Metric: the declaration of one measured number. It stands in the module that computes the number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from sim.i18n import Lang
from sim.metrics.example import Example

Better = Literal["less", "more", "neither"]
Family = Literal["time", "pressure", "counted", "residents", "oversight", "cost"]
"""Heading under which a metric is shown; the headings are shown in this order."""
Values = dict[tuple[str, str], float]
"""Metric key and scope to value."""


@dataclass(frozen=True)
class Metric:
    """One metric: key, words, unit, direction, and an example worked by hand."""

    key: str
    _: KW_ONLY
    unit: str
    """`h/week`, `h/year`, `share`, `per cadre-week`, `days`, ...; `sim.i18n.labels.UNIT` holds the labels."""
    better: Better
    scopes: Literal["role", "issuer", "category", "stream", "all"]
    """`role`: one value a role. `category`, `issuer`: one value for each `role/category` or `role/issuer`. `stream`:
    one value a stream of demand or of meetings, mostly also `all`. `all`: one value."""
    family: Family
    label: Mapping[Lang, str]
    meaning: Mapping[Lang, str]
    """One clause that a reader of the guide understands without the code."""
    example: Example
    detail: bool = False
    """Whether it repeats or splits up other metrics; the picture `forest` leaves it to the table."""

    @property
    def signed(self) -> bool:
        """Whether it can be negative."""
        return self.unit == "correlation"
