"""Measure a run: from plan and log to an outcome."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sim.metrics.hours import formality_by_person
from sim.metrics.outcome import Ground, Outcome
from sim.metrics.residents import waits
from sim.metrics.sample import People, Sample, in_hours
from sim.metrics.splits import measure_splits
from sim.metrics.table import MEASURES

if TYPE_CHECKING:
    from sim.contract.log import RunLog
    from sim.contract.plan import Plan


def measure(plan: Plan, log: RunLog) -> Outcome:
    """Reduce a run to its metrics and to the small arrays that comparisons and pictures need.

    Raises:
        EngineFault: if the plan has no setting.
    """
    sample = Sample(plan, log)
    return Outcome(
        values={key: value for _, family in MEASURES for key, value in family(sample).items()},
        hours=sample.ordinary_hours,
        weekly=sample.weekly_hours,
        weekly_overtime=in_hours(sample.tables_by_role(log.overtime_seconds)) / sample.cadres_present,
        cadre_hours=formality_by_person(sample),
        waits=waits(sample),
        splits=measure_splits(sample),
        work={"activities": len(plan.activities), "events": log.events},
    )


def describe_ground(plan: Plan) -> Ground:
    """Return the facts that all outcomes of a regime share: roles, cadres, calendar weeks, regular hours.

    Raises:
        EngineFault: if the plan has no setting.
    """
    people = People(plan)
    setting = people.setting
    real = people.by_role(np.ones(len(setting.cadre_role)))
    simulated = np.bincount(setting.cadre_role, minlength=len(setting.roles))
    monday = date(setting.year, 1, 1) - timedelta(days=plan.first_weekday)
    regular = in_hours(people.by_role(setting.week_seconds[people.shift_of_cadre]))
    return Ground(
        roles=setting.roles,
        cadre_role=setting.cadre_role[people.persons],
        cadre_name=tuple(setting.cadre_names[person] for person in people.persons),
        year=setting.year,
        week_monday=tuple((monday + timedelta(weeks=week)).isoformat() for week in range(plan.weeks)),
        holiday_weeks=_holiday_weeks(people),
        regular_hours=dict(zip(setting.roles, (regular / np.maximum(real, 1)).tolist(), strict=True)),
        represents=dict(zip(setting.roles, (real / np.maximum(simulated, 1)).tolist(), strict=True)),
    )


def _holiday_weeks(people: People) -> tuple[int, ...]:
    """List the weeks in which every cadre has less than `counting.holiday_week` of an ordinary week's hours.

    The first and the last week never count, because the year may cut them.
    """
    ordinary = people.setting.week_seconds[people.shift_of_cadre][:, None]
    free = np.all(people.available < people.setting.counting.holiday_week.value * ordinary, axis=0)
    free[[0, -1]] = False
    return tuple(int(week) for week in np.flatnonzero(free))
