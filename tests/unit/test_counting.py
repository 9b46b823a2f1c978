"""Metrics count by the limits of the scenario."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.contract.plan import DAY
from sim.domain.category import Part
from sim.domain.counting import Counting
from sim.domain.quantity import CountQ, DurationQ, ShareQ, WorkdaysQ
from sim.engine.simulate import simulate
from sim.metrics.measure import describe_ground, measure
from sim.metrics.sample import People, Sample
from sim.metrics.table import METRICS
from sim.units import HOUR, Duration, Share, Workdays
from tests.examples import sample_of
from tests.regimes import everything, plan_of, regime, report, rows_of


def counted(key: str, **counting: Any) -> float | None:
    """The metric in its worked example, counted otherwise."""
    sample = sample_of(METRICS[key].example.plan)
    setting = replace(sample.setting, counting=Counting(**counting))
    again = Sample(replace(sample.plan, setting=setting), sample.log)
    return measure(again.plan, again.log).values.get((key, "cadre"))


@pytest.mark.parametrize(("hours", "long"), [(48, 0.5), (49, 0.0), (39, 1.0)])
def test_a_week_is_long_beyond_the_hours_the_scenario_says(hours: int, long: float) -> None:
    """The example has a week of 49 hours and one of 40."""
    assert counted("long_weeks", long_week=DurationQ(value=Duration(hours * HOUR))) == long


@pytest.mark.parametrize(("days", "short"), [(0, 0), (1, 1), (2, 2)])
def test_a_notice_is_short_up_to_the_working_days_the_scenario_says(days: int, short: int) -> None:
    """The example has a form due on the next day and one due a day later."""
    assert counted("short_notice", short_notice=WorkdaysQ(value=Workdays(days))) == short


def test_a_weekend_is_no_notice() -> None:
    year = plan_of(regime({"form": report(due="1 workday", recurrence="52 per year")}))
    forms = rows_of(year, "form", Part.FILL)

    value = measure(year, simulate(year)).values["short_notice", "village_cadre"]

    weeks = dict(zip(People(year).roles, People(year).cadre_weeks, strict=True))["village_cadre"]
    assert max(form.due - form.release for form in forms) > 2 * DAY
    assert value == pytest.approx(sum(form.due < year.horizon for form in forms) / weeks)


def test_fidelity_is_computed_from_so_many_units_on() -> None:
    """The example ranks five units."""
    assert counted("appraisal_fidelity", fewest_ranked=CountQ(value=6)) is None
    assert counted("appraisal_fidelity", fewest_ranked=CountQ(value=5)) is not None


def test_the_share_of_a_holiday_week_decides_which_weeks_are_shaded() -> None:
    made = everything()
    weeks = {}
    for share in (0.0, 0.5, 1.0):
        policy = made.policy.replace(counting=Counting(holiday_week=ShareQ(value=Share(share))))
        weeks[share] = set(describe_ground(plan_of(made.replace(policy=policy))).holiday_weeks)

    assert weeks[0.0] == set()
    assert weeks[0.5] < weeks[1.0], "a week with one day off is no holiday week by default"
    assert 6 in weeks[0.5], "the week of the Spring Festival"
