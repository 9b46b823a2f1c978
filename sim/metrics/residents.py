"""What residents notice: waiting, giving up, and households reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Part
from sim.metrics.outcome import WAIT_EDGES_HOURS
from sim.metrics.sample import divide, in_hours, per_role
from sim.units import HOUR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.metrics.sample import Sample

ALL = "all"


def _matters(sample: Sample) -> NDArray[np.int64]:
    """List the rows of matters that arrived; a resident who is sent on is counted where the matter is handled."""
    matters = sample.is_kind("request", "certificate") & sample.is_part(Part.HANDLE) & (sample.log.released >= 0)
    return np.flatnonzero(matters)


def waits(sample: Sample) -> NDArray[np.int64]:
    """Count residents' matters by hours on the clock until begun, in the bins of `WAIT_EDGES_HOURS`."""
    matters = _matters(sample)
    begun = matters[sample.log.start[matters] >= 0]
    hours = in_hours(sample.log.start[begun] - sample.log.released[begun])
    place = np.searchsorted(WAIT_EDGES_HOURS, hours, side="right") - 1
    return np.bincount(place, minlength=len(WAIT_EDGES_HOURS))


def measure_residents(sample: Sample) -> dict[tuple[str, str], float]:
    """Waiting by stream of demand and over all, and households reached by role."""
    visits = sample.by_role(sample.outreach.sum(axis=1) / sample.setting.home_visit)
    serving = sample.by_role(np.where(sample.serves, sample.ordinary_weeks, 0))
    values = per_role(sample.roles, "households_reached", divide(visits, serving))
    matters = _matters(sample)
    stream = sample.rows.obligation[matters]
    for index, name in enumerate(sample.setting.obligations):
        if sample.setting.kinds[index] in {"request", "certificate"}:
            values |= _waiting(sample, matters[stream == index], name.partition(".")[2])
    return values | _waiting(sample, matters, ALL)


def _waiting(sample: Sample, chosen: NDArray[np.int64], scope: str) -> dict[tuple[str, str], float]:
    """Everything that arrived is counted: begun, given up, or open at the end of the year."""
    arrived = len(chosen)
    if arrived == 0:
        return {}
    begun = chosen[sample.log.start[chosen] >= 0]
    wait = sample.log.start[begun] - sample.log.released[begun]
    promised = sample.setting.service_level[sample.rows.obligation[begun]]
    gave_up = int(sample.log.gave_up[chosen].sum())
    values = {
        "within_service_level": float((wait <= promised).sum() / arrived),
        "gave_up": gave_up / arrived,
        "open_at_year_end": (arrived - len(begun) - gave_up) / arrived,
        "matters": float(arrived),
    }
    if len(wait):
        middle, long = np.quantile(wait, (0.5, 0.9))
        values |= {"wait_mean": wait.mean() / HOUR, "wait_median": middle / HOUR, "wait_p90": long / HOUR}
    return {(key, scope): float(value) for key, value in values.items()}
