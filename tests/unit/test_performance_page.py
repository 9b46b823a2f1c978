"""The page on speed says what was measured, and the libraries it names can be installed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from tests.benchmarks.contenders import LIBRARIES
from tests.benchmarks.gates import Gate
from tests.benchmarks.page import MEASURED, PAGE, PICTURE, in_words

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_the_record_gives() -> None:
    gates, cost = (json.loads((MEASURED / f"{name}.json").read_text("utf-8")) for name in ("gates", "cost"))

    assert PAGE.read_text("utf-8") == in_words(gates, cost)
    assert PICTURE.exists()


def test_every_library_is_in_the_group_and_in_the_lock() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    locked = (ROOT / "requirements.bench.lock").read_text("utf-8")

    for package in set(LIBRARIES.values()) - {"simpy"}:
        assert any(entry.startswith(package) for entry in groups["bench"])
        assert f"\n{package}==" in locked


def test_a_goal_is_reached_at_its_very_value_and_missed_beyond() -> None:
    def verdict(value: float | None, *, at_least: bool) -> str:
        return Gate("speed", 5, at_least, "x", value).verdict

    assert [verdict(value, at_least=True) for value in (4.9, 5, 5.1, None)] == ["MISS", "pass", "pass", "not measured"]
    assert [verdict(value, at_least=False) for value in (4.9, 5, 5.1)] == ["pass", "pass", "MISS"]
