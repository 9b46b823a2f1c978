"""What levers on approvals and on lists of duties leave behind (see `sim.domain.relief`)."""

from __future__ import annotations

from typing import Literal

from sim.domain.frozen import Frozen
from sim.domain.quantity import EffortQ, ShareQ
from sim.domain.relief import Reach

ByUse = Literal["most_used", "least_used", "by_chance"]
"""How kinds are chosen. Kinds are not volume: this decides how much work goes with them."""


class OneMatter(Frozen):
    """Matters of the joined kinds are entered once and go straight to the tier that decides."""

    kinds: int
    """Kinds on the network."""
    joined: ByUse
    """Which kinds these are, by how much they are used."""
    skips: tuple[str, ...]
    """Unit types where such a matter no longer stops."""
    glance: EffortQ
    """Time to look over what is already entered."""
    caught: ShareQ
    """Share of returns that the check at the first entry makes needless."""
    reach: Reach


class DutySheets(Frozen):
    """Kinds of duty stand on one of three sheets: done by the unit, done by a department with its help, taken back."""

    basic: int
    """Kinds that stay with the unit."""
    assisting: int
    """Kinds in which the unit helps a department."""
    reclaimed: int
    """Kinds that a department takes back."""
    by_use: ByUse
    """Which kinds come first: the basic ones, then the assisting ones; what is left is taken back."""
    done_above: ShareQ
    """Share of an assisting duty that the department does itself."""
    leakage: ShareQ
    """Share of the cases taken back that are sent down to the unit all the same."""
    reach: Reach
