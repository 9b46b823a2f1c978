"""Where the hours go: by category, by who made them, and what is left for residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, FORMALITY, Category
from sim.metrics.sample import divide, per_role

if TYPE_CHECKING:
    from sim.metrics.sample import Sample

FORMAL = np.array([category in FORMALITY for category in CATEGORIES])
OUTREACH = "outreach"
"""Free regular time: home visits and patrol."""
SERVICE = CATEGORIES.index(Category.SERVICE)


def measure_hours(sample: Sample) -> dict[tuple[str, str], float]:
    """Hours per cadre and ordinary week, and their shares."""
    roles, hours = sample.roles, sample.ordinary_hours
    worked, outreach = hours[:, :-1], hours[:, -1]
    total = hours.sum(axis=1)
    formality = worked[:, FORMAL].sum(axis=1)
    serving = sample.by_role(sample.serves) > 0
    service = np.where(serving, worked[:, SERVICE] + outreach, np.nan)
    values = {
        **per_role(roles, "total_hours", total),
        **per_role(roles, "formality_hours", formality),
        **per_role(roles, "service_hours", service),
        **per_role(roles, "outreach_hours", np.where(serving, outreach, np.nan)),
        **per_role(roles, "formality_share", np.where(serving, divide(formality, total), np.nan)),
        **per_role(roles, "service_share", divide(service, total)),
    }
    for place, category in enumerate(CATEGORIES):
        values |= {("hours", f"{role}/{category}"): float(worked[r, place]) for r, role in enumerate(roles)}
    return values | _by_issuer(sample)


def _by_issuer(sample: Sample) -> dict[tuple[str, str], float]:
    """Who made this minute: hours per cadre and ordinary week by issuer; residents are an issuer too."""
    issuers = (*sample.setting.issuers, "residents")
    made_by = np.where(sample.rows.issuer < 0, len(issuers) - 1, sample.rows.issuer)
    shape = (len(sample.roles), len(issuers))
    total = np.bincount(sample.row_role * shape[1] + made_by, sample.worked_hours, shape[0] * shape[1]).reshape(shape)
    table = total / np.maximum(sample.cadre_weeks, 1e-9)[:, None]
    return {
        ("hours_by_issuer", f"{role}/{issuer}"): float(table[r, i])
        for r, role in enumerate(sample.roles)
        for i, issuer in enumerate(issuers)
    }
