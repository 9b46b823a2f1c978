"""The price in oversight: how long real problems go unseen, and who finds them.

A problem is found by the first of: a patrol, once the unit's outreach after the problem arose has reached the problem's
threshold; the residents' own report; a visit that sees it and takes place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.sample import Sample

ALL = "all"
_NEVER = np.iinfo(np.int64).max


def measure_oversight(sample: Sample) -> dict[tuple[str, str], float]:
    """Days unseen within the year, the share never found, and the shares found by whom."""
    problems = sample.setting.problems
    if not len(problems.unit):
        return {}
    ways = np.stack([_by_patrol(sample), np.where(problems.report >= 0, problems.report, _NEVER), _by_visit(sample)])
    ways[ways >= sample.plan.horizon] = _NEVER
    found = ways.min(axis=0)
    unseen = np.minimum(found, sample.plan.horizon) - problems.onset
    who = np.where(found < _NEVER, ways.argmin(axis=0), -1)
    values = {
        "detection_delay": float(unseen.mean() / DAY),
        "undetected": float((found == _NEVER).mean()),
        "found_by_patrol": float((who == 0).mean()),
        "found_by_residents": float((who == 1).mean()),
        "found_by_inspection": float((who == 2).mean()),
    }
    return {(key, ALL): value for key, value in values.items()}


def _by_patrol(sample: Sample) -> NDArray[np.int64]:
    """Give the end of the day on which outreach since the day after the onset reaches the threshold."""
    problems = sample.setting.problems
    days = sample.plan.days
    outreach = np.cumsum(np.where(_patrols(sample)[:, None], sample.log.unit_idle, 0), axis=1)
    base = outreach[problems.unit, problems.onset // DAY]
    step = int(outreach.max()) + int(problems.patrol.max()) + 1
    ladder = (outreach + step * np.arange(len(outreach))[:, None]).ravel()
    place = np.searchsorted(ladder, base + problems.patrol + step * problems.unit) - days * problems.unit
    return np.where((place < days) & (problems.patrol >= 0), (place + 1) * DAY, _NEVER)


def _patrols(sample: Sample) -> NDArray[np.bool_]:
    """Tell which units have cadres whose free time goes to residents."""
    found = np.zeros(len(sample.setting.unit_names), dtype=np.bool_)
    found[sample.plan.roster.cadre_unit[sample.serves]] = True
    return found


def _by_visit(sample: Sample) -> NDArray[np.int64]:
    problems = sample.setting.problems
    first = np.full(len(problems.unit), _NEVER, dtype=np.int64)
    took_place = sample.attended[problems.hit_row]
    np.minimum.at(first, problems.hit_problem[took_place], sample.rows.start[problems.hit_row[took_place]])
    return first
