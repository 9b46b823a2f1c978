"""Problems found by each way to inspect: announced, unannounced, joint, by sample, by risk; and by checks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.domain.obligations import Inspection
from sim.domain.regime import Regime
from sim.domain.risk import RISKS
from sim.engine.simulate import simulate
from sim.files.extend import scenarios_folder
from sim.files.scenario import read_scenario
from sim.metrics.measure import measure
from sim.metrics.oversight import find
from sim.metrics.sample import Sample
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.enterprises import check, with_enterprises
from tests.regimes import DAY, HOUR, Entry, inspection, label, plan_of, regime, rows_of, units

RISK = {"high": "20%", "medium": "30%", "low": "50%"}
TIMES = {"high": 3.5, "medium": 0.7, "low": 0.18}
SEEN = {"sight": "30%"}
YEARS = 6


def hazards(**changes: Any) -> Entry:
    """Problems of villages that only inspections find."""
    usual = {"kind": "problem", "label": label("hazards"), "on": "village", "rate": "8 per year", "times": TIMES}
    return {**usual, "reported": "0%", "report_after": "exponential(mean=10 h)", **changes}


def county(hidden: str = "0%", **visits: Any) -> Regime:
    """Forty villages in three risk classes, visited monthly by one department."""
    entry = inspection(**{**SEEN, **visits})
    made = units(villages=40, village={"risk": RISK})
    return regime({"rounds": entry, "other_rounds": entry}, {"hazards": hazards(hidden=hidden)}, organisation=made)


def pulled(made: Regime, lever: str, **fields: Any) -> Regime:
    levers = ({"lever": lever, "of": ("rounds", "other_rounds"), **fields},)
    return apply_levers(Scenario.model_validate({**dict(made), "title": label(lever), "levers": levers}))


def sampled(made: Regime, high: int, medium: int, low: int) -> Regime:
    return pulled(made, "sample_visits", kept={"high": f"{high}%", "medium": f"{medium}%", "low": f"{low}%"})


def measured(made: Regime, key: str) -> tuple[float, float]:
    """Return the means over some years of a metric and of the number of visits."""
    values, visits = [], []
    for year in range(YEARS):
        plan = plan_of(made, year)
        values.append(measure(plan, simulate(plan)).values[key, "all"])
        visits.append(len(rows_of(plan, "rounds", "host")) + len(rows_of(plan, "other_rounds", "host")))
    return float(np.mean(values)), float(np.mean(visits))


def problems_where_all_are(risk: str) -> list[tuple[int, int]]:
    shares = {**dict.fromkeys(RISKS, "0%"), risk: "100%"}
    made = regime({}, {"hazards": hazards()}, organisation=units(villages=40, village={"risk": shares}))
    setting = plan_of(made).setting
    assert setting is not None
    return list(zip(setting.problems.unit.tolist(), setting.problems.onset.tolist(), strict=True))


def test_problems_arise_in_proportion_to_the_times_of_the_class() -> None:
    found = [len(problems_where_all_are(risk)) / (40 * 8) for risk in RISKS]

    assert found == pytest.approx(list(TIMES.values()), rel=0.2)


@pytest.mark.slow
def test_unannounced_visits_see_more_only_where_notice_hides_something() -> None:
    announced = {hidden: measured(county(hidden), "undetected") for hidden in ("0%", "60%")}
    unannounced = {hidden: measured(county(hidden, notice="same day"), "undetected") for hidden in ("0%", "60%")}

    assert announced["60%"][0] > 1.5 * announced["0%"][0]
    assert unannounced["60%"] == unannounced["0%"]
    assert unannounced["0%"] == pytest.approx(announced["0%"], rel=0.02), "their hosts are not booked"


@pytest.mark.slow
def test_fewer_visits_see_less() -> None:
    delay = [measured(sampled(county(), share, share, share), "detection_delay") for share in (100, 50, 20)]

    assert delay[0][0] < delay[1][0] < delay[2][0]
    assert delay[0][1] > delay[1][1] > delay[2][1]


@pytest.mark.slow
def test_a_sample_by_risk_sees_more_than_a_blind_one_of_as_many_visits() -> None:
    blind, by_risk = (measured(sampled(county(), *kept), "undetected") for kept in ((30, 30, 30), (85, 30, 8)))

    assert by_risk[1] == pytest.approx(blind[1], rel=0.05)
    assert by_risk[0] < blind[0]


@pytest.mark.slow
def test_a_joint_visit_sees_what_either_would_have_seen() -> None:
    fields = {"marginal_hosting": "40%", "shared_preparation": "50%", "team": 6}
    alone, joint = measured(county(), "undetected"), measured(pulled(county(), "one_team", **fields), "undetected")

    assert joint[1] < 0.6 * alone[1]
    assert joint[0] < alone[0] + 0.05


def firms(**changes: Any) -> Regime:
    """Forty enterprises checked by three departments; only checks find hazards there."""
    entry = check(notice="same day", **{"sight": "25%", **changes})
    return regime(
        {"rounds": entry},
        {"hazards": hazards(on="enterprise", rate="3 per year")},
        organisation=with_enterprises(40),
    )


def test_checks_of_firms_see_their_hazards_and_fewer_checks_fewer() -> None:
    def undetected(made: Regime) -> float:
        plan = plan_of(made)
        return measure(plan, simulate(plan)).values["undetected", "all"]

    kept = {"high": "100%", "medium": "50%", "low": "0%"}
    tiered = Scenario.model_validate(
        {**dict(firms()), "title": label(""), "levers": ({"lever": "tier_risks", "of": ("rounds",), "kept": kept},)}
    )

    assert undetected(firms()) < undetected(apply_levers(tiered)) < undetected(firms(sight="0%")) == 1


def test_nobody_patrols_at_enterprises_with_the_free_time_of_their_people() -> None:
    plan = plan_of(regime({}, {"hazards": hazards(on="enterprise", patrol="1 h")}, organisation=with_enterprises(40)))

    assert measure(plan, simulate(plan)).values["found_by_patrol", "all"] == 0


def test_what_nobody_patrols_for_no_patrol_finds() -> None:
    plan = plan_of(county())

    assert measure(plan, simulate(plan)).values["found_by_patrol", "all"] == 0


def test_patrol_meets_problems_at_the_rate_of_its_hours() -> None:
    """Closed form: with 12 h of outreach a workday and a mean threshold of 48 h, exp(-n/4) are left after n days."""
    made = regime(
        {}, {"hazards": hazards(rate="60 per year", times=None, patrol="48 h")}, organisation=units(villages=40)
    )
    plan = plan_of(made)
    assert plan.setting is not None
    problems, outreach = plan.setting.problems, 12 * HOUR

    unseen = find(Sample(plan, simulate(plan)), plan.setting.outreach).unseen

    opens = plan.shifts[0].opens[~plan.shifts[0].evening]
    workdays = np.unique(opens // DAY)
    begun, ended = problems.onset // DAY, (problems.onset + unseen - 1) // DAY
    waited = np.searchsorted(workdays, ended, side="right") - np.searchsorted(workdays, begun, side="right")
    early = begun < 300
    assert np.all(waited[early] == np.ceil(problems.patrol[early] / outreach)), "3 cadres, 8 h, half of it used"
    for days in (1, 4, 8):
        assert np.mean(waited[early] > days) == pytest.approx(np.exp(-days / 4), abs=0.03)


def test_no_patrol_finds_a_problem_if_no_free_time_is_used() -> None:
    made = regime({}, {"hazards": hazards(patrol="1 h")}, policy={"outreach": "0%"})
    plan = plan_of(made)

    values = measure(plan, simulate(plan)).values

    assert values["found_by_patrol", "all"] == 0
    assert values["undetected", "all"] == values["undetected_unpatrolled", "all"] == 1
    assert values["undetected_patrolled", "all"] < 0.2
    assert values["service_hours", "village_cadre"] == values["households_reached", "village_cadre"] == 0
    assert values["unassigned_hours", "village_cadre"] == pytest.approx(40)


def test_the_free_time_of_departments_is_unassigned() -> None:
    plan = plan_of(regime({}))

    values = measure(plan, simulate(plan)).values

    assert values["unassigned_hours", "county_cadre"] == pytest.approx(40)
    assert values["service_hours", "county_cadre"] == 0
    assert ("outreach_hours", "county_cadre") not in values
    assert ("households_reached", "county_cadre") not in values
    assert values["outreach_hours", "village_cadre"] == values["unassigned_hours", "village_cadre"] == pytest.approx(20)


def test_inspections_count_when_patrol_is_not_all_free_time() -> None:
    """Without inspections problems go unseen for longer, although the time that inspections took is free."""
    entries = {f"round_{number}": inspection(sight="30%", preparation="20 h") for number in range(3)}
    made = regime(entries, {"hazards": hazards(patrol="600 h")}, organisation=units(villages=20))

    def delay(chosen: Regime) -> float:
        plan = plan_of(chosen)
        return measure(plan, simulate(plan)).values["detection_delay", "all"]

    assert delay(made.replace(obligations={})) > 1.3 * delay(made)


@pytest.mark.slow
def test_without_village_inspections_the_hazards_of_the_typical_county_go_unseen_for_longer() -> None:
    county = read_scenario(scenarios_folder() / "base" / "county.yaml")
    made = apply_levers(county)
    kept = {name: e for name, e in made.obligations.items() if not (isinstance(e, Inspection) and e.on == "village")}

    def delay(chosen: Regime, stream: str) -> float:
        plan = plan_year(chosen, county.run.root, 0)
        return measure(plan, simulate(plan)).values["detection_delay", stream]

    without = made.replace(obligations=kept)
    assert len(made.obligations) - len(kept) == 5
    assert delay(without, "village_hazard") > 1.2 * delay(made, "village_hazard")
