"""Rows of the scoreboard for inputs: the number of the scenarios that a figure or level sets.

An input that is reproduced proves nothing, so its row shows the value used instead of a simulated one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.domain.evidence import Baseline, Figure
from sim.domain.published import PublishedMetric
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.files.leaves import leaves, range_of, text_of
from sim.scoreboard.targets import ScoreRow
from sim.units import HOUR, Duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.domain.evidence import Evidence
    from sim.scenario.scenario import Scenario

PULLED = {
    "zh": "它决定采取哪项举措，没有一个数与之对应",
    "en": "it determines that a lever is used, and sets no number",
}
NO_NUMBER = {
    "zh": "它设定的不是一个数",
    "en": "it does not set a single number",
}


def input_row(system: str, name: str, evidence: Evidence, scenarios: Sequence[Scenario]) -> ScoreRow:
    """Return the row of a figure or a level: the first number that it sets, those of levers first, with its range."""
    found = evidence.find(name)
    assert found is not None
    numbers: tuple[Any, ...] = ()
    bound = found.bound.value if isinstance(found, (Figure, PublishedMetric)) else "exact"
    if isinstance(found, Figure):
        numbers = (found.change, found.change_abs, found.after, found.before)
    elif isinstance(found, PublishedMetric):
        numbers = (found.change, found.difference, found.after, found.before)
    elif isinstance(found, Baseline):
        numbers = (found.value,)
    published = next((float(number) for number in numbers if isinstance(number, (int, float))), None)
    quantities = set_by(name, scenarios)
    value, low, high = next((used for used in map(used_range, quantities.values()) if used is not None), (None,) * 3)
    named = [lever.name or lever.lever for one in scenarios for lever in one.every_lever if name in _sources(lever)]
    told = [f"{key} = {text_of(one)}{_within(one)}" for key, one in quantities.items()] or [
        f"levers[{n}]" for n in named
    ]
    why = {} if value is not None else NO_NUMBER if quantities else PULLED
    return ScoreRow(
        system, name, "input", published, bound, found.measure.model_dump(), "", "", value, low, high, None, None,
        "input", why, "; ".join(dict.fromkeys(told)),
    )  # fmt: skip


def set_by(name: str, scenarios: Sequence[Scenario]) -> dict[str, Quantity[Any]]:
    """Return the quantities that name the figure or level as their source, by key, those of levers first."""
    found = {
        key: value
        for scenario in scenarios
        for key, _, value in leaves(scenario)
        if isinstance(value, Quantity) and name in value.sources
    }
    return dict(sorted(found.items(), key=lambda entry: not entry[0].startswith("levers")))


def used_range(quantity: Quantity[Any]) -> tuple[float, float, float] | None:
    """Return value, low and high as plain numbers: shares, counts, hours, occurrences a year; None for other values."""
    ends = (quantity.value, *(quantity.range or (quantity.value, quantity.value)))
    numbers = [_number(end) for end in ends]
    value, low, high = numbers
    return None if value is None or low is None or high is None else (value, low, high)


def _number(value: Any) -> float | None:
    if isinstance(value, Recurrence):
        return value.per_year
    if isinstance(value, Duration):
        return int(value) / HOUR
    return float(value) if isinstance(value, (int, float)) else None


def _within(quantity: Quantity[Any]) -> str:
    limits = range_of(quantity)
    return f" ({limits})" if limits else ""


def _sources(lever: Any) -> tuple[str, ...]:
    return (lever.source,) if isinstance(lever.source, str) else lever.source or ()
