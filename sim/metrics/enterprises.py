"""Every counter of checks on enterprises: items, visits, departments, enterprises, plan and deed, time of hosts.

An item is one matter of one department; a visit is one trip to one enterprise, with one item or several; a department
appears once in a visit, however many items it brings. So items = enterprises touched x visits to each x items a visit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.risk import RISKS
from sim.metrics.sample import in_hours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.setting import Checks
    from sim.metrics.sample import Sample

ALL = "all"


def measure_enterprises(sample: Sample) -> dict[tuple[str, str], float]:
    """Counts of the year, per enterprise and per inspected enterprise, and what the plan said."""
    checks = sample.setting.checks
    if checks is None:
        return {}
    done = checks.row >= 0
    done[done] = sample.attended[checks.row[done]]
    visits_to, appearances = _visits_to(checks, done), _appearances(checks, done)
    items, planned, enterprises = int(done.sum()), int(checks.planned.sum()), len(checks.enterprises)
    visits, touched = int(visits_to.sum()), int((visits_to > 0).sum())
    counts = {
        "check_items_planned": planned,
        "check_items": items,
        "check_visits": visits,
        "check_appearances": appearances,
        "enterprises_touched": touched,
        "visits_median": float(np.median(visits_to)),
    }
    high = int((done & (checks.risk == RISKS.index("high"))).sum())
    quotients = {
        "visits_per_enterprise": (visits, enterprises),
        "visits_per_inspected": (visits, touched),
        "items_per_visit": (items, visits),
        "appearances_per_firm": (appearances, enterprises),
        "visits_per_appearance": (visits, appearances),
        "plan_carried_out": (int((done & checks.planned).sum()), planned),
        "visits_per_planned": (visits, planned),
        "checks_high_risk": (high, items),
        "check_hours": (_hours(sample, checks), enterprises),
    }
    told = {key: part / whole for key, (part, whole) in quotients.items() if whole}
    return {(key, ALL): float(value) for key, value in (counts | told).items()}


def _visits_to(checks: Checks, done: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count the visits to each enterprise."""
    _, first = np.unique(checks.row[done], return_index=True)
    place = np.searchsorted(checks.enterprises, checks.unit[done][first])
    return np.bincount(place, minlength=len(checks.enterprises))


def _appearances(checks: Checks, done: NDArray[np.bool_]) -> int:
    """Count the departments in each visit, over all visits."""
    bodies = np.unique(checks.body, return_inverse=True)[1]
    pairs = np.stack([checks.row[done], bodies[done]], axis=1)
    return len(np.unique(pairs, axis=0))


def _hours(sample: Sample, checks: Checks) -> float:
    """Add up the hours that people of enterprises spend on papers and on receiving inspectors."""
    theirs = sample.is_kind("enterprise_check") & np.isin(sample.rows.unit, checks.enterprises)
    return float(in_hours(sample.log.worked[theirs]).sum())
