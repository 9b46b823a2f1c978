"""Looks: the chance that a visit sees a problem, by topic, by notice, and by the items checked together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.contract.setting import Problems
from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.metrics.measure import measure
from sim.plan.rows.looks import chance_of_seeing
from sim.scenario.apply import apply_levers
from sim.scenario.references import find_broken
from sim.scenario.scenario import Scenario
from tests.enterprises import check, with_enterprises
from tests.regimes import inspection, label, plan_of, problem, regime, units

SIGHTS = np.array([0.3, 0.1, 0.5])


def together(sight: Any, blind: float) -> float:
    sight = np.asarray(sight)
    return float(chance_of_seeing(sight, np.zeros(len(sight), dtype=np.int64), 1, blind)[0])


def problems_of(made: Regime) -> Problems:
    setting = plan_of(made).setting
    assert setting is not None
    return setting.problems


def hits(made: Regime) -> set[tuple[int, int]]:
    found = problems_of(made)
    return set(zip(found.hit_problem.tolist(), found.hit_row.tolist(), strict=True))


def test_independent_looks_miss_a_problem_only_if_each_of_them_misses_it() -> None:
    assert together(SIGHTS, 0) == pytest.approx(1 - 0.7 * 0.9 * 0.5)


def test_looks_that_are_one_look_see_as_much_as_the_best_of_them() -> None:
    assert together(SIGHTS, 1) == 0.5


@pytest.mark.parametrize("blind", [0.0, 0.3, 1.0])
def test_a_visit_sees_no_less_with_a_sharper_item_or_one_item_more(blind: float) -> None:
    sharper, more = SIGHTS + np.array([0.0, 0.2, 0.0]), np.append(SIGHTS, 0.2)

    assert together(SIGHTS, blind) <= together(sharper, blind)
    assert together(SIGHTS, blind) <= together(more, blind)
    assert together(0.5 * SIGHTS, blind) < together(SIGHTS, blind), "half of the visitors"


def test_one_look_alone_does_not_depend_on_the_correlation_of_looks() -> None:
    assert {round(together([0.3], blind), 12) for blind in (0.0, 0.4, 1.0)} == {0.3}


def test_a_visit_without_looks_sees_nothing() -> None:
    nobody = np.zeros(0)

    assert chance_of_seeing(nobody, nobody.astype(np.int64), 2, 0.5).tolist() == [0, 0]


def test_an_item_sees_problems_of_its_topic_only() -> None:
    made = regime(
        {"fires": inspection(sight="100%", looks_for=("fire",)), "all": inspection(sight="100%")},
        {"fire": problem(topic="fire"), "quarrel": problem(topic="quarrel"), "other": problem()},
    )
    only_fires = made.replace(obligations={"fires": made.obligations["fires"]})
    found = problems_of(only_fires)

    assert {found.streams[stream] for stream in found.stream[found.hit_problem]} == {"fire"}
    assert {problems_of(made).streams[one] for one in problems_of(made).stream[problems_of(made).hit_problem]} == {
        "fire",
        "quarrel",
        "other",
    }


def test_without_inspections_of_a_topic_only_patrol_and_residents_find_its_problems() -> None:
    inspections = {"fires": inspection(sight="50%", looks_for=("fire",)), "other": inspection(looks_for=("quarrel",))}
    demand = {"fire": problem(topic="fire"), "quarrel": problem(topic="quarrel", rate="0 per year")}
    made = regime(inspections, demand)
    left = made.replace(obligations={"other": made.obligations["other"]})

    def shares(chosen: Regime) -> list[float]:
        plan = plan_of(chosen)
        values = measure(plan, simulate(plan)).values
        return [values[f"found_by_{way}", "all"] for way in ("inspection", "patrol", "residents")]

    before, after = shares(made), shares(left)
    assert before[0] > 0 == after[0]
    assert after[1] > 0 < after[2]


def test_a_joint_visit_looks_for_the_topics_of_all_its_items() -> None:
    inspections = {
        name: inspection(sight="100%", looks_for=(topic,)) for name, topic in (("f", "fire"), ("q", "quarrel"))
    }
    made = regime(inspections, {"fire": problem(topic="fire"), "quarrel": problem(topic="quarrel")})
    lever = {"lever": "one_team", "of": ("f", "q"), "marginal_hosting": "40%", "shared_preparation": "50%", "team": 6}
    joint = apply_levers(Scenario.model_validate({**dict(made), "title": label("joint"), "levers": (lever,)}))
    rows: dict[str, set[int]] = {}
    found = problems_of(joint)
    for place, row in hits(joint):
        rows.setdefault(found.streams[found.stream[place]], set()).add(row)

    assert rows["fire"] & rows["quarrel"]


def test_an_announced_visit_does_not_see_what_the_unit_hides_and_an_unannounced_one_does() -> None:
    def seen(hidden: str, notice: str) -> set[tuple[int, int]]:
        return hits(regime({"i": inspection(sight="60%", notice=notice)}, {"p": problem(hidden=hidden)}))

    none, some, everything = (seen(hidden, "5 workdays") for hidden in ("0%", "40%", "100%"))
    assert everything == set() < some < none
    assert len(some) / len(none) == pytest.approx(0.6, abs=0.15)
    assert len(seen("40%", "same day")) == len(seen("0%", "same day")) > len(some)


def test_hiding_and_looking_elsewhere_change_no_problem() -> None:
    plain = problems_of(regime({"i": inspection()}, {"p": problem()}))
    hiding = problems_of(regime({"i": inspection(sight="30%")}, {"p": problem(hidden="50%", topic="fire")}))

    for column in ("unit", "onset", "patrol", "report"):
        assert np.array_equal(getattr(plain, column), getattr(hiding, column)), column


def test_checks_of_firms_look_for_their_topic_too() -> None:
    def seen(topic: str) -> set[tuple[int, int]]:
        demand = {
            "p": problem(on="enterprise", topic=topic),
            "q": problem(on="enterprise", topic="fire", rate="0.1 per year"),
        }
        made = regime({"c": check(sight="50%", looks_for=("fire",))}, demand, organisation=with_enterprises(20))
        found = problems_of(made)
        return {pair for pair in hits(made) if found.streams[found.stream[pair[0]]] == "p"}

    assert seen("fire")
    assert not seen("noise")


def test_an_unknown_topic_is_refused_with_the_topics_that_exist() -> None:
    made = regime({"i": inspection(looks_for=("fire", "noise"))}, {"p": problem(topic="fire")}, organisation=units())
    scenario = Scenario.model_validate({**dict(made), "title": label("unknown topic")})

    (broken,) = find_broken(scenario)

    assert broken.path == ("obligations", "i", "looks_for", 1)
    assert "noise" in broken.en
    assert "noise" in broken.zh
    assert "fire" in broken.allowed
