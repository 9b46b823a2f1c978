"""Monitors and enforcement slow the erosion of other measures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sim.domain.regime import Regime
from sim.domain.rule import Enforcement, Guard, Monitor, Rule, Watch
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.regimes import demanded, inspection, plan_of, regime, report, rows_of, same_bytes

NAMES = ("monthly", "loose", "form")
MONITOR = {"lever": "monitor", "of": NAMES, "prevents": "80%", "turns_away": "60%"}
ENFORCE = {"lever": "enforce", "of": NAMES, "deters": "30%", "restores": "25%"}
CAP = {"lever": "cap_frequency", "of": "monthly", "to": "yearly", "erosion": "20%"}


def made() -> Regime:
    return regime(
        {
            "monthly": inspection(programmes=6),
            "loose": inspection(planning="ad_hoc", recurrence="20 per year"),
            "form": report(registered=False, recurrence="40 per year"),
            "listed": report(recurrence="quarterly"),
        }
    )


def pull(world: Regime, *levers: dict[str, Any]) -> Regime:
    title = {"zh": "试", "en": "trial"}
    return apply_levers(Scenario.model_validate({**dict(world), "title": title, "levers": levers}))


def visits(world: Regime, name: str) -> set[int]:
    return {row.identity for row in rows_of(plan_of(world), name, "host")}


# --- the share that a measure reaches ------------------------------------------------------------------------------


class Watcher(Guard):
    """A guard of any shares."""

    shares: Watch

    @property
    def watch(self) -> Watch:
        """Return them."""
        return self.shares


def guard(prevents: float = 0.0, restores: float = 0.0, **limits: Any) -> Guard:
    return Watcher.model_validate({"of": ("x",), "shares": Watch(prevents, restores, 0.0), **limits})


def shares(*guards: Guard, erosion: str = "10%") -> list[float]:
    rule = Rule.model_validate({"of": ("x",), "erosion": erosion})
    return [rule.share_in_month(2024, month, guards) for month in range(1, 13)]


def test_a_guard_that_does_nothing_leaves_the_erosion_as_it_is() -> None:
    assert shares(guard()) == pytest.approx(shares())
    assert shares()[11] == pytest.approx(0.9**11)


def test_what_is_prevented_does_not_creep_back() -> None:
    assert shares(guard(prevents=1.0)) == [1.0] * 12
    assert shares(guard(prevents=0.4)) == pytest.approx([0.94**k for k in range(12)])


def test_what_is_restored_settles_where_erosion_and_repair_are_equal() -> None:
    eroding = shares(guard(restores=0.5), erosion="20%")

    assert eroding[1] == pytest.approx(1 - 0.2 * 0.5)
    assert eroding[11] == pytest.approx(0.5 / (1 - 0.8 * 0.5), abs=1e-3)


def test_guards_work_in_any_order_and_from_the_day_they_begin() -> None:
    one, other = guard(prevents=0.5), guard(restores=0.3, starts=date(2024, 7, 1))

    assert shares(one, other) == pytest.approx(shares(other, one))
    assert shares(one, other)[:6] == pytest.approx(shares(one)[:6])
    assert shares(one, other)[6] > shares(one)[6]


def test_guards_do_not_watch_over_guards() -> None:
    eroding = guard(prevents=0.5, erosion="50%")

    assert eroding.share_in_month(2024, 3, (guard(prevents=1.0),)) == eroding.share_in_month(2024, 3) == 0.25


def test_the_two_levers_that_watch_say_by_how_much() -> None:
    monitor = Monitor.model_validate({"of": ("x",), "prevents": "40%", "turns_away": "60%"})
    enforcement = Enforcement.model_validate({"of": ("x",), "deters": "30%", "restores": "20%"})

    assert monitor.watch == Watch(prevents=0.4, restores=0.0, turns_away=0.6)
    assert enforcement.watch == Watch(prevents=0.3, restores=0.2, turns_away=0.3)


# --- in the plan ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", [MONITOR, ENFORCE])
def test_who_watches_keeps_more_of_the_relief_and_turns_unplanned_work_away(one: dict[str, Any]) -> None:
    capped, watched = pull(made(), CAP), pull(made(), CAP, one)

    assert visits(watched, "monthly") < visits(capped, "monthly")
    assert visits(watched, "loose") < visits(capped, "loose")
    assert demanded(plan_of(watched), "form") < demanded(plan_of(capped), "form")
    assert len(rows_of(plan_of(watched), "listed", "fill")) == len(rows_of(plan_of(capped), "listed", "fill"))


def test_the_order_of_levers_does_not_matter() -> None:
    assert same_bytes(plan_of(pull(made(), CAP, MONITOR, ENFORCE)), plan_of(pull(made(), ENFORCE, MONITOR, CAP)))


@pytest.mark.parametrize("one", [MONITOR, ENFORCE])
def test_at_strength_zero_nobody_watches(one: dict[str, Any]) -> None:
    assert pull(made(), CAP, {**one, "strength": 0.0}) == pull(made(), CAP)


def test_without_other_measures_only_unplanned_work_changes() -> None:
    watched = pull(made(), MONITOR)

    assert visits(watched, "monthly") == visits(made(), "monthly")
    assert len(visits(watched, "loose")) == pytest.approx(0.4 * len(visits(made(), "loose")), abs=8)
