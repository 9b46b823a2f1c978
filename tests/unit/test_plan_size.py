"""A plan too large for the memory is refused before anything is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.files.scenario import read_scenario
from sim.plan.year import plan_year

SMALL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "base" / "small.yaml"


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ("obligations.county_inspection.programmes=1000000000", "obligations.county_inspection"),
        ("organisation.units.village.count=1000000000", "organisation.units.village.count"),
        ("organisation.units.village.posts.member.headcount=1000000000", "organisation.units.village.count"),
    ],
)
def test_absurd_numbers_are_named_and_refused(setting: str, key: str) -> None:
    regime = read_scenario(SMALL, [setting]).regime

    with pytest.raises(ScenarioError, match="can be simulated") as found:
        plan_year(regime, 1, 0)

    assert key in {problem.key for problem in found.value.problems}
