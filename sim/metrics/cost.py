"""The Standard Cost Model for the same plan, and what queueing adds to it.

The model multiplies number, frequency and time (UK Standard Cost Model Manual 2005, section 3): it is the formality
work demanded, as if nobody ever waited, was interrupted or missed a seat. The premium is what is worked beyond it,
with an hour of overtime counted twice: it is worked, and it is worked at night.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.hours import FORMAL
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from sim.metrics.sample import Sample


def measure_cost(sample: Sample) -> dict[tuple[str, str], float]:
    """Demanded and worked formality hours of the real county in the year, their cost, and the premium of queueing."""
    roles = sample.roles
    rows = sample.rows
    represents = np.zeros(len(sample.setting.unit_names))
    represents[sample.plan.roster.cadre_unit] = sample.setting.represents
    weight = FORMAL[rows.category] * sample.of_unit(represents)
    demanded = sample.rows_by_role(in_hours(rows.effort * rows.seats) * weight)
    worked = sample.rows_by_role(sample.worked_hours * weight)
    late = np.flatnonzero(sample.log.overtime)
    overtime = sample.rows_by_role(in_hours(sample.log.overtime[late]) * weight[late], late)
    return {
        **per_role(roles, "scm_hours", demanded),
        **per_role(roles, "scm_cost", demanded * sample.setting.hourly_cost / 1e4),
        **per_role(roles, "simulated_hours", worked),
        **per_role(roles, "queueing_premium", divide(worked + overtime, demanded) - 1),
    }
