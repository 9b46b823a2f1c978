"""Check-ins no longer scored: entries fall to those the work itself needs, and patrol may partly move to the screen."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.domain.frozen import Frozen
from sim.domain.obligations import CheckIn, Duty
from sim.domain.quantity import CountQ, EffortQ, ShareQ
from sim.domain.regime import Regime
from sim.domain.relief_of_paper import RemotePatrol, Unscored
from sim.levers.base import LeverBase, change_obligations


class RemoteMonitoring(Frozen):
    """Part of a patrol is done by looking at cameras and sensors."""

    patrols: Annotated[tuple[str, ...], Field(min_length=1)]
    """Duties of which a part moves to the screen."""
    share: ShareQ
    """Share of their turns that is replaced."""
    watching: EffortQ
    """Time of one turn at the screen."""


class DropCheckIns(LeverBase):
    """App entries no longer count in the appraisal."""

    lever: Literal["drop_check_ins"]
    entries: CountQ
    """Entries a day that a cadre still makes."""
    remote: RemoteMonitoring | None = None
    """What replaces part of the patrol; none where all of it is done on foot."""

    def touches(self) -> frozenset[str]:
        """See the base class."""
        dropped = {f"obligations.{name}.unscored" for name in self.of}
        patrols = self.remote.patrols if self.remote is not None else ()
        return frozenset(dropped | {f"obligations.{name}.remote" for name in patrols})

    def apply(self, regime: Regime) -> Regime:
        """See the base class."""
        unscored = Unscored(entries=self.entries.value, reach=self.reach)
        regime = change_obligations(regime, self.of, CheckIn, unscored=unscored)
        if self.remote is None:
            return regime
        remote = RemotePatrol(share=self.remote.share, watching=self.remote.watching, reach=self.reach)
        return change_obligations(regime, self.remote.patrols, Duty, remote=remote)
