"""Replications continue until the difference is precise enough, with a lower and an upper limit on their number."""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from sim.errors import UsageError
from sim.experiment.intervals import paired_interval
from sim.experiment.options import RunOptions
from sim.experiment.precision import FIRST_LOOK, Goal, Watch, judge, next_look, until_precise
from sim.experiment.replicate import replicate
from sim.study import read, study

Year = tuple[float, float]


def years(difference: float, spread: float, seed: int = 0) -> Generator[Year]:
    rng = np.random.default_rng(seed)
    while True:
        before = rng.normal(40, 3)
        yield before, before + rng.normal(difference, spread)


def both(year: Year) -> Year:
    return year


def run(source: Generator[Year], goal: Goal) -> tuple[list[Year], Watch]:
    watch = Watch(goal)
    return list(until_precise(source, both, watch)), watch


def test_it_stops_once_the_half_width_is_the_wanted_share_of_the_difference() -> None:
    found, watch = run(years(-4, 1), Goal(share=0.05))

    interval = paired_interval(*np.array(found).T)
    assert watch.verdict.reason == "precise"
    assert watch.verdict.replications == len(found)
    assert interval.half_width == watch.verdict.half_width
    assert interval.half_width <= 0.05 * abs(interval.middle)


def test_the_look_before_was_not_precise_enough() -> None:
    found, watch = run(years(-4, 1), Goal(share=0.05))

    looks = [FIRST_LOOK]
    while looks[-1] < len(found):
        looks.append(next_look(looks[-1]))
    earlier = judge(*(list(side) for side in zip(*found[: looks[-2]], strict=True)), watch.goal)
    assert looks[-1] == len(found)
    assert earlier.reason == "more"


def test_a_finer_goal_takes_more_years() -> None:
    coarse, _ = run(years(-4, 1), Goal(share=0.1))
    fine, _ = run(years(-4, 1), Goal(share=0.02))

    assert len(coarse) < len(fine)


@pytest.mark.parametrize("spread", [0.0, 1e-9])
def test_it_never_stops_before_ten(spread: float) -> None:
    found, watch = run(years(-4, spread), Goal(share=0.5))

    assert len(found) == 10
    assert watch.verdict.reason == "precise"


def test_a_change_that_cannot_be_told_from_none_ends_when_it_must_be_small() -> None:
    found, watch = run(years(0, 2), Goal(share=0.02))

    interval = paired_interval(*np.array(found).T)
    assert watch.verdict.reason == "small"
    assert interval.holds_zero
    assert interval.half_width <= 0.02 * 40 * 1.05


def test_no_change_at_all_ends_at_the_first_look() -> None:
    found, watch = run(years(0, 0), Goal(share=0.02))

    assert (len(found), watch.verdict.reason) == (10, "small")


@pytest.mark.parametrize("most", [1, 7, 10, 12, 33])
def test_it_stops_at_the_limit_and_says_so(most: int) -> None:
    found, watch = run(years(-1, 30), Goal(share=0.001, most=most))

    assert (len(found), watch.verdict.reason) == (most, "limit")


def test_years_in_which_the_outcome_is_not_known_do_not_count_as_looks() -> None:
    nothing = [float("nan")] * 6

    verdict = judge([1.0] * 6 + nothing, [0.0] * 6 + nothing, Goal(share=0.02, most=1_000))

    assert verdict.reason == "more"
    assert judge([1.0] * 10 + nothing, [0.0] * 10 + nothing, Goal(share=0.02)).reason == "precise"


@pytest.mark.parametrize(("known", "reason"), [(0, "unknown"), (4, "unknown"), (5, "more"), (10, "precise")])
def test_an_outcome_that_most_years_do_not_know_ends_the_run_at_the_first_look(known: int, reason: str) -> None:
    nothing = [float("nan")] * (10 - known)

    assert judge([1.0] * known + nothing, [0.0] * known + nothing, Goal(share=0.02)).reason == reason


@pytest.mark.slow
def test_the_run_stops_at_the_first_look_and_names_the_unknown_outcome(tmp_path: Path) -> None:
    base = Path(__file__).parents[1] / "fixtures" / "scenarios"
    copytree(base / "base", tmp_path / "scenarios" / "base")
    nobody = tmp_path / "scenarios" / "nobody.yaml"
    nobody.write_text(
        "title: {zh: 无, en: none}\nextends: base/small.yaml\ndemand: {~certificates: }\n"
        "run: {primary: wait_mean, primary_scope: all}\n",
        encoding="utf-8",
    )
    scenario = read(nobody)

    with pytest.raises(UsageError, match=r"wait_mean\[all\].*most of 10 simulated years"):
        study(scenario, scenario, RunOptions(precision=0.01, jobs=1))


def test_looks_come_at_least_five_apart_and_further_and_further() -> None:
    looks = [next_look(0)]
    while looks[-1] < 1_000:
        looks.append(next_look(looks[-1]))

    steps = [later - earlier for earlier, later in pairwise(looks)]
    assert looks[:6] == [10, 15, 20, 25, 31, 38]
    assert steps == sorted(steps)
    assert len(looks) < 30


def test_the_source_is_closed_so_that_workers_stop() -> None:
    source = years(-4, 0)

    run(source, Goal(share=0.02))

    assert list(source) == []


def keyed_year(replication: int) -> Year:
    rng = np.random.default_rng([11, replication])
    return 40.0, 40.0 + rng.normal(-4, 1)


@pytest.mark.slow
def test_the_number_of_years_does_not_depend_on_the_number_of_workers() -> None:
    goal = Goal(share=0.08, most=500)
    lengths = []
    for jobs in (1, 2):
        found = list(until_precise(replicate(keyed_year, range(goal.most), jobs=jobs), both, Watch(goal)))
        lengths.append((len(found), found[-1]))

    assert lengths[0] == lengths[1]
    assert 10 < lengths[0][0] < 500


def test_looking_repeatedly_costs_little_coverage() -> None:
    """Stopping at a short interval lowers its coverage a little: of 200 studies at least 90 % contain the truth."""
    inside = 0
    for seed in range(200):
        found, _ = run(years(-4, 2, seed), Goal(share=0.15))
        interval = paired_interval(*np.array(found).T)
        inside += interval.low <= -4 <= interval.high

    assert inside / 200 >= 0.9
