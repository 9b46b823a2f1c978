"""Both engines agree with theory, and with each other to the digit."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from sim.engine.simulate import simulate
from sim.verification.system import System
from sim.verification.verify import FARTHEST, REPLICATIONS, SYSTEMS, Verdict, judge_suite, verify

CLOSE = 0.1
"""A mean that is off by this share of the expected value must be noticed."""


@cache
def verdict(name: str) -> Verdict:
    """Return the verdict of a system."""
    return next(verify(REPLICATIONS, [one for one in SYSTEMS if one.name == name]))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_a_system_has_its_known_answer_on_both_engines(system: System) -> None:
    found = verdict(system.name)

    assert found.engines_agree
    assert {one.name: one.z for one in found.quantities if not one.holds} == {}


@pytest.mark.parametrize("system", [one for one in SYSTEMS if not one.exact], ids=lambda system: system.name)
def test_a_value_that_is_a_tenth_off_would_be_noticed(system: System) -> None:
    for one in verdict(system.name).quantities:
        assert one.z is not None
        error = (one.simulated - one.expected) / one.z

        assert FARTHEST * error < CLOSE * one.expected, one.name


@pytest.mark.slow  # needs every system; workers that share the tests run the systems again
def test_the_scores_of_the_suite_look_standard_normal() -> None:
    suite = judge_suite([verdict(system.name) for system in SYSTEMS])

    assert suite.holds


def test_an_engine_that_returns_other_values_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    opening = next(one for one in SYSTEMS if one.name == "opening, 9-17 daily")

    def a_second_late(plan, *, engine):  # type: ignore[no-untyped-def]
        log = simulate(plan)
        return replace(log, start=log.start + 1) if engine == "reference" else log

    monkeypatch.setattr("sim.verification.verify.simulate", a_second_late)

    assert not next(verify(2, [opening])).engines_agree


@pytest.mark.parametrize(("deviation", "holds"), [(1, True), (3, False)])
def test_scores_that_are_too_wide_fail_the_suite(deviation: float, holds: bool) -> None:
    scores = [deviation * z for z in (-1.6, -1.1, -0.8, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.8, 1.1, 1.6)]
    found = verdict("opening, 9-17 daily")

    suite = judge_suite([replace(found, quantities=(replace(found.quantities[0], z=z),)) for z in (*scores, *scores)])

    assert suite.holds is holds
