"""Distributions of durations, written in words and sampled by quantile."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sim.units import Duration, TextQuantity, plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CALL = re.compile(r"(\w+)\s*\(([^()]*)\)\s*(.*)")
_WIDEST = 100.0
"""Largest coefficient of variation."""
_TRUNCATION = 1e-6
"""Quantiles are clipped to this and 1 minus this, so that no draw is absurdly large or small."""


@dataclass(frozen=True)
class _Family:
    """Parameters of a family of distributions by name, and those of them that are durations."""

    parameters: tuple[str, ...]
    durations: tuple[str, ...]


_FAMILIES = {
    "lognormal": _Family(("mean", "cv"), ("mean",)),
    "exponential": _Family(("mean",), ("mean",)),
    "triangular": _Family(("low", "mode", "high"), ("low", "mode", "high")),
    "uniform": _Family(("low", "high"), ("low", "high")),
    "always": _Family(("value",), ("value",)),
}


class Distribution(TextQuantity, str):
    """A distribution of a duration, written in words.

    `45 min`, `lognormal(mean=2 h, cv=0.6)`, `triangular(30, 45, 90) min`, `uniform(1 h, 2 h)`, `exponential(mean=3 h)`.
    """

    code = "distribution of a duration"
    examples = ("45 min", "lognormal(mean=2 h, cv=0.6)", "triangular(30, 45, 90) min", "exponential(mean=3 h)")
    family: str
    parameters: dict[str, float]
    """Parameters by name; durations in seconds."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the words.

        Raises:
            ValueError: the text is not a distribution.
        """
        family, parameters = _read(text)
        made = cls(text.strip())
        made.family, made.parameters = family, parameters
        return made

    @classmethod
    def of(cls, family: str, parameters: dict[str, float]) -> Self:
        """Return the distribution of a family with these parameters, durations in seconds."""
        durations = _FAMILIES[family].durations
        words = [f"{name}={value!r}{' s' * (name in durations)}" for name, value in parameters.items()]
        return cls.parse(f"{parameters['value']!r} s" if family == "always" else f"{family}({', '.join(words)})")

    @property
    def mean(self) -> float:
        """Mean in seconds, before clipping and rounding."""
        p = self.parameters
        match self.family:
            case "triangular":
                return (p["low"] + p["mode"] + p["high"]) / 3
            case "uniform":
                return (p["low"] + p["high"]) / 2
            case "always":
                return p["value"]
            case _:
                return p["mean"]

    def quantile(self, u: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the quantiles of `u` (any shape, 0 to 1) in whole seconds, at least 1."""
        import numpy as np

        p = self.parameters
        u = np.clip(u, _TRUNCATION, 1 - _TRUNCATION)
        match self.family:
            case "lognormal":
                from scipy.special import ndtri

                sigma = math.sqrt(math.log1p(p["cv"] ** 2))
                x = np.exp(math.log(p["mean"]) - sigma**2 / 2 + sigma * ndtri(u))
            case "exponential":
                x = -p["mean"] * np.log1p(-u)
            case "triangular":
                low, mode, high = p["low"], p["mode"], p["high"]
                knee = (mode - low) / (high - low)
                rising = low + np.sqrt(u * (high - low) * (mode - low))
                falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
                x = np.where(u < knee, rising, falling)
            case "uniform":
                x = p["low"] + u * (p["high"] - p["low"])
            case _:
                x = np.full(np.shape(u), p["value"])
        seconds: NDArray[np.int64] = np.maximum(1, np.rint(x)).astype(np.int64)
        return seconds


def _read(text: str) -> tuple[str, dict[str, float]]:
    tidy = plain(text)
    found = _CALL.fullmatch(tidy)
    if not found:
        return "always", {"value": float(_positive(Duration.parse(tidy)))}
    name, inside, unit = found[1], found[2], found[3]
    if name not in _FAMILIES or name == "always":
        raise ValueError(text)
    family = _FAMILIES[name]
    parameters: dict[str, float] = {}
    for place, argument in enumerate(inside.split(",")):
        key, _, value = argument.rpartition("=")
        key = key.strip() or (family.parameters[place] if place < len(family.parameters) else "")
        if key not in family.parameters or key in parameters:
            raise ValueError(text)
        value = value.strip()
        parameters[key] = float(Duration.parse(f"{value} {unit}".strip())) if key in family.durations else float(value)
    if set(parameters) != set(family.parameters):
        raise ValueError(text)
    _check(name, parameters)
    return name, parameters


def _positive(value: float) -> float:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(value)
    return value


def _check(name: str, parameters: dict[str, float]) -> None:
    values = [parameters[key] for key in _FAMILIES[name].parameters]
    if not all(math.isfinite(value) and value >= 0 for value in values):
        raise ValueError(name)
    if name in {"triangular", "uniform"}:
        if sorted(values) != values or values[0] == values[-1]:
            raise ValueError(name)
    else:
        for value in values:
            _positive(value)
        if len(values) > 1 and values[1] > _WIDEST:
            raise ValueError(name)
