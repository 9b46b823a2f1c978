"""Risk classes of enterprises, by the danger of their trade."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from sim.domain.frozen import Frozen
from sim.domain.quantity import NumberQ, ShareQ

RISKS: tuple[str, ...] = ("high", "medium", "low")
"""Risk classes, in the order of all numbers by class."""
_ROUNDING = 1e-9


class RiskShares(Frozen):
    """Shares of the risk classes among the units of a type; each unit draws its class once."""

    high: ShareQ
    medium: ShareQ
    low: ShareQ

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        if abs(sum(self.by_class) - 1) > _ROUNDING:
            raise ValueError("shares must add up to 100% / 各类占比之和须为 100%")
        return self

    @property
    def by_class(self) -> tuple[float, ...]:
        """The shares in the order of `RISKS`."""
        return self.high.value, self.medium.value, self.low.value


class TimesByRisk(Frozen):
    """A factor for each risk class."""

    high: NumberQ
    medium: NumberQ
    low: NumberQ

    @property
    def by_class(self) -> tuple[float, ...]:
        """The factors in the order of `RISKS`."""
        return self.high.value, self.medium.value, self.low.value


class KeptByRisk(Frozen):
    """A kept share for each risk class."""

    high: ShareQ
    medium: ShareQ
    low: ShareQ

    @property
    def by_class(self) -> tuple[float, ...]:
        """The shares in the order of `RISKS`."""
        return self.high.value, self.medium.value, self.low.value
