"""Approvals: chains of stops with returns, the effect of one network on them, and the waiting of applicants."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.errors import ScenarioError
from sim.levers.table import LEVERS
from sim.metrics.measure import measure
from tests.regimes import HOUR, MINUTE, by_identity, demanded, plan_of, regime, rows_of, same_bytes

VILLAGE = {"unit": "village", "entry": "10 min", "effort": "20 min"}
TOWNSHIP = {"unit": "township", "entry": "10 min", "effort": "30 min"}
DEPARTMENT = {"unit": "department", "entry": "10 min", "effort": "50 min"}


def approval(*hops: dict[str, Any], **changes: Any) -> dict[str, Any]:
    usual = {"kind": "approval", "on": "village", "rate": "4 per week", "kinds": 100, "concentration": 1.0}
    stops = hops or (VILLAGE, TOWNSHIP | {"sent_back": "20%"}, DEPARTMENT | {"sent_back": "30%"})
    return {**usual, "hops": stops, "patience": "30 days", "promised": "20 days", **changes}


def made(*hops: dict[str, Any], **changes: Any) -> Regime:
    return regime({}, {"a": approval(*hops, **changes)})


def joined(regime: Regime, **changes: Any) -> Regime:
    usual = {"lever": "one_matter", "of": ("a",), "kinds": 100, "joined": "most_used", "glance": "2 min"}
    return LEVERS["one_matter"].model_validate({**usual, "caught": "60%", **changes}).apply(regime)


def measured(regime: Regime) -> dict[str, float]:
    plan = plan_of(regime)
    values = measure(plan, simulate(plan)).values
    return {key: value for (key, scope), value in values.items() if scope == "a"}


def test_each_case_goes_from_stop_to_stop() -> None:
    plan = plan_of(made(VILLAGE, TOWNSHIP, DEPARTMENT))
    stops = [rows_of(plan, "a", "handle", f"{unit}") for unit in (".01", ".02")]
    rows = {row.row: row for group in stops for row in group} | {row.row: row for row in rows_of(plan, "a")}
    decided = [row for row in rows.values() if "department" in row.unit]

    assert len(decided) == len([row for row in rows.values() if row.predecessor < 0])
    for row in decided:
        township = rows[row.predecessor]
        assert "township.01" in township.unit
        assert "village" in rows[township.predecessor].unit
        assert (row.effort, township.effort) == (60 * MINUTE, 40 * MINUTE)


def test_only_the_first_stop_has_an_applicant_who_may_give_up() -> None:
    rows = rows_of(plan_of(made()), "a")

    assert all((row.patience >= 0) == (row.predecessor < 0) for row in rows)


def test_returns_are_as_frequent_as_the_stops_say() -> None:
    values = measured(made(rate="40 per week"))

    # The township returns with probability 0.2; the department with 0.3, and then the township handles the case again.
    at_department = 0.3 / 0.7
    at_township = 0.2 / 0.8 * (1 + at_department)
    assert values["approval_returns"] == pytest.approx(at_department + at_township, rel=0.06)
    assert values["approval_handovers"] == pytest.approx(2 + 2 * values["approval_returns"])


def test_a_stop_that_sends_back_more_adds_returns_and_takes_none_away() -> None:
    def identities(share: str) -> set[int]:
        hops = (VILLAGE, TOWNSHIP, DEPARTMENT | {"sent_back": share})
        return {row.identity for row in rows_of(plan_of(made(*hops)), "a")}

    assert identities("10%") < identities("30%") < identities("60%")


def test_no_hand_over_is_faster_than_the_next_opening() -> None:
    values = measured(made(VILLAGE, TOWNSHIP, DEPARTMENT, rate="1 per week"))

    assert values["turnaround_mean"] > 1.0, "three stops of half an hour to an hour, and two hand-overs"
    assert values["turnaround_p90"] >= values["turnaround_mean"]
    assert values["approval_gave_up"] == 0


def test_one_matter_is_entered_once_and_skips_the_township() -> None:
    plan = plan_of(joined(made(VILLAGE, TOWNSHIP, DEPARTMENT), skips=("township",)))

    assert rows_of(plan, "a", unit="township.01") == []
    assert {row.effort for row in rows_of(plan, "a") if "village" in row.unit} == {30 * MINUTE}
    assert {row.effort for row in rows_of(plan, "a") if "department" in row.unit} == {52 * MINUTE}


def test_caught_returns_are_a_subset() -> None:
    whole, some, none = (
        {row.identity for row in rows_of(plan_of(joined(made(), caught=caught)), "a")}
        for caught in ("0%", "50%", "100%")
    )

    assert none < some < whole
    assert len(none) % 3 == 0, "three stops each"


def test_one_matter_shortens_the_way_and_the_hours() -> None:
    before, after = measured(made()), measured(joined(made(), skips=("township",)))

    assert after["turnaround_mean"] < before["turnaround_mean"]
    assert after["approval_handovers"] < before["approval_handovers"]
    assert demanded(plan_of(joined(made())), "a") < demanded(plan_of(made()), "a")


def test_a_measure_of_no_strength_changes_no_byte() -> None:
    assert same_bytes(plan_of(made()), plan_of(joined(made(), strength=0.0, skips=("township",))))


def test_more_strength_joins_more_of_the_same_cases() -> None:
    def at_township(strength: float) -> set[int]:
        plan = plan_of(joined(made(VILLAGE, TOWNSHIP, DEPARTMENT), strength=strength, skips=("township",)))
        return {row.identity for row in rows_of(plan, "a", unit="township.01")}

    assert at_township(0.0) > at_township(0.4) > at_township(0.8) > at_township(1.0) == set()


def test_kinds_are_not_volume() -> None:
    few = [
        joined(made(VILLAGE, TOWNSHIP), kinds=10, joined=which, skips=("township",))
        for which in ("most_used", "least_used")
    ]
    every = len(rows_of(plan_of(made(VILLAGE, TOWNSHIP)), "a", unit="township.01"))

    most, least = (len(rows_of(plan_of(one), "a", unit="township.01")) / every for one in few)

    use = 1 / np.arange(1, 101)
    assert most == pytest.approx(1 - use[:10].sum() / use.sum(), abs=0.06)
    assert least > 0.95


def test_cases_are_the_same_whatever_happens_to_them() -> None:
    before, after = (
        by_identity([row for row in rows_of(plan_of(one), "a") if row.predecessor < 0])
        for one in (made(), joined(made(), skips=("township",)))
    )

    assert before.keys() == after.keys()
    assert all(before[key].release == after[key].release for key in before)


@pytest.mark.parametrize(
    "hops",
    [(), (TOWNSHIP,), (VILLAGE | {"sent_back": "5%"}, TOWNSHIP), (VILLAGE, TOWNSHIP | {"sent_back": "95%"})],
    ids=["none", "begins elsewhere", "returns to nowhere", "sends all back"],
)
def test_ways_that_lead_nowhere_are_refused(hops: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(ValueError, match=r"hop|sent_back"):
        regime({}, {"a": {**approval(), "hops": hops}})


def test_the_counter_cannot_be_skipped() -> None:
    with pytest.raises(ScenarioError):
        joined(made(), skips=("village",))


def test_what_is_open_at_the_years_end_is_counted() -> None:
    slow = made(VILLAGE, DEPARTMENT | {"effort": "200 h"}, rate="20 per week")

    values = measured(slow)

    assert values["approval_open"] > 0.5
    assert values["turnaround_mean"] > 50
    assert demanded(plan_of(slow), "a") > 8_760 * 2 * HOUR / HOUR
