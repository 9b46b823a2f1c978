"""Where the hours go: by category, by who made them, and what is left for residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, FORMALITY, Category
from sim.metrics.sample import divide, in_hours, per_role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.sample import Sample

FORMAL = np.array([category in FORMALITY for category in CATEGORIES])
OUTREACH = "outreach"
"""Free regular time: home visits and patrol."""
SERVICE = CATEGORIES.index(Category.SERVICE)


def weekly_hours(sample: Sample) -> NDArray[np.float64]:
    """Give hours per cadre by calendar week, shape (roles, weeks, categories + 1); outreach is the last column."""
    roles = len(sample.roles)
    weekly = np.zeros((roles, sample.plan.weeks, len(CATEGORIES) + 1))
    np.add.at(weekly[:, :, :-1], sample.setting.cadre_role, in_hours(sample.log.seconds))
    np.add.at(weekly[:, :, -1], sample.setting.cadre_role, in_hours(sample.outreach))
    return weekly / sample.cadres_present[:, :, None]


def ordinary_hours(sample: Sample) -> NDArray[np.float64]:
    """Give hours per cadre and ordinary week, shape (roles, categories + 1); outreach is the last column."""
    by_cadre = np.concatenate((sample.log.seconds.sum(axis=1), sample.outreach.sum(axis=1)[:, None]), axis=1)
    total = np.zeros((len(sample.roles), len(CATEGORIES) + 1))
    np.add.at(total, sample.setting.cadre_role, in_hours(by_cadre))
    return total / np.maximum(sample.cadre_weeks, 1e-9)[:, None]


def measure_hours(sample: Sample) -> dict[tuple[str, str], float]:
    """Hours per cadre and ordinary week, and their shares."""
    roles, hours = sample.roles, ordinary_hours(sample)
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
