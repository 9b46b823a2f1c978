"""The slice of the typical county has the means of the whole county, in which every unit stands for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.options import RunOptions
from sim.experiment.single import Measured
from sim.files.scenario import read_scenario
from sim.running import run_scenario

pytestmark = pytest.mark.slow

COUNTY = Path(__file__).parents[2] / "scenarios" / "base" / "county.yaml"
WHOLE = (
    "organisation.units.department.count=24",
    "organisation.units.department.represents=1",
    "organisation.units.township.count=8",
    "organisation.units.township.represents=1",
    "organisation.units.village.represents=1",
)
ROLES = ("county_department_staff", "township_cadre", "village_cadre")
MEANS = (
    "formality_hours", "service_hours", "overtime_hours", "total_hours", "meetings_attended", "visits_received",
    "forms_filled", "documents_read", "short_notice", "queueing_premium",
)  # fmt: skip
"""Means over cadres or units; a peak week or a worst-off tenth is no mean, and is another one in a larger county."""
CURVED = {(metric, ROLES[0]) for metric in ("service_hours", "overtime_hours", "total_hours", "queueing_premium")}
"""Not proportional to the load: 24 departments differ more than three that share all demands. Overtime grows faster
than the load, and residents give up where it is high, so the slice has an eighth less overtime of departments and a
twentieth more service."""


def measured(replications: int, *overrides: str) -> Measured:
    return run_scenario(read_scenario(COUNTY, overrides), RunOptions(replications=replications, jobs=1))


def test_means_of_the_slice_are_those_of_the_whole_county() -> None:
    slice_rows = {(row.metric, row.scope): row for row in measured(8).rows}
    whole_rows = {(row.metric, row.scope): row for row in measured(3, *WHOLE).rows}

    for key in [(metric, role) for metric in MEANS for role in ROLES]:
        ours, whole = slice_rows[key], whole_rows[key]
        room = (ours.high - ours.low) / 2 + (whole.high - whole.low) / 2
        if key in CURVED:
            assert ours.mean == pytest.approx(whole.mean, rel=0.3), key
            continue
        assert abs(ours.mean - whole.mean) <= room, key
        assert ours.mean == pytest.approx(whole.mean, rel=0.06), f"{key}: the intervals are too wide to tell"


def test_cadres_of_the_slice_stand_for_all_of_the_whole_county() -> None:
    slice_hours, whole_hours = (
        sum(row.mean for row in one.rows if row.metric == "scm_hours") for one in (measured(2), measured(2, *WHOLE))
    )

    assert slice_hours == pytest.approx(whole_hours, rel=0.05)
