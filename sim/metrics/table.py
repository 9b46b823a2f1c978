"""Collects the metrics of all modules, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from sim.metrics.appraisal import APPRAISAL, measure_appraisal
from sim.metrics.approvals import APPROVALS, measure_approvals
from sim.metrics.booked import BOOKED, measure_booked
from sim.metrics.collecting import COLLECTING, measure_collecting
from sim.metrics.cost import COST, measure_cost
from sim.metrics.counted import COUNTED, measure_counted
from sim.metrics.duties import DUTIES, measure_duties
from sim.metrics.enterprises import ENTERPRISES, measure_enterprises
from sim.metrics.findings import FINDINGS, measure_findings
from sim.metrics.hours import HOURS, measure_hours
from sim.metrics.indices import INDICES, measure_indices
from sim.metrics.metric import Family, Metric, Values
from sim.metrics.oversight import OVERSIGHT, measure_oversight
from sim.metrics.pressure import PRESSURE, measure_pressure
from sim.metrics.residents import HOMES, RESIDENTS, measure_homes, measure_residents
from sim.metrics.sample import Sample

MEASURES: tuple[tuple[tuple[Metric, ...], Callable[[Sample], Values]], ...] = (
    (HOURS, measure_hours),
    (PRESSURE, measure_pressure),
    (BOOKED, measure_booked),
    (COUNTED, measure_counted),
    (COLLECTING, measure_collecting),
    (ENTERPRISES, measure_enterprises),
    (DUTIES, measure_duties),
    (INDICES, measure_indices),
    (RESIDENTS, measure_residents),
    (APPROVALS, measure_approvals),
    (HOMES, measure_homes),
    (OVERSIGHT, measure_oversight),
    (FINDINGS, measure_findings),
    (APPRAISAL, measure_appraisal),
    (COST, measure_cost),
)
"""Declared metrics, and the function that computes exactly these; it leaves out those that a run does not have."""

_FAMILIES = get_args(Family)
_BY_FAMILY = sorted(
    (metric for metrics, _ in MEASURES for metric in metrics), key=lambda metric: _FAMILIES.index(metric.family)
)
METRICS: dict[str, Metric] = {metric.key: metric for metric in _BY_FAMILY}
"""Every metric by key, in the order in which they are shown: by family, then as declared above."""
