"""Appraisals with a scoring method, and the effect of unannounced exams on them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.errors import ScenarioError
from sim.levers.table import LEVERS
from sim.metrics.appraisal import dressing, preparation_hours, rank_correlation, scores
from sim.metrics.measure import measure
from sim.metrics.sample import Sample
from tests.regimes import HOUR, appraisal, demanded, plan_of, regime, rows_of, same_bytes, units

SCORING = {
    "mean": 70.0,
    "spread": 8.0,
    "drift": 3.0,
    "routine_share": "20%",
    "noise": 4.0,
    "halo": "30%",
    "dressing": 12.0,
    "skill": 0.6,
    "half_dressed": "20 h",
}
MANY = units(township={"represents": 40})


def exam(**changes: Any) -> dict[str, Any]:
    usual = {"share": "10%", "papers": 2, "weights": ("30%", "30%", "40%"), "step": "20%"}
    return {**usual, "bounds": (90.0, 80.0, 70.0, 60.0), "length": "3 h", **changes}


def seamless(made: Regime, **changes: Any) -> Regime:
    feed = {"departments": 4, "fed_by": "department", "cycle": "monthly", "effort": "5 h"}
    fields = {"lever": "seamless_appraisal", "of": ("a",), "feed": feed, "exam": exam(), **changes}
    return LEVERS["seamless_appraisal"].model_validate(fields).apply(made)


def appraised(**changes: Any) -> Regime:
    return regime({"a": appraisal(programmes=4, scoring={**SCORING, **changes})}, organisation=MANY)


def sample_of(made: Regime, replication: int = 0) -> Sample:
    plan = plan_of(made, replication)
    return Sample(plan, simulate(plan))


def fidelity(made: Regime, years: int = 8) -> float:
    found = []
    for year in range(years):
        plan = plan_of(made, year)
        found.append(measure(plan, simulate(plan)).values["appraisal_fidelity", "township_cadre"])
    return float(np.mean(found))


def test_nobody_prepares_hosts_or_reports_and_only_the_papers_are_examined() -> None:
    before, after = plan_of(appraised()), plan_of(seamless(appraised()))

    for part in ("prepare", "fill", "host"):
        assert rows_of(before, "a", part)
        assert rows_of(after, "a", part) == []
    assert len(rows_of(before, "a", "visit")) == 4
    assert {row.effort - row.travel for row in rows_of(after, "a", "visit")} == {3 * HOUR}
    assert len(rows_of(after, "a", "visit")) == 2


def test_departments_pass_data_on_every_month_and_lots_choose_which() -> None:
    fed = [rows_of(plan_of(seamless(appraised()), year), "a", "upkeep", "department.01") for year in range(30)]

    assert {len(rows) for rows in fed} == {0, 12}, "four of six real departments take part"
    assert 0.4 < np.mean([len(rows) / 12 for rows in fed]) < 0.95
    assert all(row.effort == 5 * HOUR for rows in fed for row in rows)


def test_more_departments_include_the_fewer() -> None:
    def feeding(departments: int) -> set[int]:
        feed = {"departments": departments, "fed_by": "department", "cycle": "monthly", "effort": "5 h"}
        return {row.identity for row in rows_of(plan_of(seamless(appraised(), feed=feed)), "a", "upkeep")}

    assert feeding(1) <= feeding(3) <= feeding(6)
    assert len(feeding(6)) == 3 * 12, "all three simulated ones"


def test_standing_readiness_can_cost_more_than_the_ledgers_did() -> None:
    plan = plan_of(seamless(appraised(), readiness="30 h"))

    assert demanded(plan, "a", "upkeep", "township.01") == 360
    assert demanded(plan_of(appraised()), "a", "prepare") == 4 * 4 * 3


def test_a_measure_of_no_strength_changes_no_byte() -> None:
    assert same_bytes(plan_of(appraised()), plan_of(seamless(appraised(), strength=0.0)))


def test_scoring_alone_changes_no_row() -> None:
    assert same_bytes(plan_of(appraised()), plan_of(regime({"a": appraisal(programmes=4)}, organisation=MANY)))


def test_more_strength_leaves_fewer_ledgers_of_the_same_ones() -> None:
    kept = [
        {row.identity for row in rows_of(plan_of(seamless(appraised(), strength=strength)), "a", "prepare")}
        for strength in (0.0, 0.3, 0.6, 1.0)
    ]

    assert kept[0] >= kept[1] >= kept[2] >= kept[3] == set()


def test_a_bad_trend_brings_coaching_and_leaves_the_score_alone() -> None:
    trend = {"years": 3, "coached_below": 0.0, "coaching": "6 h"}
    made = seamless(appraised(), trend=trend)
    coached = [rows_of(plan_of(made, year), "a", "coach", "township.01") for year in range(20)]
    with_trend, without = (sample_of(seamless(appraised(), **more)) for more in ({"trend": trend}, {}))

    assert {len(rows) for rows in coached} == {0, 1}, "half of all units decline"
    assert all(row.effort == 6 * HOUR for rows in coached for row in rows)
    one, other = (points(sample) for sample in (with_trend, without))
    assert (one == other).all()


def points(sample: Sample) -> np.ndarray:
    (one,) = sample.setting.appraised
    return scores(one, dressing(one, preparation_hours(one, sample)))


def test_the_score_of_a_year_is_nine_tenths_data_and_one_tenth_field_exam() -> None:
    one_tenth, none = (points(sample_of(seamless(appraised(), exam=exam(share=share)))) for share in ("10%", "0%"))

    assert np.abs(one_tenth - 0.9 * none - 0.1 * 60).max() <= 0.1 * 40 + 1e-9, "the exam gives 20 to 100 points"


def test_only_what_is_ready_when_the_examiners_come_dresses_up_the_score() -> None:
    sample = sample_of(appraised())
    (one,) = sample.setting.appraised

    hours = preparation_hours(one, sample)

    assert hours == pytest.approx([4 * 3 + 8] * 4), "four ledgers and a self-report, all in time"
    late = Sample(sample.plan, sample.log.__class__(**{**vars(sample.log), "finish": sample.log.finish + 10**9}))
    assert preparation_hours(one, late).sum() == 0


def test_dressing_grows_with_preparation_and_each_hour_adds_less() -> None:
    (one,) = sample_of(appraised()).setting.appraised

    gained = [dressing(one, np.full(4, hours)).mean() for hours in (0.0, 20.0, 40.0, 60.0)]

    assert gained[0] == 0
    assert (np.diff(gained) > 0).all()
    assert (np.diff(gained, 2) < 0).all()


def test_window_dressing_costs_fidelity_and_none_is_no_difference() -> None:
    plain, dressed = fidelity(appraised(dressing=0.0)), fidelity(appraised(dressing=25.0))

    assert dressed < plain - 0.05


def test_performance_is_of_the_unit_and_the_year_whatever_the_regime() -> None:
    before, after = (sample_of(made).setting.appraised[0] for made in (appraised(), seamless(appraised())))

    assert (before.performance == after.performance).all()
    assert (before.performance != sample_of(appraised(), 1).setting.appraised[0].performance).any()
    assert len(before.performance) == 40, "all townships that the simulated one stands for"


@pytest.mark.parametrize("ties", [False, True])
def test_the_rank_correlation_is_spearmans(ties: bool) -> None:
    rng = np.random.default_rng(5)
    one, other = rng.normal(size=(2, 60))
    if ties:
        one, other = np.round(one), np.round(other)

    assert rank_correlation(one, other) == pytest.approx(stats.spearmanr(one, other).statistic)
    assert np.isnan(rank_correlation(one, np.zeros(60)))


def test_an_appraisal_that_does_not_say_how_it_scores_is_refused() -> None:
    with pytest.raises(ScenarioError, match="scoring"):
        seamless(regime({"a": appraisal()}))


def test_weights_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        seamless(appraised(), exam=exam(weights=("30%", "30%", "30%")))
