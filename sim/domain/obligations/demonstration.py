"""Demonstration projects: ledgers, mid-term checks and an acceptance visit at every unit that takes part."""

from __future__ import annotations

from typing import ClassVar, Literal

from sim.domain.booking import OwnBooking
from sim.domain.frozen import Label
from sim.domain.kind_text import KindText
from sim.domain.obligations.base import ObligationBase
from sim.domain.quantity import CountQ, EffortQ, Quantity, ShareQ
from sim.domain.rule import Rule
from sim.units import Workdays


class Cull(Rule):
    """Demonstration projects are abolished, with all their work."""

    projects: CountQ
    """Projects that are kept, of all named obligations together."""


class Demonstration(ObligationBase):
    """Projects that units compete for or are entered for. Each programme is one project, accepted once a slot."""

    kind: Literal["demonstration"] = "demonstration"
    kind_text: ClassVar[KindText] = KindText(
        label=Label(zh="示范创建", en="demonstration project"),
        meaning=Label(
            zh="台账全年陆续备，中间检查，最后验收",
            en="ledgers spread over the year, checks on the way, a visit for acceptance",
        ),
    )
    participating: ShareQ
    """Share of units that take part in a project."""
    ledgers: CountQ
    """Ledgers that a unit keeps for one project."""
    ledger: EffortQ
    """Time to prepare one ledger."""
    midterm_checks: CountQ
    """Checks before the acceptance, evenly spaced from the beginning of the year."""
    notice: Quantity[Workdays]
    """Working days between notice and visit."""
    preparation: EffortQ
    """Time to prepare for one visit."""
    length: EffortQ
    """Time of one visit."""
    hosts: CountQ
    inspectors: CountQ
    """Cadres of the issuer who visit."""
    booking: OwnBooking | None = None
    """Rules by which its appointments are moved, in place of those of the policy."""
    cull: Cull | None = None
    """Set by the lever `cull_demonstrations`."""
