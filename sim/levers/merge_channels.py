"""Groups closed: one place to look, no copies; the notices that matter still come."""

from __future__ import annotations

from typing import Literal

from sim.domain.obligations import Channel
from sim.domain.quantity import CountQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import ChannelMerge
from sim.levers.base import LeverBase, change_obligations
from sim.units import Share


class MergeChannels(LeverBase):
    """Close chat groups until a cadre has only a few to look through."""

    lever: Literal["merge_channels"]
    groups: CountQ
    """Groups that stay for a cadre; one who has fewer keeps those."""
    duplicates: ShareQ = ShareQ(value=Share(0.0), source="assumed")
    """Further copies of a message that remain, as a share of the messages."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"obligations.{name}.merge" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        merge = ChannelMerge(groups=self.groups.value, duplicates=self.duplicates, reach=self.reach)
        return change_obligations(regime, self.of, Channel, merge=merge)
