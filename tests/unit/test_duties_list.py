"""Duties of many kinds: few are used; the cost of unused kinds; the effect of the three sheets."""

from __future__ import annotations

from typing import Any

import pytest

from sim.domain.regime import Regime
from sim.errors import ScenarioError
from sim.levers.table import LEVERS
from tests.regimes import HOUR, by_identity, demanded, plan_of, regime, rows_of, same_bytes, units

ALL_DEPARTMENTS = units(department={"represents": 1})
STANDING = ("routine", "fill", "attend")


def listed(**changes: Any) -> Regime:
    usual = {"kind": "listed_duties", "issuer": "department", "on": "township", "recurrence": "1000 per year"}
    of_kinds = {"kinds": 400, "lines": 11, "concentration": 1.6, "effort": "lognormal(mean=5 h, cv=0.7)"}
    times = {"standby": "10 min", "training": "1 h", "reporting": "6 min"}
    return regime({"d": {**usual, **of_kinds, **times, **changes}}, organisation=ALL_DEPARTMENTS)


def sheets(made: Regime, **changes: Any) -> Regime:
    usual = {"lever": "duties_list", "of": ("d",), "basic": 40, "assisting": 0, "reclaimed": 360}
    rest = {"by_use": "most_used", "done_above": "50%", "leakage": "0%"}
    return LEVERS["duties_list"].model_validate({**usual, **rest, **changes}).apply(made)


def hours(made: Regime, unit: str, *parts: str) -> float:
    return sum(demanded(plan_of(made), "d", part, unit) for part in parts)


def test_most_cases_are_of_few_kinds() -> None:
    """The first of eleven lines has nine in ten cases, as counted in one place."""
    whole = len(rows_of(plan_of(listed()), "d", "handle", "township.01"))
    first_line = len(rows_of(plan_of(sheets(listed(), basic=37, reclaimed=363)), "d", "handle", "township.01"))

    assert whole == pytest.approx(1000, rel=0.08)
    assert 0.88 < first_line / whole < 0.96


def test_taking_back_the_unused_saves_few_cases_and_much_standing_work() -> None:
    before, after = listed(), sheets(listed())

    cases = hours(after, "township.01", "handle") / hours(before, "township.01", "handle")
    standing = hours(after, "township.01", *STANDING) / hours(before, "township.01", *STANDING)

    assert cases > 0.9
    assert standing == pytest.approx(0.1), "forty of four hundred kinds stay"


def test_cases_taken_back_are_done_by_a_department_with_the_effort_they_always_had() -> None:
    before, after = (by_identity(rows_of(plan_of(made), "d", "handle")) for made in (listed(), sheets(listed())))
    at_township = {key: row for key, row in after.items() if "township" in row.unit}
    moved = [row for row in after.values() if "department" in row.unit]
    gone = [row for key, row in before.items() if key not in at_township]

    assert at_township.items() <= before.items() or all(
        before[key].effort == row.effort for key, row in at_township.items()
    )
    assert sorted((row.release, row.effort) for row in moved) == sorted((row.release, row.effort) for row in gone)


def test_a_department_is_ready_once_for_what_every_township_was_ready_for() -> None:
    def everywhere(townships: int) -> Regime:
        organisation = units(department={"represents": 1}, township={"count": townships})
        return sheets(regime({"d": listed().obligations["d"].model_dump()}, organisation=organisation))

    one, five = (hours(everywhere(count), "", "routine") for count in (1, 5))

    assert five - one == pytest.approx(4 * 40 * 12 / 6), "ten minutes a month for forty kinds, in four more townships"


def test_an_assisting_duty_is_shared() -> None:
    made = sheets(listed(), basic=0, assisting=400, reclaimed=0, done_above="30%")
    whole = hours(listed(), "township.01", "handle")

    assert hours(made, "township.01", "handle") == pytest.approx(0.7 * whole, rel=1e-3)
    assert hours(made, "", "handle") == pytest.approx(whole)
    assert hours(made, "township.01", "routine") == pytest.approx(
        0.7 * hours(listed(), "township.01", "routine"), rel=1e-3
    )


def test_what_leaks_stays_below_and_more_leakage_keeps_more_of_the_same() -> None:
    kept = [
        {
            row.identity
            for row in rows_of(
                plan_of(sheets(listed(), basic=0, reclaimed=400, leakage=share)), "d", "handle", "township.01"
            )
        }
        for share in ("0%", "20%", "60%", "100%")
    ]

    assert kept[0] == set()
    assert kept[0] < kept[1] < kept[2] < kept[3]


def test_kinds_are_not_volume() -> None:
    least = sheets(listed(), by_use="least_used")

    assert hours(least, "township.01", "handle") < 0.1 * hours(listed(), "township.01", "handle")
    assert hours(least, "township.01", *STANDING) == pytest.approx(hours(sheets(listed()), "township.01", *STANDING))


def test_a_measure_of_no_strength_changes_no_byte() -> None:
    assert same_bytes(plan_of(listed()), plan_of(sheets(listed(), strength=0.0)))


def test_more_strength_never_adds_hours_to_the_township() -> None:
    found = [hours(sheets(listed(), strength=s), "township.01", "handle", *STANDING) for s in (0.0, 0.3, 0.6, 1.0)]

    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


def test_what_creeps_back_comes_kind_by_kind() -> None:
    eroding = sheets(listed(), erosion="10%")
    months = [
        row.effort for row in sorted(rows_of(plan_of(eroding), "d", "routine", "township.01"), key=lambda r: r.release)
    ]

    assert sum(months[:11]) < sum(months[-11:])
    assert hours(eroding, "township.01", "handle") >= hours(sheets(listed()), "township.01", "handle")


def test_sheets_that_do_not_hold_every_kind_are_refused() -> None:
    with pytest.raises(ScenarioError, match="sheets"):
        sheets(listed(), reclaimed=300)


def test_standing_work_is_kinds_times_time() -> None:
    plan = plan_of(listed())

    assert demanded(plan, "d", "routine") == pytest.approx(400 * 12 / 6)
    assert demanded(plan, "d", "attend") == pytest.approx(400)
    assert demanded(plan, "d", "fill") == pytest.approx(400 * 4 * 360 / HOUR)
