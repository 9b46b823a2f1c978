"""When an obligation falls due: calendar slots, or a rate with a season profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.domain.frozen import Frozen
from sim.units import MONTHS_PER_YEAR, WORKDAYS_PER_YEAR, Rate

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

Frequency = Literal["daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"]

SLOT_MONTHS: dict[str, tuple[int, ...]] = {
    "monthly": tuple(range(1, 13)),
    "quarterly": (3, 6, 9, 12),
    "half_yearly": (6, 12),
    "yearly": (12,),
}
"""Months with a slot where each period ends with it; each set is a subset of the one before."""
PERIOD_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
"""Months of the period of each frequency that has months, the shortest first."""

PER_YEAR: dict[str, float] = {
    "daily": float(WORKDAYS_PER_YEAR),
    "weekly": 52.0,
    "monthly": 12.0,
    "quarterly": 4.0,
    "half_yearly": 2.0,
    "yearly": 1.0,
}
"""Occurrences a year; `daily` means every working day of the shift, counted as in 2024."""


class Recurrence(Frozen):
    """Calendar slots (`every`), or a Poisson stream (`rate`, `season`). `monthly` and `3 per week` are short forms."""

    every: Frequency | None = None
    """Calendar slots. `daily` means every working day of the shift."""
    months: tuple[int, ...] | Literal["period_end"] | None = None
    """Without it each quarterly or half-yearly series has a month of its own in each quarter or half, drawn once.
    A list gives these months, one for each period; for yearly slots the months of which each series falls in one.
    `period_end`: the last month of each period, also for the slots that a cap on frequency keeps."""
    rate: Rate | None = None
    """Mean number of occurrences, distributed over working time."""
    season: str | None = None
    """Name of a season profile that the rate follows over the year."""

    @model_validator(mode="before")
    @classmethod
    def _accept_words(cls, data: Any) -> Any:
        if isinstance(data, Rate):
            return {"rate": data}
        if isinstance(data, str):
            return {"every": data} if data in PER_YEAR else {"rate": _rate(data)}
        return data

    @model_validator(mode="after")
    def _one_of_two(self) -> Recurrence:
        if (self.every is None) == (self.rate is None):
            raise ValueError("give either calendar slots (every) or a rate / 写明频次（every）或速率（rate），二者选一")
        if isinstance(self.months, tuple):
            _check_months(self.every, self.months)
        if self.months == "period_end" and self.every is None:
            raise ValueError("period_end goes with calendar slots (every) / period_end 只用于固定频次（every）")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = handler.resolve_ref_schema(handler(schema))
        rate = {"type": "string", "pattern": "[0-9０-９]", "examples": list(Rate.examples)}
        return {"anyOf": [{"enum": list(PER_YEAR)}, rate, described]}

    @property
    def per_year(self) -> float:
        """Mean number of occurrences a year."""
        return float(self.rate) if self.rate is not None else PER_YEAR[self.every or "yearly"]


def _check_months(every: Frequency | None, months: tuple[int, ...]) -> None:
    """Refuse months that do not fit the frequency.

    Raises:
        ValueError: a month does not exist, or a quarter or half has none or several.
    """
    length = PERIOD_MONTHS.get(every or "daily", 1)
    if length == 1 or not months or not all(1 <= month <= MONTHS_PER_YEAR for month in months):
        raise ValueError(
            "months (1 to 12) go with quarterly, half-yearly or yearly slots"
            " / months（1 至 12）只用于 quarterly、half_yearly 或 yearly"
        )
    periods = [(month - 1) // length for month in months]
    if every != "yearly" and periods != list(range(MONTHS_PER_YEAR // length)):
        raise ValueError(
            "give one month for each quarter or half-year, in order, such as [2, 5, 8, 11]"
            " / 每季（每半年）各写一个月份，按先后排列，例如 [2, 5, 8, 11]"
        )


def _rate(text: str) -> Rate:
    try:
        return Rate.parse(text)
    except ValueError:
        raise PydanticCustomError(
            "not_a_recurrence",
            "'{found}' is not a recurrence; write for example {examples}",
            {"found": text, "examples": ", ".join(("monthly", "quarterly", *Rate.examples))},
        ) from None
