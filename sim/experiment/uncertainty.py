"""Uncertain inputs: one draw of every number that has a range.

A draw is triangular between low and high with its mode at the value, and is keyed by the number's place in the
scenario, so before and after share the draws of their common numbers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.domain.distribution import Distribution
from sim.domain.frozen import Frozen
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.plan.identity.chance import Chance
from sim.scenario.ordered import changed_levers
from sim.units import Rate

if TYPE_CHECKING:
    from sim.levers.table import Lever
    from sim.scenario.ordered import Way
    from sim.scenario.scenario import Scenario

STREAM = "inputs"


def draw_inputs(scenario: Scenario, root: int, draw: int, *, strengths: bool = False) -> Scenario:
    """Return the scenario with every number that has a range drawn; `strengths` also draws the levers' strengths."""
    chance = Chance(root, draw)
    drawn: Scenario = _drawn(scenario, "", chance)
    if strengths:
        levers = changed_levers(drawn.levers, lambda way, lever: _left_open(lever, way, chance))
        drawn = drawn.model_copy(update={"levers": levers})
    return drawn


def _left_open(lever: Lever, way: Way, chance: Chance) -> Lever:
    path = ".".join(str(step) for step in ("levers", *way, "strength"))
    return lever.model_copy(update={"strength": lever.strength * _uniform(chance, path)})


def _drawn(value: Any, path: str, chance: Chance) -> Any:
    if isinstance(value, Quantity):
        return value if value.range is None else _draw_quantity(value, path, chance)
    if isinstance(value, Frozen):
        found = {name: _drawn(item, f"{path}.{name}", chance) for name, item in value}
        changed = {name: item for name, item in found.items() if item is not getattr(value, name)}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        return {name: _drawn(item, f"{path}.{name}", chance) for name, item in value.items()}
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_drawn(item, f"{path}.{place}", chance) for place, item in enumerate(value))
    return value


def _uniform(chance: Chance, path: str) -> float:
    return float(chance.uniform(STREAM, path, 0))


def _draw_quantity(quantity: Quantity[Any], path: str, chance: Chance) -> Quantity[Any]:
    low, high = quantity.range or (quantity.value, quantity.value)
    u = _uniform(chance, path)
    return quantity.model_copy(update={"value": between(quantity.value, low, high, u)})


def between(mode: Any, low: Any, high: Any, u: float) -> Any:
    """Return the quantile `u` of the triangular distribution low - mode - high, in the type of the mode."""
    if isinstance(mode, Recurrence):
        if mode.rate is None or low.rate is None or high.rate is None:
            return mode
        return mode.model_copy(update={"rate": Rate(triangle(mode.rate, low.rate, high.rate, u))})
    if isinstance(mode, Distribution):
        return _distribution_between(mode, low, high, u)
    number = triangle(float(mode), float(low), float(high), u)
    return type(mode)(round(number)) if isinstance(mode, int) else type(mode)(number)


def triangle(mode: float, low: float, high: float, u: float) -> float:
    """Return the quantile of a triangular distribution; the mode if low and high are equal."""
    if high <= low:
        return mode
    knee = (mode - low) / (high - low)
    if u < knee:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - mode))


def _distribution_between(mode: Distribution, low: Distribution, high: Distribution, u: float) -> Distribution:
    """Draw each parameter with the same u; for distributions of different families return the mode."""
    if not mode.family == low.family == high.family:
        return mode
    drawn = {
        name: triangle(value, low.parameters[name], high.parameters[name], u) for name, value in mode.parameters.items()
    }
    return Distribution.of(mode.family, drawn)
