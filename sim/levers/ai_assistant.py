"""An assistant that drafts: the steps it takes part in take less of their time, and what it wrote has to be checked."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.domain.category import Part
from sim.domain.demand import ResidentRequest
from sim.domain.obligations import ObligationBase
from sim.domain.quantity import EffortQ, NumberQ
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import Assistance
from sim.levers.base import LeverBase, change_demand, change_obligations


class AiAssistant(LeverBase):
    """A tool helps with some steps of the named obligations; appointments keep their length."""

    lever: Literal["ai_assistant"]
    matters: tuple[str, ...] = ()
    """Streams of demand whose handling it helps with as well."""
    parts: Annotated[tuple[Annotated[Part, Field(strict=False)], ...], Field(min_length=1)]
    """Steps it helps with: `fill`, `prepare`, `act`, `handle`, ..."""
    quickest: NumberQ
    """What is left of a step's time where it helps most, as a multiple: 0.5 is half."""
    slowest: NumberQ
    """The same where it helps least; above 1 where using it costs time."""
    verification: EffortQ
    """Time to check what it wrote, for each piece of work."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.quickest.value > self.slowest.value:
            raise ValueError("must hold: quickest <= slowest / 须满足 quickest <= slowest")
        return self

    def touches(self) -> frozenset[str]:
        """See the base class."""
        obligations = {f"obligations.{name}.assistance" for name in self.of}
        return frozenset(obligations | {f"demand.{name}.assistance" for name in self.matters})

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        assistance = Assistance(
            parts=self.parts,
            quickest=self.quickest,
            slowest=self.slowest,
            verification=self.verification,
            reach=self.reach,
        )
        regime = change_obligations(regime, self.of, ObligationBase, assistance=assistance)
        return change_demand(regime, self.matters, ResidentRequest, assistance=assistance)
