"""One matter on one network: entered once, checked at the first counter, sent straight to the tier that decides."""

from __future__ import annotations

from typing import Literal

from sim.domain.approval import Approval
from sim.domain.quantity import CountQ, EffortQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_duties import ByUse
from sim.domain.relief_of_duties import OneMatter as Joined
from sim.errors import Problem, ScenarioError
from sim.levers.base import LeverBase, change_demand


class OneMatter(LeverBase):
    """Take hops, re-entry and returns out of approvals."""

    lever: Literal["one_matter"]
    kinds: CountQ
    """Kinds that are handled on the network."""
    joined: ByUse
    """Which kinds these are. Kinds are not volume: this decides how many matters go that way."""
    skips: tuple[str, ...] = ()
    """Unit types where such a matter no longer stops; not the first one."""
    glance: EffortQ
    """Time to look over, at each further stop, what is already entered."""
    caught: ShareQ
    """Share of returns that the check at the first entry makes needless."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        return frozenset(f"demand.{name}.one_matter" for name in self.of)

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        joined = Joined(
            kinds=self.kinds.value,
            joined=self.joined,
            skips=self.skips,
            glance=self.glance,
            caught=self.caught,
            reach=self.reach,
        )
        changed = change_demand(regime, self.of, Approval, one_matter=joined)
        problems = [_first(name) for name in self.of if changed.demand[name].on in self.skips]
        if problems:
            raise ScenarioError(problems)
        return changed


def _first(name: str) -> Problem:
    return Problem(
        key=f"demand.{name}.hops",
        message={
            "zh": f"“{name}”的受理环节不能省去",
            "en": f"the stop where '{name}' is handed in cannot be skipped",
        },
    )
