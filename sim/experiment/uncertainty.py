"""Uncertain inputs: one draw of every number that has a range.

A draw is triangular between low and high with its mode at the value, and is keyed by the number's path in the
scenario, so before and after share the draws of their common numbers. Every path has a Latin hypercube of its own: in
each block of `BLOCK` draws each of as many equal strata is drawn once (McKay, Beckman and Conover 1979). So a new
input changes no draw of the others, and more draws change no earlier one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.domain.distribution import Distribution
from sim.domain.frozen import Frozen
from sim.domain.quantity import Quantity
from sim.domain.recurrence import Recurrence
from sim.levers.base import LeverBase
from sim.plan.identity.chance import text_key, uniforms
from sim.scenario.apply import lever_name
from sim.scenario.ordered import InOrder, changed_levers
from sim.units import WORKDAYS_PER_YEAR, Rate

if TYPE_CHECKING:
    from sim.levers.table import Lever
    from sim.scenario.scenario import Scenario

STREAM = "inputs"
BLOCK = 20
"""Draws among which every stratum of an input occurs once."""


def draw_inputs(scenario: Scenario, root: int, draw: int, *, strengths: bool = False) -> Scenario:
    """Return the scenario with every number that has a range drawn; `strengths` also draws the levers' strengths."""
    number = partial(stratified, root, draw)
    drawn: Scenario = _drawn(scenario, "", number)
    if strengths:
        levers = changed_levers(drawn.levers, lambda _, lever: _left_open(lever, number))
        drawn = drawn.model_copy(update={"levers": levers})
    return drawn


def stratified(root: int, draw: int, path: str) -> float:
    """Return the number in [0, 1) of a path in one draw; draws 0 to `BLOCK` - 1 fill all strata, and so on."""
    block, place = divmod(draw, BLOCK)
    order = np.argsort(uniforms(text_key(root, STREAM, path, "order"), block, np.arange(BLOCK)))
    within = float(uniforms(text_key(root, STREAM, path, "within"), draw))
    return (int(order[place]) + within) / BLOCK


Numbers = Callable[[str], float]
"""Returns the number in [0, 1) that belongs to a path."""


def _left_open(lever: Lever, number: Numbers) -> Lever:
    return lever.model_copy(update={"strength": lever.strength * number(f".levers.{lever_name(lever)}.strength")})


def _drawn(value: Any, path: str, number: Numbers) -> Any:
    if isinstance(value, Quantity):
        return value if value.range is None else _draw_quantity(value, path, number)
    if isinstance(value, Frozen):
        found = {name: _drawn(item, f"{path}.{name}", number) for name, item in value}
        changed = {name: item for name, item in found.items() if item is not getattr(value, name)}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        return {name: _drawn(item, f"{path}.{name}", number) for name, item in value.items()}
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_drawn(item, _step(path, place, item), number) for place, item in enumerate(value))
    return value


def _step(path: str, place: int, item: Any) -> str:
    """Return the path of an item of a list: a lever by its name, wherever it stands, and others by their place."""
    if isinstance(item, LeverBase):
        return f"{path.removesuffix('.then')}.{lever_name(item)}"
    return path if isinstance(item, InOrder) else f"{path}.{place}"


def _draw_quantity(quantity: Quantity[Any], path: str, number: Numbers) -> Quantity[Any]:
    low, high = quantity.range or (quantity.value, quantity.value)
    u = number(path)
    return quantity.model_copy(update={"value": between(quantity.value, low, high, u)})


def between(mode: Any, low: Any, high: Any, u: float) -> Any:
    """Return the quantile `u` of the triangular distribution low - mode - high, in the type of the mode."""
    if isinstance(mode, Recurrence):
        if mode.rate is None or low.rate is None or high.rate is None:
            return mode
        return mode.model_copy(update={"rate": between(mode.rate, low.rate, high.rate, u)})
    if isinstance(mode, Distribution):
        return _distribution_between(mode, low, high, u)
    number = triangle(float(mode), float(low), float(high), u)
    if isinstance(mode, Rate):
        return Rate(number, daily=None if mode.daily is None else number / WORKDAYS_PER_YEAR)
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
