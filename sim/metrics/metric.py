"""What a metric is: a key, words, a unit, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Better = Literal["less", "more", "neither"]


@dataclass(frozen=True)
class Metric:
    """One entry of the table of metrics."""

    key: str
    zh: str
    en: str
    unit: str
    """`h/week`, `h/year`, `share`, `per cadre-week`, `days`, `households`, ... ; labels of units are in `sim.i18n`."""
    better: Better
    scopes: Literal["role", "unit", "issuer", "category", "stream", "all"]
    """What the metric is told for, besides `all` where that makes sense."""
    family: Literal["time", "pressure", "counted", "residents", "oversight", "cost"]

    def label(self, lang: str) -> str:
        """Give the words in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en
