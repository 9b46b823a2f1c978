"""Duties of many kinds: cases, which go with use, and standing work, which goes with the number of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Part
from sim.metrics.sample import divide, per_role

if TYPE_CHECKING:
    from sim.metrics.sample import Sample


def measure_duties(sample: Sample) -> dict[tuple[str, str], float]:
    """Cases of one unit in the year, the hours for them, and the hours for having the duties at all."""
    mine = sample.is_kind("listed_duties")
    if not mine.any():
        return {}
    roles = sample.roles
    units = np.bincount(sample.unit_role, minlength=len(roles))
    cases = mine & sample.is_part(Part.HANDLE)
    handled, standing = np.flatnonzero(cases), np.flatnonzero(mine & ~cases)
    worked = sample.worked_hours
    return {
        **per_role(roles, "duty_cases", divide(sample.rows_by_role(cases), units)),
        **per_role(roles, "duty_case_hours", divide(sample.rows_by_role(worked[handled], handled), units)),
        **per_role(roles, "duty_standing_hours", divide(sample.rows_by_role(worked[standing], standing), units)),
    }
