"""Residents' matters and real problems in the plan: kinds, directories, and the visits that find a problem."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.domain.demand import Directory
from sim.domain.regime import Regime
from sim.plan.demand.requests import kinds_of
from tests.regimes import HOUR, MINUTE, by_identity, inspection, plan_of, problem, regime, request, rows_of, units


def with_directory(
    made: Regime, kinds: int, kept: str = "by_chance", moves_to: str | None = None, **changes: Any
) -> Regime:
    """Return the regime in which only some kinds of `r` are still on the list."""
    listed = Directory.model_validate(
        {
            "kinds": kinds,
            "kept": kept,
            "moves_to": moves_to,
            "still_come": changes.pop("still_come", "50%"),
            "refusal": "5 min",
            "of": ("r",),
            **changes,
        }
    )
    return made.replace(demand={"r": made.demand["r"].replace(directory=listed)})


def usual(**changes: Any) -> Regime:
    return regime(demand={"r": request(handling="lognormal(mean=30 min, cv=0.5)", **changes)})


def test_matters_arrive_at_their_rate_with_their_patience() -> None:
    made = regime(demand={"r": request()}, organisation=units(villages=20))
    rows = rows_of(plan_of(made), "r")

    assert len(rows) / (20 * 365 / 7 * 10) == pytest.approx(1.0, abs=0.03)
    assert {(row.patience, row.issuer, row.category, row.effort) for row in rows} == {
        (3 * 86_400, None, "service", 30 * MINUTE)
    }


def test_use_is_spread_over_kinds_as_the_exponent_says() -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    share = np.bincount(kinds_of(u, 5, 1.0), minlength=5) / len(u)

    assert share == pytest.approx(np.array([60, 30, 20, 15, 12]) / 137, abs=1e-4)
    assert np.bincount(kinds_of(u, 4, 0.0)).tolist() == [50_000] * 4


def test_listed_matters_stay_as_they_were() -> None:
    before = by_identity(rows_of(plan_of(usual()), "r"))
    plan = plan_of(with_directory(usual(), 10))

    for row in rows_of(plan, "r", "handle"):
        assert (row.release, row.effort) == (before[row.identity].release, before[row.identity].effort)


@pytest.mark.parametrize(("kept", "share"), [("most_used", 0.685), ("least_used", 0.068)])
def test_which_kinds_stay_decides_how_much_stays(kept: str, share: float) -> None:
    before = rows_of(plan_of(usual()), "r")
    after = rows_of(plan_of(with_directory(usual(), 10, kept, still_come="0%")), "r")

    assert len(after) / len(before) == pytest.approx(share, abs=0.04), "harmonic sums: H(10) of H(40), and the tail"


def test_a_longer_list_keeps_what_a_shorter_one_keeps() -> None:
    kept = [
        {row.identity for row in rows_of(plan_of(with_directory(usual(), kinds)), "r", "handle")}
        for kinds in (5, 20, 39, 40)
    ]

    assert kept[0] < kept[1] < kept[2] < kept[3]
    assert len(kept[3]) == len(rows_of(plan_of(usual()), "r"))


def test_a_matter_that_moves_is_handled_by_the_other_unit_in_the_same_time() -> None:
    before = rows_of(plan_of(usual()), "r")
    after = rows_of(plan_of(with_directory(usual(), 10, moves_to="township")), "r", "handle")
    there = [row for row in after if row.unit.endswith("township.01")]

    assert there
    assert sorted((row.release, row.effort) for row in after) == sorted((row.release, row.effort) for row in before)
    assert {row.patience for row in there} == {3 * 86_400}


def test_matters_that_move_to_departments_are_shared_by_kind() -> None:
    after = rows_of(plan_of(with_directory(usual(), 10, moves_to="department")), "r", "handle")

    assert len({row.unit for row in after if "department" in row.unit}) == 3


def test_some_of_those_sent_on_still_come_and_are_told_in_a_few_minutes() -> None:
    before = len(rows_of(plan_of(usual()), "r"))
    plan = plan_of(with_directory(usual(), 10, still_come="40%"))
    refused, handled = rows_of(plan, "r", "refuse"), rows_of(plan, "r", "handle")

    assert len(refused) / (before - len(handled)) == pytest.approx(0.4, abs=0.07)
    assert {row.effort for row in refused} == {5 * MINUTE}


def test_a_directory_that_few_keep_to_changes_little() -> None:
    handled = [
        {row.identity for row in rows_of(plan_of(with_directory(usual(), 10, compliance=share)), "r", "handle")}
        for share in ("0%", "30%", "100%")
    ]

    assert len(handled[0]) == len(rows_of(plan_of(usual()), "r"))
    assert handled[0] > handled[1] > handled[2]


# --- real problems --------------------------------------------------------------------------------------------------


def test_problems_arise_at_their_rate_and_half_of_them_are_reported_after_two_days() -> None:
    made = regime(demand={"p": problem()}, organisation=units(villages=40))
    problems = plan_of(made).setting.problems  # type: ignore[union-attr]

    assert len(problems.unit) / (40 * 50) == pytest.approx(1.0, abs=0.05)
    told = problems.report >= 0
    assert told.mean() == pytest.approx(0.5, abs=0.04)
    assert np.all(problems.report[told] == problems.onset[told] + 48 * HOUR)
    assert problems.patrol.mean() / HOUR == pytest.approx(20, rel=0.06)
    assert np.mean(problems.patrol > 20 * HOUR) == pytest.approx(np.exp(-1), abs=0.03)


def test_a_problem_is_seen_by_visits_of_its_own_unit_after_it_arose() -> None:
    made = regime({"i": inspection(sight="100%")}, {"p": problem()})
    plan = plan_of(made)
    problems = plan.setting.problems  # type: ignore[union-attr]
    hosted = rows_of(plan, "i", "host")
    expected = {
        (place, row.row)
        for place in range(len(problems.unit))
        for row in hosted
        if plan.activities.unit[row.row] == problems.unit[place] and row.start >= problems.onset[place]
    }

    assert set(zip(problems.hit_problem.tolist(), problems.hit_row.tolist(), strict=True)) == expected


def test_each_visit_sees_a_problem_with_its_chance() -> None:
    made = regime({"i": inspection(programmes=5, sight="12%")}, {"p": problem(rate="200 per year")})
    blind = made.replace(obligations={"i": made.obligations["i"].replace(sight="100%")})
    few, all_visits = (len(plan_of(m).setting.problems.hit_row) for m in (made, blind))  # type: ignore[union-attr]

    assert few / all_visits == pytest.approx(0.12, abs=0.01)


def test_who_looks_more_closely_sees_what_others_see_and_more() -> None:
    def seen(share: str) -> set[tuple[int, int]]:
        made = regime({"i": inspection(sight=share)}, {"p": problem()})
        problems = plan_of(made).setting.problems  # type: ignore[union-attr]
        return set(zip(problems.hit_problem.tolist(), problems.hit_row.tolist(), strict=True))

    assert seen("5%") < seen("20%") < seen("60%")


def test_two_streams_of_problems_are_not_seen_by_the_same_luck() -> None:
    made = regime(
        {"i": inspection(programmes=10, sight="50%")},
        {"a": problem(), "b": problem()},
        organisation=units(villages=1),
    )
    plan = plan_of(made)
    problems = plan.setting.problems  # type: ignore[union-attr]
    seen = set(zip(problems.hit_problem.tolist(), problems.hit_row.tolist(), strict=True))
    second_stream = int(np.flatnonzero(np.diff(problems.onset) < 0)[0]) + 1
    alike = [
        ((place, row.row) in seen) == ((second_stream + place, row.row) in seen)
        for place in range(min(second_stream, len(problems.onset) - second_stream))
        for row in rows_of(plan, "i", "host")
        if row.start > max(problems.onset[place], problems.onset[second_stream + place])
    ]

    assert sum(alike) / len(alike) == pytest.approx(0.5, abs=0.05)


def test_an_obligation_and_a_stream_may_have_the_same_name() -> None:
    plan = plan_of(regime({"x": inspection()}, {"x": request()}))
    assert plan.setting is not None

    assert {name for name in plan.setting.obligations if name.endswith(".x")} == {"obligations.x", "demand.x"}
