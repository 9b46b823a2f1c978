"""The time of a topic, and the place of data entry among the tasks, in plans of the small county."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sim.engine.simulate import simulate
from sim.metrics.measure import measure
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.regimes import check_in, duty, meeting, plan_of, regime, report

if TYPE_CHECKING:
    from sim.domain.regime import Regime

Values = dict[tuple[str, str], float]


def measured(made: Regime) -> Values:
    plan = plan_of(made)
    return measure(plan, simulate(plan)).values


def test_a_topic_takes_the_way_there_and_back_and_the_meeting() -> None:
    values = measured(regime({"call": meeting(), "own": meeting(issuer="township", held="here")}))

    assert values["time_per_topic", "call"] == pytest.approx(2 + 80 / 60)
    assert ("time_per_topic", "own") not in values


def test_a_blocked_half_day_shared_by_four_topics_is_a_quarter_each() -> None:
    made = regime({"call": meeting(programmes=4, blocks_half_day=True, attendees=1)})
    merge = {"lever": "merge_meetings", "of": "call", "window": "300 workdays", "topics": 4, "further_topic": "10 min"}
    after = apply_levers(
        Scenario.model_validate({**dict(made), "title": {"zh": "后", "en": "after"}, "levers": (merge,)})
    )
    alone, together = (measured(one)["time_per_topic", "call"] for one in (made, after))

    assert alone == pytest.approx(4 + 10 / 60)
    assert together == pytest.approx(alone / 4)


def test_data_entry_comes_first_where_nothing_takes_longer() -> None:
    rank = {
        minutes: measured(
            regime(
                {
                    "app": check_in(entering=f"{minutes} min"),
                    "patrol": duty(per_cadre=True, recurrence="daily", effort="3 h", category="service"),
                    "office": duty(per_cadre=True, recurrence="daily", effort="2 h"),
                }
            )
        )["entry_rank", "village_cadre"]
        for minutes in (10, 45, 90)
    }

    assert rank == {10: 3, 45: 2, 90: 1}


def test_who_enters_nothing_has_no_place_of_data_entry() -> None:
    assert ("entry_rank", "village_cadre") not in measured(regime({"form": report(on="township")}))
