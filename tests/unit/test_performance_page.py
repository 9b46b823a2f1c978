"""The page on speed agrees with the measurements, and the libraries that it names can be installed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from tests.benchmarks.contenders import LIBRARIES
from tests.benchmarks.gates import PACE, Gate, in_time, slowness
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


def test_the_verdict_on_seconds_is_on_what_was_found_here_whatever_the_pace() -> None:
    found = in_time("county", 3, "s", 4.0, slowness(2 * PACE), "6 activities")

    assert (found.verdict, found.note) == ("MISS", "6 activities, 2.00 s at the pace of the goal")
    assert in_time("county", 3, "s", None, 1.0).verdict == "not measured"
