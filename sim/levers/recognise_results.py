"""Mutual recognition: what another body has checked not long ago is not checked again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.domain.obligations.inspected import Inspected
from sim.domain.quantity import DurationQ, Quantity
from sim.domain.regime import Regime
from sim.domain.relief_of_checks import Recognition
from sim.levers.base import LeverBase, change_obligations


class RecogniseResults(LeverBase):
    """The bodies behind the named inspections or checks accept one another's findings while these are valid."""

    lever: Literal["recognise_results"]
    subjects: Quantity[Annotated[int, Field(ge=1, le=1_000_000)]]
    """Subjects that the items are about, all equally often; the fewer there are, the more the bodies overlap."""
    valid: DurationQ
    """How long a finding is accepted by the others."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.recognition" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        recognition = Recognition(
            group="+".join(sorted(self.of)), subjects=self.subjects.value, valid=self.valid, reach=self.reach
        )
        return change_obligations(regime, self.of, Inspected, recognition=recognition)
