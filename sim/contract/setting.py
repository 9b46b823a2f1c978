"""What stands behind a plan's numbers: names, kinds, fields, problems. Engines do not look at it; metrics do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.contract.appraised import Appraised
    from sim.contract.cases import Cases


@dataclass(frozen=True)
class Problems:
    """Real problems that arise in the year. Arrays of shape (problems,) unless said otherwise."""

    unit: NDArray[np.int64]
    onset: NDArray[np.int64]
    patrol: NDArray[np.int64]
    """Seconds of the unit's outreach after which a patrol meets it, -1 if none ever does."""
    report: NDArray[np.int64]
    """Second at which residents report it, -1 if they never do."""
    hit_problem: NDArray[np.int64]
    """Problem that a visit would see, shape (hits,)."""
    hit_row: NDArray[np.int64]
    """Row of that visit, shape (hits,); it sees the problem if it takes place."""


@dataclass(frozen=True)
class Checks:
    """Items that departments wanted to check at enterprises in the year, done or not. Arrays of shape (items,)."""

    unit: NDArray[np.int64]
    body: NDArray[np.uint64]
    """The department; the same number means the same one."""
    risk: NDArray[np.int64]
    """Risk class of the enterprise, index into `RISKS`."""
    planned: NDArray[np.bool_]
    """On a plan or filed, rather than ad hoc."""
    row: NDArray[np.int64]
    """Row of the visit in which it is checked, -1 where nobody comes for it."""
    enterprises: NDArray[np.int64]
    """All units that may be checked, shape (enterprises,)."""


@dataclass(frozen=True)
class Setting:
    """Words and facts that belong to one plan."""

    year: int
    unit_names: tuple[str, ...]
    """By unit, `township.1/village.03`."""
    unit_types: tuple[str, ...]
    """By unit."""
    roles: tuple[str, ...]
    cadre_role: NDArray[np.int64]
    """Index into `roles`, by cadre."""
    cadre_names: tuple[str, ...]
    """`unit/post.number`, by cadre."""
    represents: NDArray[np.float64]
    """Real cadres that each cadre stands for."""
    week_seconds: NDArray[np.int64]
    """Regular seconds of an ordinary week, by shift."""
    obligations: tuple[str, ...]
    """Entries by index, as `obligations.name` or `demand.name`."""
    kinds: tuple[str, ...]
    """Kind of each entry."""
    issuers: tuple[str, ...]
    """Who demands, by index of `Activities.issuer`: unit types and superiors outside."""
    service_level: NDArray[np.int64]
    """Promised seconds until begun, by entry; -1 where nothing is promised."""
    fields: NDArray[np.int64]
    """Fields that a row asks the unit to enter. Shape (rows,)."""
    reentered: NDArray[np.int64]
    """Of these, fields the unit had entered before in the year. Shape (rows,)."""
    home_visit: int
    """Seconds of one home visit."""
    hourly_cost: float
    """Yuan an hour of a cadre's time."""
    problems: Problems
    topics: NDArray[np.int64] | None = None
    """Topics that a row attends a meeting for, 0 where it attends none. Shape (rows,); not known where None."""
    checks: Checks | None = None
    """None where there are no enterprise checks."""
    serves: NDArray[np.bool_] | None = None
    """Whether a cadre's free time goes to residents; that of enterprises' people does not. All do where None."""
    appraised: tuple[Appraised, ...] = ()
    """What the scores of appraisals depend on; of those that say how they score."""
    cases: tuple[Cases, ...] = ()
    """Approvals from hand-in to decision, one entry a stream."""
    person: NDArray[np.int64] | None = None
    """The cadre who sits at each desk: another one where it is a secondee's second desk. None for one desk each."""
