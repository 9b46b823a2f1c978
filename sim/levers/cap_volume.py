"""Volume cap: fewer meetings or documents of a stream, as a share or as a number a year."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.domain.obligations import Broadcast
from sim.domain.quantity import CountQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import VolumeCap
from sim.levers.base import LeverBase, change_obligations


class CapVolume(LeverBase):
    """Part of the meetings or documents is no longer issued; what would have been passed down goes with it."""

    lever: Literal["cap_volume"]
    kept: ShareQ | None = None
    """Share that is still issued."""
    most: CountQ | None = None
    """Number that each issuer still issues in a year at most, for each of the named streams."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.kept is None) == (self.most is None):
            raise ValueError("give either kept or most / 写明 kept 或 most，二者选一")
        return self

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.volume_cap" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        cap = VolumeCap(
            kept=1.0 if self.kept is None else self.kept.value,
            most=None if self.most is None else self.most.value,
            reach=self.reach,
        )
        return change_obligations(regime, self.of, Broadcast, volume_cap=cap)
