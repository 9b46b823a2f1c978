"""Metrics at the edges, and identities between them on a whole year; `test_metric_examples.py` has their values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.contract.log import RunLog
from sim.contract.plan import DAY, Plan
from sim.domain.category import CATEGORIES, FORMALITY, PARTS, Category, Part
from sim.engine.simulate import simulate
from sim.errors import EngineFault
from sim.metrics.definitions import WAIT_EDGES_HOURS
from sim.metrics.measure import describe_ground, measure
from sim.metrics.outcome import Outcome
from sim.metrics.sample import People
from tests.examples import setting_of
from tests.plans import HOUR, Row, around_the_clock, for_each_seed, plan_of, windows, work
from tests.regimes import document, everything, inspection, regime, report, request, rows_of, units
from tests.regimes import meeting as called
from tests.regimes import plan_of as plan_year_of

KINDS = ("report", "inspection", "meeting", "document", "request", "duty")
Values = dict[tuple[str, str], float]


def row(kind: str, part: Part, category: Category, made: Row, **columns: Any) -> Row:
    """Return a row of an obligation of the kind."""
    return {**made, "obligation": KINDS.index(kind), "part": PARTS.index(part), "category": category, **columns}


def form(effort: float, release: float, **columns: Any) -> Row:
    return row("report", Part.FILL, Category.REPORTS, work(effort, release), **columns)


def matter(effort: float, release: float, **columns: Any) -> Row:
    return row("request", Part.HANDLE, Category.SERVICE, work(effort, release), **columns)


def run(rows: list[Row], facts: dict[str, Any] | None = None, **rules: Any) -> Values:
    return outcome(rows, facts, **rules).values


def outcome(rows: list[Row], facts: dict[str, Any] | None = None, **rules: Any) -> Outcome:
    bare = plan_of(rows, **rules)
    plan = replace(bare, setting=setting_of(bare, KINDS, **(facts or {})))
    return measure(plan, simulate(plan))


# --- the Standard Cost Model --------------------------------------------------------------------------------------


def test_without_congestion_hours_are_number_times_frequency_times_time_to_the_second() -> None:
    staff = (340, 26, 1)
    first = (0, 340, 366)
    series = [(0, number, 28 * month, 1.5) for month in range(12) for number in range(340)]
    series += [(1, number, 7 * week, 2.25) for week in range(52) for number in range(26)]
    series += [(2, 0, 91 * quarter, 16.0) for quarter in range(4)]
    rows = [form(effort, 24 * day, unit=unit, team=first[unit] + number) for unit, number, day, effort in series]
    teams = [(unit, [first[unit] + number]) for unit in range(3) for number in range(staff[unit])]

    values = run(rows, staff=staff, teams=teams, days=364)

    assert 340 * 12 * 1.5 + 26 * 52 * 2.25 + 1 * 4 * 16 == 9_226.0
    assert values["scm_hours", "cadre"] == 9_226.0
    assert values["simulated_hours", "cadre"] == 9_226.0
    assert values["queueing_premium", "cadre"] == 0.0
    assert values["scm_cost", "cadre"] == pytest.approx(9_226.0 * 40 / 10_000)


def random_forms(rng: np.random.Generator, count: int) -> list[Row]:
    """Draw forms of three days that can be interrupted; half of them are due by the end of a day."""
    rows = []
    for _ in range(count):
        release = float(rng.integers(0, 60))
        due = {"due": 24 * (release // 24 + 1 + rng.integers(0, 2))} if rng.random() < 0.5 else {}
        rows.append(form(float(rng.integers(1, 9)), release, rank=int(rng.integers(0, 2)), **due))
    return sorted(rows, key=lambda made: made["release"])


@for_each_seed(range(200))
def test_more_work_for_the_same_cadre_never_lowers_the_premium_of_queueing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rules = {
        "shifts": [windows([(8, 12), (14, 18)], evening=[(19, 22)], days=range(3))], "days": 3, "preemptive": True,
        "discipline": str(rng.choice(["first_come", "earliest_due"])),
    }  # fmt: skip
    rows, more = random_forms(rng, rng.integers(1, 12)), random_forms(rng, 1)

    before = run(rows, **rules)["queueing_premium", "cadre"]
    after = run(sorted(rows + more, key=lambda made: made["release"]), **rules)["queueing_premium", "cadre"]

    assert after >= before


def test_the_premium_of_queueing_grows_in_an_office_that_is_full() -> None:
    """Undone work once counted as saved."""
    rules = {"shifts": [windows([(8, 16)], evening=[(19, 22)])], "days": 1}

    full, fuller = (run([form(hours, 8, due=23)], **rules)["queueing_premium", "cadre"] for hours in (11, 20))

    assert (full, fuller) == pytest.approx((3 / (8 / 40), (3 + 9) / (8 / 40)))


def test_a_scenario_with_these_numbers_demands_the_same_hours() -> None:
    reading = {"issuer": "city", "readers": 1}
    made = regime(
        {
            "monthly": document(on="village", reading="1.5 h", **reading),
            "weekly": document(on="township", recurrence="quarterly", programmes=13, reading="2.25 h", **reading),
            "quarterly": document(on="county_office", recurrence="quarterly", reading="16 h", **reading),
        },
        organisation=units(village={"count": 340, "parent": "county_office"}, township={"count": 26}),
    )
    values = measured(plan_year_of(made))[1].values

    assert sum(value for (key, _), value in values.items() if key == "scm_hours") == 9_226.0


def test_cost_is_that_of_the_real_county() -> None:
    values = run([form(4, 0)], {"represents": np.array([8])})

    assert (values["scm_hours", "cadre"], values["simulated_hours", "cadre"]) == (32, 32)
    assert values["hours", "cadre/reports"] == pytest.approx(4 / (24 / 40)), "hours a week are those of one cadre"


def test_a_cadre_and_a_unit_count_as_often_as_they_stand_for_real_ones() -> None:
    rows = [
        form(9, 0),
        form(1, 0, unit=1, team=1),
        row("meeting", Part.ATTEND, Category.MEETINGS, work(2, start=20), unit=1, team=1),
    ]

    values = run(rows, {"represents": np.array([1, 3])}, staff=(1, 1))

    weeks = 24 / 40 * 4
    assert values["formality_hours", "cadre"] == pytest.approx((9 + 3 * (1 + 2)) / weeks)
    assert values["hours_by_issuer", "cadre/residents"] == pytest.approx((9 + 3 * (1 + 2)) / weeks)
    assert values["meetings_attended", "cadre"] == pytest.approx(3 / 4)
    assert values["total_hours", "cadre"] == pytest.approx(40)


def test_cadres_who_change_places_change_no_number_by_the_last_bit(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, log, found = year
    order = np.random.default_rng(1).permutation(len(plan.roster.cadre_unit))
    order = order[np.argsort(plan.roster.cadre_unit[order], kind="stable")]

    other = measure(plan, replace(log, seconds=log.seconds[order], idle=log.idle[order],
                                  overtime_seconds=log.overtime_seconds[order]))  # fmt: skip

    assert not np.array_equal(other.cadre_hours, found.cadre_hours)
    assert other.values == found.values
    assert np.array_equal(other.weekly, found.weekly)
    assert np.array_equal(other.weekly_overtime, found.weekly_overtime)


# --- a whole year ---------------------------------------------------------------------------------------------------


def measured(plan: Plan) -> tuple[RunLog, Outcome]:
    log = simulate(plan)
    return log, measure(plan, log)


@pytest.fixture(scope="module")
def year() -> tuple[Plan, RunLog, Outcome]:
    plan = plan_year_of(everything())
    return plan, *measured(plan)


def roles(plan: Plan) -> tuple[str, ...]:
    assert plan.setting is not None
    return plan.setting.roles


def test_hours_by_issuer_add_up_to_hours_by_category(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, _, found = year

    for role in roles(plan):
        by_category = sum(found.values["hours", f"{role}/{category}"] for category in CATEGORIES)
        by_issuer = sum(
            v for (key, scope), v in found.values.items() if key == "hours_by_issuer" and scope.startswith(role)
        )
        assert by_issuer == pytest.approx(by_category, rel=1e-12)
        assert by_category > 1


def test_formality_service_and_the_rest_add_up_to_all_hours(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, _, found = year
    value = found.values

    for role in roles(plan):
        formality = sum(value["hours", f"{role}/{category}"] for category in FORMALITY)
        service = value["hours", f"{role}/service"] + value.get(("outreach_hours", role), 0.0)
        rest = value["hours", f"{role}/other"] + value["unassigned_hours", role]
        assert value["formality_hours", role] == pytest.approx(formality)
        assert value["service_hours", role] == pytest.approx(service)
        assert value["total_hours", role] == pytest.approx(formality + service + rest)
        assert value["formality_share", role] == pytest.approx(formality / value["total_hours", role])
        assert value["index_timed", role] == pytest.approx(formality)


def test_hours_of_a_week_are_those_of_an_ordinary_week(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, _, found = year

    for role in roles(plan):
        regular = found.values["total_hours", role] - found.values["overtime_hours", role]
        assert regular == pytest.approx(40.0), "five days of eight hours, whatever the holidays"


def test_weekly_hours_add_up_to_the_year(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, log, found = year
    assert plan.setting is not None
    times = plan.setting.represents
    cadres = np.bincount(plan.setting.cadre_role, times)

    assert found.weekly.shape == (len(roles(plan)), plan.weeks, len(CATEGORIES) + 2)
    worked = log.seconds.sum(axis=(1, 2)) + log.idle.sum(axis=1)
    assert (found.weekly.sum(axis=(1, 2)) * cadres).sum() == pytest.approx(worked @ times / HOUR)
    assert found.weekly_overtime.sum(axis=1) @ cadres == pytest.approx(log.overtime_seconds.sum(axis=1) @ times / HOUR)


def test_every_resident_is_in_the_histogram_or_was_never_begun(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, _, found = year
    value = found.values
    never = value["gave_up", "all"] + value["open_at_year_end", "all"]

    assert value["matters", "all"] == len(rows_of(plan, "matters")) + len(rows_of(plan, "papers"))
    assert found.waits.sum() == pytest.approx(value["matters", "all"] * (1 - never))
    assert value["matters", "all"] == value["matters", "matters"] + value["matters", "papers"]


def naive_detection(plan: Plan, log: RunLog) -> list[tuple[int, str]]:
    """Return the second and the finder of each problem, day by day and visit by visit."""
    assert plan.setting is not None
    problems, found = plan.setting.problems, []
    for place in range(len(problems.unit)):
        ways = [(plan.horizon, "nobody")]
        walked = 0.0
        for day in range(int(problems.onset[place]) // DAY + 1, plan.days):
            walked += plan.setting.outreach * int(log.unit_usable[problems.unit[place], day])
            if walked >= problems.patrol[place]:
                ways.append(((day + 1) * DAY, "patrol"))
                break
        if problems.report[place] >= 0:
            ways.append((int(problems.report[place]), "residents"))
        for hit, visit in zip(problems.hit_problem, problems.hit_row, strict=True):
            if hit == place and log.missed[visit] < plan.activities.seats[visit]:
                ways.append((int(plan.activities.start[visit]), "inspection"))
        when, who = min((way for way in ways if way[0] < plan.horizon), default=ways[0])
        found.append((when - int(problems.onset[place]), who))
    return found


def test_problems_are_found_by_the_first_of_patrol_residents_and_visits(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, log, outcome = year
    expected = naive_detection(plan, log)
    count = len(expected)

    assert outcome.values["detection_delay", "all"] == pytest.approx(sum(delay for delay, _ in expected) / count / DAY)
    for key, who in (
        ("found_by_patrol", "patrol"),
        ("found_by_residents", "residents"),
        ("found_by_inspection", "inspection"),
        ("undetected", "nobody"),
    ):
        assert outcome.values[key, "all"] == pytest.approx([by for _, by in expected].count(who) / count)
    assert {by for _, by in expected} >= {"patrol", "residents", "inspection"}


def test_hosting_is_that_of_all_visits_and_of_no_meeting(year: tuple[Plan, RunLog, Outcome]) -> None:
    plan, log, found = year
    visits = ("check", "check_above", "check_weekly", "year_end")

    hosted = [row.row for name in visits for part in ("host", "escort") for row in rows_of(plan, name, part)]

    weeks = dict(zip(roles(plan), People(plan).cadre_weeks, strict=True))
    total = sum(found.values["hosting_hours", role] * weeks[role] for role in roles(plan))
    assert total == pytest.approx(log.worked[hosted].sum() / HOUR)
    assert rows_of(plan, "call", "host")


def test_without_problems_there_is_no_metric_of_detection() -> None:
    assert not [key for key, _ in run([form(1, 0)]) if key in ("detection_delay", "undetected", "found_by_patrol")]


# --- residents ------------------------------------------------------------------------------------------------------


def test_waits_are_counted_until_the_matter_is_begun() -> None:
    found = outcome([matter(1, 1), matter(1, 1), matter(1, 1)])

    assert dict(zip(WAIT_EDGES_HOURS, found.waits.tolist(), strict=True)) == {
        edge: {0: 1, 1: 1, 2: 1}.get(edge, 0) for edge in WAIT_EDGES_HOURS
    }


def test_a_resident_who_is_sent_on_is_one_matter() -> None:
    sent_on = row("request", Part.REFUSE, Category.SERVICE, work(0.1, 0))

    assert run([sent_on, matter(1, 0)])["matters", "all"] == 1


def test_homes_a_month_are_the_free_time_of_a_unit_over_the_time_of_a_visit() -> None:
    values = measured(plan_year_of(regime({"call": called()})))[1].values

    cadre_weeks = values["outreach_hours", "village_cadre"] * 60 / 45
    assert values["households_month", "village_cadre"] == pytest.approx(3 * cadre_weeks * 251 / 5 / 12)


# --- counts --------------------------------------------------------------------------------------------------------


def test_visits_meetings_forms_and_papers_are_counted_by_unit() -> None:
    made = regime(
        {
            "i": inspection(programmes=2, inspectors=0),
            "m": called(issuer="township", on="village", attendees=1),
            "f": report(programmes=3),
            "d": document(on="village", readers=2),
        }
    )
    plan = plan_year_of(made)
    value = measured(plan)[1].values
    assert plan.setting is not None

    assert value["visits_received", "village_cadre"] == 24
    assert value["meetings_attended", "village_cadre"] == 12
    assert value["forms_filled", "village_cadre"] == 36
    assert value["documents_read", "village_cadre"] == 24
    assert value["fields_entered", "village_cadre"] == 360
    assert value["fields_reentered", "village_cadre"] == plan.setting.reentered.sum() / 2 > 300
    weeks = value["index_counted", "village_cadre"]
    assert weeks == pytest.approx((24 + 12 + 36 + 24) / 3 / (251 / 5)), "three cadres, 251 working days"


def test_matters_that_move_to_the_township_do_not_vanish() -> None:
    from tests.casebook import FIRST_CASES

    case = next(case for case in FIRST_CASES if case.file == "directory")
    made = regime(demand={"matters": request(rate="5 per week")})
    before, after = (measured(plan_year_of(m))[1].values for m in (made, case.pulled(made)))

    assert before["matters", "matters"] == after["matters", "matters"]


# --- who is behind the numbers --------------------------------------------------------------------------------------


def test_a_plan_without_words_cannot_be_measured() -> None:
    plan = plan_of([form(1, 0)])

    with pytest.raises(EngineFault, match="setting"):
        measure(plan, simulate(plan))


def test_the_ground_tells_roles_hours_and_weeks() -> None:
    ground = describe_ground(plan_year_of(everything()))

    assert ground.roles == ("county_cadre", "township_cadre", "village_cadre")
    assert ground.regular_hours == dict.fromkeys(ground.roles, 40.0)
    assert ground.represents["village_cadre"] == 1
    assert ground.represents["county_cadre"] == pytest.approx((2 * 1 + 6 * 2) / 8), "two alone, six stand for two each"
    assert ground.week_monday[0] == "2024-01-01"
    assert "2024-02-12" in {ground.week_monday[week] for week in ground.holiday_weeks}


def test_a_role_without_cadres_has_no_numbers() -> None:
    facts = {"roles": ("absent", "cadre"), "cadre_role": np.ones(1, dtype=np.int64)}
    value = run([form(1, 0)], facts)

    assert ("overtime_hours", "absent") not in value
    assert value["formality_hours", "cadre"] > 0


def test_around_the_clock_is_regular_time() -> None:
    value = run([form(30, 0)], {"week_seconds": np.array([168 * HOUR])}, shifts=[around_the_clock(7)], days=7)

    assert (value["overtime_hours", "cadre"], value["hours", "cadre/reports"]) == (0, 30)
