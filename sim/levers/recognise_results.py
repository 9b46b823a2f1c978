"""Mutual recognition: what another body has checked not long ago is not checked again."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.domain.obligations.inspected import Inspected
from sim.domain.quantity import CountQ, DurationQ
from sim.domain.regime import Regime
from sim.domain.relief_of_checks import Recognition
from sim.levers.base import LeverBase, change_obligations


class RecogniseResults(LeverBase):
    """The bodies behind the named inspections or checks accept one another's findings while these are valid."""

    lever: Literal["recognise_results"]
    subjects: CountQ
    """Subjects that the items are about, all equally often; the fewer there are, the more the bodies overlap."""
    valid: DurationQ
    """How long a finding is accepted by the others."""

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if self.subjects.value < 1:
            raise ValueError("subjects must be at least 1 / 检查内容至少一类")
        return self

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.recognition" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        recognition = Recognition(
            group="+".join(sorted(self.of)), subjects=self.subjects.value, valid=self.valid, reach=self.reach
        )
        return change_obligations(regime, self.of, Inspected, recognition=recognition)
