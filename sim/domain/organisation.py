"""Who there is: unit types with counts and parents, their posts, and how far they are from the parent."""

from __future__ import annotations

from math import prod
from typing import Literal

from sim.domain.frozen import Frozen, Label
from sim.domain.quantity import CountQ, EffortQ
from sim.domain.relief import Reach
from sim.domain.risk import RiskShares

Tier = Literal["county", "township", "village", "enterprise"]


class Post(Frozen):
    """An established job in a unit."""

    role: str
    """Role whose time budget the holders belong to, e.g. `township_cadre`."""
    headcount: CountQ
    """Cadres in this post, per unit."""


class Lent(Frozen):
    """Cadres who sit elsewhere: their desks stay empty while they help another unit with its work."""

    post: str
    """Post whose holders are lent; somebody stays in it."""
    number: CountQ
    """Holders lent, per unit."""
    to: str
    """Unit type they are lent to: the unit above of that type, or shared out among all units of it."""
    to_post: str
    """Post in which they work there."""


class UnitType(Frozen):
    """A kind of unit: how many there are, whom they belong to, who works there."""

    label: Label
    tier: Tier
    parent: str | None = None
    """Unit type above; none for the top."""
    count: CountQ
    """Units per parent unit that are simulated."""
    represents: CountQ = CountQ(value=1)
    """Real units each simulated unit stands for; county totals are scaled by it."""
    shift: str
    """Working hours, a name under `calendar.shifts`."""
    posts: dict[str, Post]
    """Posts by name; obligations name the posts that answer them."""
    travel: EffortQ | None = None
    """One-way journey to the parent unit's seat."""
    risk: RiskShares | None = None
    """Risk classes of the units; where none are given, all are of medium risk."""
    lent: Lent | None = None
    """Cadres who are lent to another unit."""
    returning: Reach | None = None
    """Set by the lever `return_secondees`."""


class Organisation(Frozen):
    """The tree of unit types."""

    roles: dict[str, Label]
    """Roles by name, with the words for them."""
    units: dict[str, UnitType]
    """Unit types by name."""
    jurisdictions: CountQ = CountQ(value=1)
    """Jurisdictions of this make, each with chance of its own; every number told is the mean over them."""

    def real_count(self, name: str) -> int:
        """Count the real units that the simulated ones of a type stand for."""
        return prod(self.units[above].count.value for above in self.path(name)) * self.units[name].represents.value

    def path(self, name: str) -> tuple[str, ...]:
        """List the unit type and the ones above it, upwards; the parents must not form a circle."""
        path: list[str] = []
        at: str | None = name
        while at is not None:
            path.append(at)
            at = self.units[at].parent
        return tuple(path)
