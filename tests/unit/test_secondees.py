"""Secondees: two desks, one cadre; the cadres who return, the time of return, and its effects."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sim.contract.availability import available_seconds
from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.errors import ScenarioError
from sim.experiment.twins import twin_check
from sim.metrics.measure import describe_ground, measure
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers, touched_entries
from sim.scenario.references import find_broken
from sim.scenario.scenario import Scenario
from tests.regimes import ROOT, channel, duty, inspection, label, meeting, regime, report, shift, units

LENT = {"lent": {"post": "staff", "number": 2, "to": "county_office", "to_post": "staff"}}


def lending(**lent: object) -> Regime:
    """Two of the township's three staff are lent to the county office."""
    busy = {
        "calls": meeting(recurrence="weekly", on="township", attendees=4),
        "forms": report(on="township", recurrence="weekly"),
        "visits": inspection(on="township"),
        "groups": channel(issuer="county_office", on="township"),
        "county_groups": channel(issuer="county_office", on="county_office"),
        "paper": duty(on="county_office", recurrence="daily", effort="3 h"),
    }
    return regime(busy, organisation=units(township={"lent": {**LENT["lent"], **lent}}))


def returned(made: Regime, **lever: object) -> Scenario:
    levers = ({"lever": "return_secondees", "of": "township", **lever},)
    return Scenario.model_validate({**dict(made), "title": label("returned"), "levers": levers})


def weeks_there(made: Regime, desk: str) -> float:
    plan = plan_year(made, ROOT, 0)
    assert plan.setting is not None
    place = next(k for k, name in enumerate(plan.setting.cadre_names) if name.endswith(desk))
    return float(available_seconds(plan)[place].sum() / (40 * 3_600))


HOME, AWAY = "township.01/staff.03", "county_office.01/staff.county_office.01-township.01-staff.03"


def test_who_is_lent_sits_at_one_desk_only() -> None:
    made = lending()

    assert weeks_there(made, HOME) == 0
    assert weeks_there(made, AWAY) == weeks_there(made, "township.01/staff.01") > 49


def test_who_returns_in_july_changes_desks_then() -> None:
    july = apply_levers(returned(lending(), starts=date(2024, 7, 1)))

    whole = weeks_there(july, "township.01/staff.01")
    assert weeks_there(july, HOME) + weeks_there(july, AWAY) == whole
    assert 24 < weeks_there(july, HOME) < 27


def test_a_share_returns_the_same_cadres_in_every_regime_with_more() -> None:
    made = lending()
    few, more = (apply_levers(returned(made, compliance=share)) for share in ("30%", "70%"))

    def home(there: Regime) -> set[tuple[int, str]]:
        plans = ((k, plan_year(there, ROOT, k)) for k in range(20))
        return {
            (k, name)
            for k, plan in plans
            if plan.setting is not None
            for name, weeks in zip(plan.setting.cadre_names, available_seconds(plan).sum(axis=1), strict=True)
            if weeks > 0 and "/staff." in name and "township.01/" in name
        }

    assert home(few) < home(more)


def test_returning_does_not_change_what_is_asked_of_units() -> None:
    made = lending()
    scenario = returned(made)
    after = apply_levers(scenario)

    checked = twin_check(plan_year(made, ROOT, 0), plan_year(after, ROOT, 0), touched_entries(scenario, made, after))

    assert checked.changed == 0
    assert checked.compared > 300


def test_the_township_gains_hands_and_the_county_loses_them() -> None:
    made = lending()

    def outreach(there: Regime) -> tuple[float, float, float]:
        plan = plan_year(there, ROOT, 0)
        found = measure(plan, simulate(plan))
        roles = describe_ground(plan).roles
        missed = found.values["missed_seats", "township_cadre"]
        return found.hours[roles.index("township_cadre"), -1], found.hours[roles.index("county_cadre"), -1], missed

    before, after = outreach(made), outreach(apply_levers(returned(made)))

    assert after[0] > before[0]
    assert after[1] < before[1]
    assert after[2] < before[2]


def test_a_cadre_with_two_desks_is_one_person() -> None:
    made = apply_levers(returned(lending(), starts=date(2024, 7, 1)))
    plan = plan_year(made, ROOT, 0)

    ground, found = describe_ground(plan), measure(plan, simulate(plan))

    assert sum("staff.03" in name for name in ground.cadre_name) == 1
    assert len(ground.cadre_name) == len(found.cadre_hours) == len(plan.roster.cadre_unit) - 2
    assert np.isfinite(found.cadre_hours).all()


def test_hours_are_per_cadre_who_is_there() -> None:
    made = lending()
    plan = plan_year(made, ROOT, 0)
    found = measure(plan, simulate(plan))
    place = describe_ground(plan).roles.index("township_cadre")

    whole_weeks = found.weekly[place, 2:-2].sum(axis=1) - found.weekly_overtime[place, 2:-2]
    assert np.median(whole_weeks) == pytest.approx(40)


def test_nobody_returns_where_nobody_is_lent() -> None:
    with pytest.raises(ScenarioError, match="lends no cadres"):
        apply_levers(returned(regime()))


@pytest.mark.parametrize(
    ("lent", "words"),
    [
        ({"number": 3}, "at most 2"),
        ({"post": "clerks"}, "no post of this unit type is called 'clerks'"),
        ({"to_post": "clerks"}, "no post of 'county_office' is called 'clerks'"),
        ({"to": "township", "to_post": "staff"}, "lends to another one"),
        ({"to": "city"}, "no unit type is called 'city'"),
    ],
)
def test_a_secondment_that_cannot_be_is_named(lent: dict[str, object], words: str) -> None:
    assert [broken for broken in find_broken(returned(lending(**lent))) if words in broken.en]


def test_nobody_is_lent_from_a_shift_that_works_at_midnight() -> None:
    round_the_clock = shift(hours=("00:00-24:00",), every_day=True)
    made = lending().replace(
        calendar=regime(calendar={"shifts": {"office": round_the_clock}}).calendar,
    )

    assert [broken for broken in find_broken(returned(made)) if "midnight" in broken.en]


def test_only_the_lever_says_who_returned() -> None:
    made = apply_levers(returned(lending()))

    assert [broken for broken in find_broken(returned(made)) if "set by a lever" in broken.en]
