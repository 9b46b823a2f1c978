"""Visits of several bodies that can be joined into one: inspections and appraisals."""

from __future__ import annotations

from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, ShareQ
from sim.domain.rule import Rule


class JointVisit(Rule):
    """Visits of one group that fall due at one unit in one slot are one visit."""

    marginal_hosting: ShareQ
    """Hosting time that each further item adds, as a share of its time alone."""
    shared_preparation: ShareQ
    """Share of each further item's preparation that is saved because ledgers serve several items."""
    team: CountQ
    """Most cadres in the joint team; they check the items of those who do not come."""


class Joinable(ObligationBase):
    """An obligation whose visits at one unit can be joined."""

    joint: JointVisit | None = None
    """Set by the lever `one_team`."""
