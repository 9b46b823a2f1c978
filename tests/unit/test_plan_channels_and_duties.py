"""Chat groups, check-ins and duties in the plan: identity is the person and the day."""

import pytest

from sim.domain.calendar import working_days
from tests.regimes import DAY, HOUR, MINUTE, channel, check_in, duty, plan_of, regime, rows_of, units

VILLAGE_CADRES = 6


def days_worked() -> list[int]:
    made = regime()
    return list(working_days(made.calendar.shifts["office"], made.calendar.year))


def test_every_cadre_goes_through_the_groups_each_time_of_every_working_day() -> None:
    rows = rows_of(plan_of(regime({"c": channel(notices=0, groups=4, switching="3 s")})), "c")

    assert len(rows) == VILLAGE_CADRES * len(days_worked()) * 2
    assert {row.effort for row in rows} == {4 * 3}
    assert all(len(row.team) == 1 for row in rows)
    assert sorted({row.day for row in rows}) == days_worked()


def test_the_first_look_is_in_the_first_half_of_the_day_and_all_are_due_by_its_end() -> None:
    rows = rows_of(plan_of(regime({"c": channel(checks=2)})), "c")
    early = sum(row.release % DAY < 12 * HOUR for row in rows)

    assert early == len(rows) // 2
    assert all(row.due == row.day * DAY + 18 * HOUR for row in rows)


def test_duplicates_in_other_groups_are_read_again() -> None:
    alone, twice = (
        sum(row.effort for row in rows_of(plan_of(regime({"c": channel(duplicates=share, groups=0)})), "c"))
        for share in ("0%", "100%")
    )

    assert twice / alone == pytest.approx(2.0, rel=0.03)


def test_the_messages_of_a_day_are_spread_over_the_looks() -> None:
    once, thrice = (
        sum(row.effort for row in rows_of(plan_of(regime({"c": channel(checks=checks, groups=0)})), "c"))
        for checks in (1, 3)
    )

    assert thrice / once == pytest.approx(1.0, rel=0.03)


def test_groups_that_are_never_looked_at_cost_nothing() -> None:
    assert rows_of(plan_of(regime({"c": channel(checks=0)})), "c") == []


def test_only_those_who_have_to_use_the_app_check_in_and_they_do_every_day() -> None:
    made = regime({"a": check_in(present="50%")}, organisation=units(villages=40))
    rows = rows_of(plan_of(made), "a")
    users = {row.team for row in rows}

    assert len(rows) == len(users) * len(days_worked())
    assert len(users) / (40 * 3) == pytest.approx(0.5, abs=0.12)
    assert {row.effort for row in rows} == {3 * 2 * MINUTE}


def test_a_weekly_check_in_comes_once_a_week() -> None:
    rows = rows_of(plan_of(regime({"a": check_in(recurrence="weekly")})), "a")

    weeks = {(row.team, row.day // 7) for row in rows}

    assert len(rows) == len(weeks) == VILLAGE_CADRES * 53, (
        "1 January 2024 is a Monday; no week is without a working day"
    )


def test_a_duty_of_the_unit_is_done_once_and_one_of_each_cadre_by_each() -> None:
    unit_rows = rows_of(plan_of(regime({"d": duty(recurrence="monthly")})), "d")
    cadre_rows = rows_of(plan_of(regime({"d": duty(recurrence="monthly", per_cadre=True)})), "d")

    assert len(unit_rows) == 2 * 12
    assert {len(row.team) for row in unit_rows} == {3}
    assert len(cadre_rows) == VILLAGE_CADRES * 12
    assert {len(row.team) for row in cadre_rows} == {1}


def test_a_turn_with_a_fixed_start_begins_then() -> None:
    rows = rows_of(plan_of(regime({"d": duty(recurrence="weekly", at="19:00", seats=2)})), "d")

    assert {row.start % DAY for row in rows} == {19 * HOUR}
    assert {row.seats for row in rows} == {2}


def test_a_turn_of_each_cadre_wants_one_seat() -> None:
    rows = rows_of(plan_of(regime({"d": duty(recurrence="weekly", at="19:00", seats=2, per_cadre=True)})), "d")

    assert {row.seats for row in rows} == {1}


def test_time_of_a_duty_counts_as_its_category_says() -> None:
    plan = plan_of(regime({"d": duty(category="service"), "o": duty()}))

    assert {row.category for row in rows_of(plan, "d")} == {"service"}
    assert {row.category for row in rows_of(plan, "o")} == {"other"}
