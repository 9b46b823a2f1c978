"""Unit types with counts and parents, their posts, and the distance to the parent."""

from __future__ import annotations

from math import prod
from typing import ClassVar, Literal

from sim.domain.frozen import Frozen, Label
from sim.domain.quantity import CountQ, EffortQ
from sim.domain.risk import RiskShares
from sim.domain.rule import Rule, Ruled

Tier = Literal["county", "township", "village", "enterprise"]


class Post(Frozen):
    """An established job in a unit."""

    role: str
    """Role whose time budget applies to the holders, e.g. `township_cadre`."""
    headcount: CountQ
    """Cadres in this post, per unit."""
    visits_homes: bool = False
    """Whether holders visit homes and patrol when they are free for long enough."""


class Lent(Frozen):
    """Cadres lent to another unit: their own desks stay empty while they work there."""

    post: str
    """Post whose holders are lent; at least one of them stays."""
    number: CountQ
    """Number of holders lent, per unit."""
    to: str
    """Unit type that they are lent to: the unit of that type above, or divided among all units of the type."""
    to_post: str
    """Post in which they work there."""


class Returning(Rule):
    """Cadres who are lent return to their own desks.

    Compliance is the share of borrowing units that send them back at first; by erosion they borrow them again.
    """


class UnitType(Ruled):
    """A kind of unit: its number, its parent, its posts."""

    section: ClassVar[str] = "organisation"

    label: Label
    tier: Tier
    parent: str | None = None
    """Unit type above; none at the top."""
    count: CountQ
    """Simulated units per parent unit."""
    represents: CountQ = CountQ(value=1)
    """Real units that each simulated unit stands for; county totals are multiplied by it."""
    shift: str
    """Working hours: a name under `calendar.shifts`."""
    posts: dict[str, Post]
    """Posts by name; obligations refer to the names."""
    travel: EffortQ | None = None
    """One-way journey to the parent unit's seat."""
    risk: RiskShares | None = None
    """Shares of the risk classes; without it all units are of medium risk."""
    lent: Lent | None = None
    """Cadres who are lent to another unit."""
    returning: Returning | None = None
    """Set by the lever `return_secondees`."""


class Organisation(Frozen):
    """The tree of unit types."""

    roles: dict[str, Label]
    """Labels of roles, by name."""
    units: dict[str, UnitType]
    """Unit types by name."""
    jurisdictions: CountQ = CountQ(value=1)
    """Number of jurisdictions with this organisation, each with independent chance; results are means over them."""

    def real_count(self, name: str) -> int:
        """Return the number of real units that the simulated units of a type stand for."""
        return prod(self.units[above].count.value for above in self.path(name)) * self.units[name].represents.value

    def path(self, name: str) -> tuple[str, ...]:
        """List the unit type and the types above it, lowest first; the parents must not form a circle."""
        path: list[str] = []
        at: str | None = name
        while at is not None:
            path.append(at)
            at = self.units[at].parent
        return tuple(path)
