"""Names and data of a plan that only metrics need: labels, kinds, fields, problems. Engines do not read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.domain.counting import Counting

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from sim.contract.appraised import Appraised
    from sim.contract.booked import Booked
    from sim.contract.cases import Cases
    from sim.contract.collected import Collected


@dataclass(frozen=True)
class Problems:
    """Real problems that arise in the year. Arrays have shape (problems,) unless stated otherwise.

    `unit` is the unit in which the problem arises, `onset` the second at which it does; 0 for one left over from
    the year before.
    """

    unit: NDArray[np.int64]
    onset: NDArray[np.int64]
    patrol: NDArray[np.int64]
    """Seconds of the unit's outreach after which a patrol finds the problem, -1 if none ever does."""
    report: NDArray[np.int64]
    """Second at which residents report it, -1 if they never do."""
    mended: NDArray[np.int64]
    """Second at which the unit ends it by itself if nobody has found it, -1 if it never does."""
    hit_problem: NDArray[np.int64]
    """Problem that a visit can find, shape (hits,)."""
    hit_row: NDArray[np.int64]
    """Row of that visit, shape (hits,); the visit finds the problem if it takes place."""
    stream: NDArray[np.int64]
    """Index into `streams`."""
    streams: tuple[str, ...]
    """Names of the streams of problems."""


FATES = ("checked", "undone", "withdrawn", "merged", "dropped", "refused")
"""Ends of an item: checked in a visit; left undone; withdrawn by its department before; looked at together with an item
of another department that has the same subject; left to that item; refused at the gate."""
CHECKED, UNDONE, WITHDRAWN, MERGED, DROPPED, REFUSED = range(len(FATES))


@dataclass(frozen=True)
class Checks:
    """Items that departments wanted to check at enterprises in the year. Arrays have shape (items,) unless stated."""

    unit: NDArray[np.int64]
    body: NDArray[np.uint64]
    """The department that wants the check; equal numbers mean the same department."""
    risk: NDArray[np.int64]
    """Risk class of the enterprise, index into `RISKS`."""
    planned: NDArray[np.bool_]
    """True if the check is on a plan or filed, False if it is ad hoc."""
    plan: NDArray[np.uint64]
    """Plan that lists the item: that of a department for a month, or a joint plan of several departments."""
    fate: NDArray[np.int64]
    """End of the item, index into `FATES`."""
    row: NDArray[np.int64]
    """Row of the visit in which the item is checked or merged, -1 if no visit checks it."""
    enterprises: NDArray[np.int64]
    """All units that can be checked, shape (enterprises,)."""
    represents: NDArray[np.int64]
    """Real enterprises that each of these stands for, shape (enterprises,)."""


@dataclass(frozen=True)
class Setting:
    """Names and data that belong to one plan."""

    year: int
    unit_names: tuple[str, ...]
    """Path of each unit, such as `township.1/village.03`."""
    unit_types: tuple[str, ...]
    """Unit type of each unit."""
    roles: tuple[str, ...]
    cadre_role: NDArray[np.int64]
    """Index into `roles`, shape (cadres,)."""
    cadre_names: tuple[str, ...]
    """Name of each cadre, `unit/post.number`."""
    represents: NDArray[np.int64]
    """Number of real cadres that one simulated cadre stands for, shape (cadres,)."""
    week_seconds: NDArray[np.int64]
    """Regular seconds of an ordinary week, shape (shifts,)."""
    obligations: tuple[str, ...]
    """Keys of the entries, `obligations.name` or `demand.name`; `Activities.obligation` is an index into them."""
    kinds: tuple[str, ...]
    """Kind of each entry."""
    issuers: tuple[str, ...]
    """Bodies that cause work, unit types and outside superiors; `Activities.issuer` is an index into them."""
    service_level: NDArray[np.int64]
    """Promised seconds from release to start, shape (entries,); -1 without a promise."""
    fields: NDArray[np.int64]
    """Fields that the unit must enter for a row. Shape (rows,)."""
    reentered: NDArray[np.int64]
    """Those of `fields` that the unit had already entered earlier in the year. Shape (rows,)."""
    home_visit: int
    """Seconds of one home visit."""
    outreach: float
    """Share of the usable gaps that goes to home visits and patrol."""
    hourly_cost: float
    """Yuan per hour of a cadre's time."""
    problems: Problems
    topics: NDArray[np.int64] | None = None
    """Topics of the meeting that a row attends, 0 for other rows. Shape (rows,). None if the plan does not record
    topics."""
    checks: Checks | None = None
    """None in a plan without enterprise checks."""
    serves: NDArray[np.bool_] | None = None
    """Whether a cadre serves residents; False for staff of enterprises. Shape (cadres,). None: True for all."""
    refused: Mapping[str, int] = field(default_factory=dict)
    """Pieces of work that a gate refused, by entry; none for entries without a gate."""
    booked: Booked | None = None
    """None in a plan without appointments."""
    appraised: tuple[Appraised, ...] = ()
    """One entry for each appraisal that has a scoring method."""
    cases: tuple[Cases, ...] = ()
    """One entry for each stream of approvals."""
    collected: tuple[Collected, ...] = ()
    """One entry for each report."""
    person: NDArray[np.int64] | None = None
    """For each desk (row of `cadre_role`), the cadre who sits at it; a secondee has two desks. None if all have one
    desk."""
    counting: Counting = field(default_factory=Counting)
    """Limits by which metrics count."""
