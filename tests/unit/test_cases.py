"""Cases that a planner can check by hand: what one measure leaves of what is demanded in a small county."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sim.levers.apply import apply_levers
from sim.levers.scenario import Scenario
from tests.regimes import demanded, plan_of, regime, rows_of

FOLDER = Path(__file__).parents[1] / "cases"


def read_cases() -> list[tuple[str, dict[str, Any]]]:
    return [(path.stem, case) for path in sorted(FOLDER.glob("*.yaml")) for case in tuples(YAML(typ="safe").load(path))]


def tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: tuples(below) for key, below in value.items()}
    return tuple(tuples(below) for below in value) if isinstance(value, list) else value


CASES = read_cases()


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{file}: {case['en']}" for file, case in CASES])
def test_the_measure_leaves_what_the_case_says(case: dict[str, Any]) -> None:
    made = regime(case.get("obligations", {}), case.get("demand", {}))
    scenario = Scenario.model_validate(
        {**dict(made), "title": {"zh": case["zh"], "en": case["en"]}, "levers": case["levers"]}
    )
    plans = [plan_of(made), plan_of(apply_levers(scenario))]
    near = float(case.get("within", "0%").rstrip("%")) / 100

    for place, (hours_before, hours_after) in case.get("hours", {}).items():
        found = [demanded(plan, *where(place)) for plan in plans]
        assert found == pytest.approx([hours_before, hours_after], rel=near or 1e-6), place
    for place, counts in case.get("counted", {}).items():
        assert tuple(len(rows_of(plan, *where(place))) for plan in plans) == counts, place


def where(place: str) -> tuple[str, str, str | None]:
    """Read `obligation/part@unit type`."""
    name, _, rest = place.partition("/")
    part, _, unit = rest.partition("@")
    return name, part, unit or None


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{file}: {case['en']}" for file, case in CASES])
def test_a_case_says_something(case: dict[str, Any]) -> None:
    assert case.get("hours") or case.get("counted")
    assert {"zh", "en", "levers"} <= case.keys()


def test_a_file_has_cases_of_the_lever_it_is_named_after() -> None:
    assert all(lever["lever"] == file for file, case in CASES for lever in case["levers"])
