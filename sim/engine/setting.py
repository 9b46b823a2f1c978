"""What stands behind a plan's numbers: names, kinds, fields, problems. Engines do not look at it; metrics do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Problems:
    """Real problems that arise in the year. Arrays of shape (problems,) unless said otherwise."""

    unit: NDArray[np.int64]
    onset: NDArray[np.int64]
    patrol: NDArray[np.int64]
    """Seconds of the unit's outreach after which a patrol meets it."""
    report: NDArray[np.int64]
    """Second at which residents report it, -1 if they never do."""
    hit_problem: NDArray[np.int64]
    """Problem that a visit would see, shape (hits,)."""
    hit_row: NDArray[np.int64]
    """Row of that visit, shape (hits,); it sees the problem if it takes place."""


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
