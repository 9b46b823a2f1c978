"""Several years in a row: requirements creep back, and the relief that is left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.experiment.horizon import in_year, retention, successive_years
from sim.experiment.options import RunOptions
from sim.files.scenario import read_scenario
from sim.study import compare_scenarios

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"
OPTIONS = RunOptions(replications=2, jobs=1, only=("cap_frequency",))


def relief(erosion: str) -> list[float]:
    before = read_scenario(PLACE / "before.yaml")
    after = read_scenario(PLACE / "after.yaml", [f"levers[cap_frequency].erosion={erosion}"])
    years = [compare_scenarios(*pair, OPTIONS) for pair in successive_years(before, after, 2)]
    found = [year.row("visits_received", "village_cadre") for year in years]
    return [row.difference for row in found if row is not None]


@pytest.mark.slow
def test_a_relief_that_does_not_erode_is_there_in_the_second_year() -> None:
    first, second = relief("0%")

    assert first < 0
    assert second == pytest.approx(first, rel=0.1)


@pytest.mark.slow
def test_a_relief_that_erodes_by_a_tenth_each_month_is_mostly_gone_in_the_second_year() -> None:
    first, second = relief("10%")

    assert first < 0
    assert first < second < 0
    assert second / first < 0.6


@pytest.mark.slow
def test_the_first_year_is_the_comparison_itself() -> None:
    before, after = read_scenario(PLACE / "before.yaml"), read_scenario(PLACE / "after.yaml")

    (pair,) = successive_years(before, after, 1)
    year = compare_scenarios(*pair, OPTIONS)

    assert pair == (before, after)
    assert [kept.retention for kept in retention([year])] == [1.0]


def test_levers_are_in_force_since_the_first_year() -> None:
    after = read_scenario(PLACE / "after.yaml")

    later = in_year(after, 2026)

    assert later.calendar.year == 2026
    assert {lever.starts for lever in later.levers} == {date(2024, 1, 1)}


def test_a_year_without_known_holidays_is_refused() -> None:
    with pytest.raises(UsageError, match="2031"):
        in_year(read_scenario(PLACE / "after.yaml"), 2031)
