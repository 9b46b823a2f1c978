"""Continuous evidence: what an appraisal wants to see is uploaded at time nodes through the year."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Appraisal
from sim.domain.quantity import EffortQ, Quantity, ShareQ
from sim.domain.recurrence import Recurrence
from sim.domain.regime import Regime
from sim.domain.relief_of_appraisal import KeptEvidence
from sim.levers.base import LeverBase, change_obligations


class ContinuousEvidence(LeverBase):
    """Ledgers are kept in instalments instead of at the year's end. That smooths the peak; it may cost more in all."""

    lever: Literal["continuous_evidence"]
    nodes: Quantity[Recurrence]
    """When evidence is uploaded: calendar slots such as `monthly` or `quarterly`."""
    upload: EffortQ
    """Time to upload the evidence of one programme at one node, on top of drawing it up."""
    still_dresses: ShareQ
    """How far an hour of dated evidence still dresses up the score, compared with an hour on a year-end ledger."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.continuous" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        evidence = KeptEvidence(
            nodes=self.nodes, upload=self.upload, still_dresses=self.still_dresses, reach=self.reach
        )
        return change_obligations(regime, self.of, Appraisal, continuous=evidence)
