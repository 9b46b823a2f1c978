"""What articles tell of one person's work: the time a topic takes, the longest task of the day, homes called on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, Category, Part
from sim.metrics.sample import divide, in_hours, per_role
from sim.units import HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.sample import Sample

MONTHS = 12
_ENTRY = CATEGORIES.index(Category.REPORTS)
_FIELD = CATEGORIES.index(Category.SERVICE)
_MEETINGS = (CATEGORIES.index(Category.MEETINGS), CATEGORIES.index(Category.MEETING_TRAVEL))


def measure_as_told(sample: Sample) -> dict[tuple[str, str], float]:
    """Meeting time per topic, the place of data entry among the tasks, and homes called on in a month."""
    return _time_per_topic(sample) | _entry_rank(sample) | _households(sample)


def _time_per_topic(sample: Sample) -> dict[tuple[str, str], float]:
    """Hours of one who attends, the way and the blocked half-day included, per topic; of meetings called from above."""
    topics = sample.setting.topics
    if topics is None:
        return {}
    attended = np.flatnonzero(sample.is_kind("meeting") & sample.is_part(Part.ATTEND) & sample.attended & (topics > 0))
    called = attended[_above(sample, attended)]
    names = sample.setting.obligations
    hours = np.bincount(sample.rows.obligation[called], sample.rows.effort[called] / HOUR, minlength=len(names))
    count = np.bincount(sample.rows.obligation[called], topics[called], minlength=len(names))
    told = zip(names, hours.tolist(), count.tolist(), strict=True)
    return {("time_per_topic", name.partition(".")[2]): h / n for name, h, n in told if n > 0}


def _above(sample: Sample, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which of the rows another kind of unit demands."""
    issuers = (*sample.setting.issuers, "")
    own = np.array([issuers.index(kind) if kind in issuers else -2 for kind in sample.setting.unit_types])
    above: NDArray[np.bool_] = sample.rows.issuer[rows] != own[sample.rows.unit[rows]]
    return above


def _entry_rank(sample: Sample) -> dict[tuple[str, str], float]:
    """Place of data entry, check-ins included, among the tasks of a role by time; free time counts as field work."""
    shape = (len(sample.roles), len(CATEGORIES))
    task = np.where(sample.is_kind("check_in"), _ENTRY, sample.rows.category)
    task[task == _MEETINGS[1]] = _MEETINGS[0]
    place = sample.row_role * shape[1] + task
    hours = np.bincount(place, sample.worked_hours, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    hours[:, _FIELD] += sample.by_role(in_hours(sample.outreach.sum(axis=1)))
    rank = 1.0 + (hours > hours[:, [_ENTRY]]).sum(axis=1)
    return per_role(sample.roles, "entry_rank", np.where(hours[:, _ENTRY] > 0, rank, np.nan))


def _households(sample: Sample) -> dict[tuple[str, str], float]:
    """Homes a unit can call on in a month with the time that nothing claims."""
    units = np.where(sample.by_role(sample.serves) > 0, np.bincount(sample.unit_role, minlength=len(sample.roles)), 0)
    free = sample.by_role(sample.outreach.sum(axis=1) / sample.setting.home_visit)
    return per_role(sample.roles, "households_month", divide(free / MONTHS, units))
