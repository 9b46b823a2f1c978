"""Directory of services or certificates: kinds that are not listed may no longer be asked of the unit."""

from __future__ import annotations

from typing import Literal

from sim.domain.demand import ResidentRequest
from sim.domain.quantity import CountQ, EffortQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief import Directory as Listed
from sim.levers.base import LeverBase, change_demand


class Directory(LeverBase):
    """Cut the kinds of matter a unit handles; what is taken off the list moves to the unit that takes it over."""

    lever: Literal["directory"]
    kinds: CountQ
    """Kinds that stay on the list."""
    kept: Literal["most_used", "least_used", "by_chance"]
    """Which kinds stay. Kinds are not volume: this decides how much work goes."""
    moves_to: str | None = None
    """Unit type that handles the others from now on; none where nobody asks for them any more."""
    still_come: ShareQ
    """Share of residents with an unlisted matter who still come and are sent on."""
    refusal: EffortQ
    """Time to explain and send on."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"demand.{name}.directory" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        listed = Listed(
            kinds=self.kinds.value,
            kept=self.kept,
            moves_to=self.moves_to,
            still_come=self.still_come,
            refusal=self.refusal,
            reach=self.reach,
        )
        return change_demand(regime, self.of, ResidentRequest, directory=listed)
