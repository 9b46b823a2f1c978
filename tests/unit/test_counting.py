"""Metrics count by the limits and weights of the scenario."""

from __future__ import annotations

import numpy as np
import pytest

from sim.domain.counting import Counting
from sim.domain.quantity import CountQ, DurationQ, NumberQ, ShareQ
from sim.metrics.measure import describe_ground, measure
from sim.units import Duration, Share
from tests.plans import HOUR
from tests.regimes import everything
from tests.regimes import plan_of as plan_year_of
from tests.unit.test_metrics import at_office, form, run
from tests.unit.test_seamless_appraisal import appraised, sample_of


@pytest.mark.parametrize(("hours", "long"), [(48, 0.5), (49, 0.0), (39, 1.0)])
def test_a_week_is_long_beyond_the_hours_the_scenario_says(hours: int, long: float) -> None:
    rows = [form(11, 24 * day + 8, due=24 * day + 22) for day in range(3)]
    counting = Counting(long_week=DurationQ(value=Duration(hours * HOUR)))

    assert run(rows, {"counting": counting}, **at_office(14, evening=[(19, 22)]))["long_weeks", "cadre"] == long


@pytest.mark.parametrize(("hours", "short"), [(24, 1), (5, 0), (31, 2)])
def test_a_notice_is_short_below_the_time_the_scenario_says(hours: int, short: int) -> None:
    facts = {
        "week_seconds": np.array([48 * HOUR]),
        "counting": Counting(short_notice=DurationQ(value=Duration(hours * HOUR))),
    }

    assert run([form(1, 0, due=5), form(1, 0, due=30)], facts, days=2)["short_notice", "cadre"] == short


@pytest.mark.parametrize(("weight", "premium"), [(2.0, 0.2), (1.0, 0.0), (1.5, 0.1)])
def test_an_hour_of_overtime_weighs_what_the_scenario_says(weight: float, premium: float) -> None:
    facts = {"counting": Counting(overtime_weight=NumberQ(value=weight))}
    values = run([form(10, 8, due=22)], facts, **at_office(7, evening=[(19, 22)]))

    assert values["queueing_premium", "cadre"] == pytest.approx(premium), "two of ten hours are worked in the evening"


def test_the_share_of_a_holiday_week_decides_which_weeks_are_shaded() -> None:
    made = everything()
    weeks = {}
    for share in (0.0, 0.5, 1.0):
        policy = made.policy.replace(counting=Counting(holiday_week=ShareQ(value=Share(share))))
        weeks[share] = set(describe_ground(plan_year_of(made.replace(policy=policy))).holiday_weeks)

    assert weeks[0.0] == set()
    assert weeks[0.5] < weeks[1.0], "a week with one day off is no holiday week by default"
    assert 6 in weeks[0.5], "the week of the Spring Festival"


def test_fidelity_is_computed_from_so_many_units_on() -> None:
    made = appraised()
    for fewest, told in ((40, True), (41, False)):
        policy = made.policy.replace(counting=Counting(fewest_ranked=CountQ(value=fewest)))
        sample = sample_of(made.replace(policy=policy))
        found = measure(sample.plan, sample.log).values
        assert (("appraisal_fidelity", "township_cadre") in found) is told
