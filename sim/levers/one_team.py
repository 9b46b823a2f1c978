"""One team at one time: inspections due at a unit in the same slot come together."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Inspection
from sim.domain.quantity import CountQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief import JointVisit
from sim.levers.base import LeverBase, change_obligations


class OneTeam(LeverBase):
    """All named inspections that fall due at one unit in one slot are done by one team in a single visit."""

    lever: Literal["one_team"]
    marginal_hosting: ShareQ
    """Hosting time that each further item still adds, as a share of what it took alone."""
    shared_preparation: ShareQ
    """Share of each further item's preparation that is saved because ledgers serve several items."""
    team: CountQ
    """Cadres in the joint team at most; the items of those who stay at home are checked by the others."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.joint" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        joint = JointVisit(
            group="+".join(sorted(self.of)),
            marginal_hosting=self.marginal_hosting,
            shared_preparation=self.shared_preparation,
            team=self.team,
            reach=self.reach,
        )
        return change_obligations(regime, self.of, Inspection, joint=joint)
