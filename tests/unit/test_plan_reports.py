"""Reports and forms in the plan, recomputed form by form and field by field in plain loops."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from sim.domain.obligations.report import SharedForm
from sim.domain.regime import Regime
from sim.engine.simulate import simulate
from sim.metrics.measure import measure
from sim.plan.identity.chance import Chance, combine
from sim.plan.reports.fields import Requests, answer, fields_asked
from sim.plan.reports.sources import distinct, sources_of
from tests.regimes import DAY, HOUR, MINUTE, ROOT, Row, demanded, plan_of, regime, report, rows_of, same_bytes, units

GATHERING, ENTERING, CHECKING = 30 * MINUTE, 2 * MINUTE, 90


STORE = {"records": 0, "changed": "0%", "renewal": "0 s", "kept_by": "department", "grassroots": "1 s"}


def with_store(
    made: Regime, *, coverage: str, fresh: str = "30 days", store: dict[str, Any] = STORE, **reach: Any
) -> Regime:
    """Set the shared form on every report."""
    of = tuple(made.obligations)
    shared = SharedForm.model_validate(
        {"of": of, "coverage": coverage, "glance": "10 s", "fresh": fresh, "store": store, **reach}
    )
    return made.replace(
        obligations={name: entry.replace(shared_form=shared) for name, entry in made.obligations.items()}
    )


# --- which fields ------------------------------------------------------------------------------------------------


def test_a_form_asks_for_different_fields_of_the_universe() -> None:
    asked = fields_asked("f", np.arange(2_000, dtype=np.uint64), 12, 40, 3.0)

    assert all(len(set(form)) == 12 for form in asked.tolist())
    assert asked.min() == 0
    assert asked.max() == 39


def test_a_form_may_ask_for_everything() -> None:
    assert fields_asked("f", np.arange(3, dtype=np.uint64), 7, 7, 2.0).tolist() == [list(range(7))] * 3


def test_popularity_makes_forms_overlap() -> None:
    even, uneven = (fields_asked("f", np.arange(300, dtype=np.uint64), 10, 400, p).ravel() for p in (1.0, 2.0))

    assert len(np.unique(even)) > len(np.unique(uneven))
    assert np.mean(uneven < 100) == pytest.approx(0.5, abs=0.05), "half of the questions in a quarter of the fields"


def test_which_fields_a_form_asks_for_is_the_same_every_year() -> None:
    made = regime({"f": report(popularity=1.0)})
    first, second = (plan_of(made, replication) for replication in (0, 1))

    def fields(plan: Any) -> list[int]:
        return sorted(plan.setting.fields[row.row] for row in rows_of(plan, "f", "fill"))

    assert fields(first) == fields(second) == [10] * 24


# --- fields at hand, entered again, in the store
# -------------------------------------------------------------------------


def naive(requests: list[dict[str, Any]]) -> list[tuple[bool, bool, bool, bool]]:
    """Return for each request, in the given order, whether it is read, looked up, gathered, and entered again."""
    told: list[tuple[bool, bool, bool, bool]] = [(False, False, False, False)] * len(requests)
    had_at: dict[Any, int] = {}
    stored_at: dict[Any, int] = {}
    entered: set[Any] = set()
    for place in sorted(range(len(requests)), key=lambda p: (requests[p]["second"], p)):
        asked = requests[place]
        field, now = (asked["unit"], asked["field"]), asked["second"]
        in_store = asked["covered"] or (field in stored_at and now - stored_at[field] <= asked["fresh"])
        if asked["from_store"] and in_store:
            told[place] = (True, False, False, False)
            had_at[field] = now
            continue
        missing = not (field in had_at and now - had_at[field] <= asked["at_hand"])
        told[place] = (False, missing and in_store, missing and not in_store, field in entered)
        if missing:
            had_at[field] = now
        if asked["from_store"]:
            stored_at[field] = now
        entered.add(field)
    return told


@pytest.mark.parametrize(("looks_into_store", "holds"), [(0.6, 0.4), (0.0, 0.4), (0.0, 0.0)])
@pytest.mark.parametrize("seed", range(20))
def test_requests_are_answered_as_a_loop_through_the_year_says(
    seed: int, looks_into_store: float, holds: float
) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(0, 400))
    covered = rng.random(8) < holds
    field = rng.integers(0, 8, size)
    asked = Requests(
        unit=rng.integers(0, 3, size),
        field=field,
        second=rng.integers(0, 60, size),
        at_hand=rng.choice([0, 5, 20], size),
        from_store=rng.random(size) < looks_into_store,
        covered=covered[field],
        fresh=rng.choice([0, 8, 30], size),
    )
    names = ("unit", "field", "second", "at_hand", "from_store", "covered", "fresh")
    expected = naive([{name: getattr(asked, name)[place] for name in names} for place in range(size)])

    found = answer(asked)

    assert list(zip(found.read, found.looked, found.gathered, found.again, strict=True)) == expected


def test_a_field_asked_for_over_and_over_is_gathered_anew_when_it_is_old() -> None:
    days = np.arange(0, 90, 10)
    same = np.zeros(len(days), dtype=np.int64)
    asked = Requests(same, same, days * DAY, same + 25 * DAY, same > 0, same > 0, same)

    assert days[answer(asked).gathered].tolist() == [0, 30, 60], "being asked for does not keep it at hand"


# --- the rows ----------------------------------------------------------------------------------------------------


def expected_filling(made: Regime, names: tuple[str, ...], replication: int = 0) -> dict[tuple[str, int], int]:
    """Return the seconds of each form by unit and release, computed from fields, times and rules."""
    plan = plan_of(made, replication)
    forms: list[tuple[str, Row, list[int]]] = []
    for name in names:
        entry = made.obligations[name]
        for row in rows_of(plan, name, "fill"):
            programme, slot = words_of(made, name, row)
            series = combine(0, np.array([programme]), np.array([slot if entry.recurrence.value.rate else 0]))
            universe = made.policy.pools[entry.domain].universe.value
            asked = fields_asked(name, series, entry.fields.value, universe, entry.popularity.value)
            forms.append((name, row, asked[0].tolist()))
    forms.sort(key=lambda form: form[1].release)
    gathered_at: dict[tuple[str, int], int] = {}
    seconds: dict[tuple[str, int], int] = defaultdict(int)
    for name, row, asked in forms:
        at_hand = int(made.policy.pools[made.obligations[name].domain].at_hand.value) * 7 // 5 * DAY
        effort = 0
        for field in asked:
            effort += ENTERING + CHECKING
            if row.release - gathered_at.get((row.unit, field), -10 * at_hand) > at_hand:
                effort += GATHERING
                gathered_at[row.unit, field] = row.release
        seconds[row.unit, row.release] += effort
    return seconds


def words_of(made: Regime, name: str, row: Row) -> tuple[int, int]:
    """Return programme and slot of a form, found by its identity."""
    from sim.plan.identity.chance import text_key

    for programme in range(made.programmes(made.obligations[name])):
        for slot in range(600):
            words = (np.uint64(text_key(row.unit)), np.array([programme]), np.array([slot]))
            if int(combine(text_key(f"obligations.{name}", "fill"), *words)[0]) == row.identity:
                return programme, slot
    raise AssertionError("no such form")


@pytest.mark.slow
def test_the_time_of_a_form_is_gather_enter_and_check_field_by_field() -> None:
    made = regime(
        {
            "monthly": report(programmes=4),
            "quarterly": report(programmes=2, recurrence="quarterly", fields=15),
            "ad_hoc": report(recurrence="40 per year", fields=3, popularity=1.5),
        }
    )
    plan = plan_of(made)
    names = ("monthly", "quarterly", "ad_hoc")
    found: dict[tuple[str, int], int] = defaultdict(int)
    for name in names:
        for row in rows_of(plan, name, "fill"):
            found[row.unit, row.release] += row.effort

    assert found == expected_filling(made, names)
    assert len(found) > 150


def test_forms_of_another_domain_have_nothing_at_hand_for_each_other() -> None:
    alone = plan_of(regime({"a": report(programmes=5)}))
    apart = plan_of(regime({"a": report(programmes=5), "b": report(programmes=5, domain="other")}))
    together = plan_of(regime({"a": report(programmes=5), "b": report(programmes=5)}))

    def hours(plan: Any) -> int:
        return sum(row.effort for row in rows_of(plan, "a", "fill"))

    assert hours(alone) == hours(apart) > hours(together)


def test_a_form_goes_up_step_by_step() -> None:
    made = regime(
        {
            "f": report(
                sign_off_posts=("secretary",),
                collation={"posts": ("staff",), "effort": "15 min", "wrong": "100%", "rework": "45 min"},
                receiving="8 min",
            )
        }
    )
    plan = plan_of(made)
    rows = {row.row: row for row in rows_of(plan, "f")}
    chain = {row.part: rows[row.predecessor].part for row in rows.values() if row.predecessor >= 0}

    assert chain == {"sign_off": "fill", "collate": "sign_off", "rework": "collate", "receive": "rework"}
    assert {row.unit for row in rows.values() if row.part == "collate"} == {"county_office.01/township.01"}
    assert all(row.team[0].endswith("secretary.01") for row in rows.values() if row.part == "sign_off")
    assert all("staff" in name for row in rows.values() if row.part == "collate" for name in row.team)
    assert all("department" in row.unit for row in rows.values() if row.part == "receive")


def test_only_a_share_of_forms_is_returned_and_others_go_straight_on() -> None:
    collation = {"effort": "15 min", "wrong": "3%", "rework": "45 min"}
    plan = plan_of(regime({"f": report(programmes=20, collation=collation, receiving="8 min")}))
    rows = {row.row: row for row in rows_of(plan, "f")}
    received = [rows[row.predecessor].part for row in rows.values() if row.part == "receive"]

    assert received.count("rework") == len(rows_of(plan, "f", "rework"))
    assert received.count("rework") / len(received) == pytest.approx(1 - 0.97**10, abs=0.06)
    assert set(received) == {"rework", "collate"}


def test_programmes_belong_to_one_department_each_and_ad_hoc_requests_to_any() -> None:
    plan = plan_of(regime({"f": report(receiving="8 min"), "a": report(recurrence="90 per year", receiving="8 min")}))

    assert len({row.unit for row in rows_of(plan, "f", "receive")}) == 1
    assert len({row.unit for row in rows_of(plan, "a", "receive")}) == 3


def test_a_form_whose_fields_are_all_in_the_store_is_read_there_and_makes_no_work() -> None:
    made = regime({"f": report(sign_off_posts=("secretary",), collation={"effort": "15 min"}, receiving="8 min")})
    plan = plan_of(with_store(made, coverage="100%"))

    assert {row.part for row in rows_of(plan, "f")} == {"upkeep"}


def test_what_the_store_lacks_is_asked_once_in_its_time() -> None:
    made = with_store(regime({"f": report(programmes=30, fields=8)}), coverage="0%", fresh="366 days")
    plan = plan_of(made)
    forms = fields_asked("f", combine(0, np.arange(30), np.zeros(30, dtype=np.int64)), 8, 100, 2.0)
    assert plan.setting is not None

    assert plan.setting.fields.sum() == 2 * len(np.unique(forms)), "each field once in each of two villages"
    assert plan.setting.reentered.sum() == 0


def test_an_answer_that_is_no_longer_fresh_is_asked_for_again() -> None:
    made = regime({"f": report(programmes=10)})
    always, monthly, never = (
        sum(row.effort for row in rows_of(plan_of(with_store(made, coverage="0%", fresh=fresh)), "f", "fill"))
        for fresh in ("0 min", "30 days", "366 days")
    )

    assert always > monthly > never


def test_a_wider_store_asks_for_no_field_that_a_narrower_one_holds() -> None:
    made = regime({"f": report(programmes=10)})
    none, some, more = (
        {row.identity: row.effort for row in rows_of(plan_of(with_store(made, coverage=share)), "f", "fill")}
        for share in ("0%", "50%", "80%")
    )

    assert none.keys() >= some.keys() >= more.keys()
    assert all(none[form] >= some.get(form, 0) >= more.get(form, 0) for form in none)
    assert sum(none.values()) > sum(some.values()) > sum(more.values())


def test_issuers_who_do_not_keep_to_the_store_ask_as_before_and_the_unit_takes_the_fields_from_there() -> None:
    made = regime({"f": report(issuer="city", programmes=400)})
    usual, plan = plan_of(made), plan_of(with_store(made, coverage="100%", compliance="60%"))
    assert plan.setting is not None
    forms, alone = rows_of(plan, "f", "fill"), {row.identity: row.effort for row in rows_of(usual, "f", "fill")}

    assert {int(plan.setting.fields[row.row]) for row in forms} == {10}
    assert len(forms) / len(alone) == pytest.approx(0.4, abs=0.06)
    assert sum(row.effort for row in forms) < 0.9 * sum(alone[row.identity] for row in forms)


# --- ways to come by a field -------------------------------------------------------------------------------------

MIXED = {"known": "20%", "recorded": "30%", "asked": "50%", "holders": 3, "turnaround": "lognormal(mean=3 h, cv=1)"}


def of_mixed(fields: dict[str, Any] = MIXED, **changes: Any) -> Regime:
    return regime({"f": report(programmes=10, **changes)}, policy={"pools": {"common": fields}})


def test_all_fields_of_one_holder_cost_one_question_and_all_of_one_place_one_round() -> None:
    made = of_mixed({**MIXED, "known": "0%", "recorded": "0%", "holders": 1})
    plan = plan_of(made)

    assert {row.effort for row in rows_of(plan, "f", "ask")} == {10 * MINUTE}
    assert {row.effort for row in rows_of(plan, "f", "gather")} == {2 * HOUR}


def test_a_holder_is_counted_once_however_many_fields_of_his_are_needed() -> None:
    holder = np.array([[3, 3, 1, 0], [2, 2, 2, 2], [0, 1, 2, 3]])
    needed = np.array([[True, True, True, False], [False] * 4, [True] * 4])

    assert distinct(holder, needed).tolist() == [2, 0, 4]


def test_a_field_has_one_source_and_it_is_the_same_for_every_form() -> None:
    pool = of_mixed().policy.pools["common"]
    once, again = (sources_of(Chance(ROOT, 0), "common", pool) for _ in range(2))
    of_field = np.stack((once.known, once.recorded, once.asked, once.on_the_spot))

    assert (of_field.sum(axis=0) == 1).all()
    assert of_field.tolist() == [
        part.tolist() for part in (again.known, again.recorded, again.asked, again.on_the_spot)
    ]
    assert of_field.mean(axis=1) == pytest.approx([0.2, 0.24, 0.28, 0.28], abs=0.12)


def test_a_form_begins_when_the_last_holder_has_answered_and_the_rounds_are_done() -> None:
    plan = plan_of(of_mixed())
    rows = {row.row: row for row in rows_of(plan, "f")}
    forms = [row for row in rows.values() if row.part == "fill"]
    asks = {row.row: row for row in rows.values() if row.part == "ask"}
    before = [rows[row.predecessor] for row in forms if row.predecessor >= 0]

    assert {row.part for row in before} == {"ask", "gather"}
    assert all(form.release >= rows[form.predecessor].release for form in forms if form.predecessor >= 0)
    assert any(form.release > rows[form.predecessor].release for form in forms if form.predecessor in asks)


def test_more_coverage_never_makes_more_work_however_fields_are_had() -> None:
    made = of_mixed(collation={"effort": "15 min", "wrong": "2%", "rework": "1 h"}, sign_off_posts=("secretary",))
    work = [
        sum(row.effort for row in rows_of(plan_of(with_store(made, coverage=share)), "f"))
        for share in ("0%", "25%", "50%", "75%", "100%")
    ]

    assert work == sorted(work, reverse=True)
    assert work[-1] == 24, "the upkeep alone"


def test_the_chance_of_a_return_grows_with_the_fields_entered() -> None:
    collation = {"effort": "15 min", "wrong": "2%", "rework": "45 min"}
    few, many = (
        {
            row.identity
            for row in rows_of(
                plan_of(regime({"f": report(programmes=20, fields=n, collation=collation)})), "f", "rework"
            )
        }
        for n in (5, 20)
    )

    assert few < many
    assert len(many) / (2 * 20 * 12) == pytest.approx(1 - 0.98**20, abs=0.06)


def test_fewer_fields_to_enter_take_less_checking_and_signature() -> None:
    made = regime({"f": report(programmes=10, sign_off_posts=("secretary",))})
    plan = plan_of(with_store(made, coverage="60%", fresh="0 min"))
    assert plan.setting is not None
    filled = {row.row: int(plan.setting.fields[row.row]) for row in rows_of(plan, "f", "fill")}

    assert {row.effort / filled[row.predecessor] for row in rows_of(plan, "f", "sign_off")} == {36}


@pytest.mark.parametrize("coverage", ["30%", "70%", "100%"])
def test_a_store_makes_no_form_of_another_body_longer_or_later(coverage: str) -> None:
    asked = report(recurrence="6 per week", fields=5, due="same day")
    made = regime({"f": report(programmes=20), "other": asked}, policy={"pools": {"common": MIXED}})
    after = with_store(made, coverage=coverage)
    plans = [
        plan_of(made),
        plan_of(after.replace(obligations={**after.obligations, "other": made.obligations["other"]})),
    ]
    late = []
    for plan in plans:
        finish = simulate(plan).finish
        late.append(sum(not 0 <= finish[row.row] <= row.due for row in rows_of(plan, "other", "fill")))

    hours = [demanded(plan, "other") for plan in plans]
    assert hours[1] < hours[0]
    assert late[1] < late[0]


def test_what_the_store_lacks_goes_into_one_table_and_the_forms_are_read() -> None:
    made = regime({"f": report(programmes=30, fields=8), "other": report(recurrence="40 per year", fields=3)})
    after = with_store(made, coverage="40%", fresh="0 min", table="monthly")
    after = after.replace(obligations={**after.obligations, "other": made.obligations["other"]})
    plan = plan_of(after)
    held = Chance(ROOT, 0).uniform("store.common", "covered", np.arange(100)) < 0.4
    asked = np.unique(fields_asked("f", combine(0, np.arange(30), np.zeros(30, dtype=np.int64)), 8, 100, 2.0))
    assert plan.setting is not None
    sheets = rows_of(plan, "f", "fill")

    assert len(sheets) == 2 * 12, "one table a village and month"
    assert {int(plan.setting.fields[row.row]) for row in sheets} == {int(np.count_nonzero(~held[asked]))}
    assert len(rows_of(plan, "other", "fill")) == len(rows_of(plan_of(made), "other", "fill"))
    assert demanded(plan, "other") < demanded(plan_of(made), "other"), "the table is at hand for other forms"


def test_a_table_that_no_department_reads_is_not_kept() -> None:
    made = regime({"f": report(programmes=5)})

    assert same_bytes(plan_of(made), plan_of(with_store(made, coverage="40%", compliance="0%", table="monthly")))


# --- collections -------------------------------------------------------------------------------------------------


def test_all_units_are_asked_at_the_same_moment() -> None:
    rows = rows_of(plan_of(regime({"f": report(programmes=3)}, organisation=units(villages=4))), "f", "fill")
    at: dict[int, int] = defaultdict(int)
    for row in rows:
        at[row.release] += 1

    assert set(at.values()) == {4}


def test_a_collection_lasts_until_its_last_answer() -> None:
    plan = plan_of(of_mixed())
    log = simulate(plan)
    (found,) = plan.setting.collected  # type: ignore[union-attr]
    asked, last = found.asked, np.zeros(len(found.asked), dtype=np.int64)
    for collection, row in zip(found.collection.tolist(), found.last.tolist(), strict=True):
        last[collection] = max(last[collection], log.finish[row] if row >= 0 and log.finish[row] >= 0 else plan.horizon)
    due = found.due < plan.horizon

    value = measure(plan, log).values["collection_days", "f"]
    assert value == pytest.approx(float((last - asked)[due].mean()) / DAY)
    assert value > 0.1


def test_data_that_is_read_from_a_store_is_collected_at_once() -> None:
    plan = plan_of(with_store(of_mixed(), coverage="100%"))

    assert measure(plan, simulate(plan)).values["collection_days", "f"] == 0


# --- upkeep ------------------------------------------------------------------------------------------------------


def test_upkeep_is_done_monthly_by_each_unit_it_falls_on() -> None:
    store = {**STORE, "records": 360, "changed": "10%", "renewal": "20 min", "grassroots": "4 h"}
    made = regime({"f": report(), "g": report(on="township", domain="township")})
    plan = plan_of(with_store(made, coverage="0%", store=store))
    rows = rows_of(plan, "f", "upkeep")

    real = made.organisation.real_count("department")
    assert sorted((row.unit.rpartition("/")[2], row.effort) for row in rows) == sorted(
        [(unit, 4 * HOUR) for unit in ("village.01", "village.02", "township.01")] * 12
        + [(f"department.{n:02d}", 36 * 20 * MINUTE // real) for n in (1, 2, 3)] * 12
    )
    assert rows_of(plan, "g", "upkeep") == []


def test_records_that_never_change_need_no_renewal() -> None:
    rows = rows_of(plan_of(with_store(regime({"f": report()}), coverage="0%")), "f", "upkeep")

    assert {row.unit.rpartition("/")[2] for row in rows} == {"village.01", "village.02"}


def test_no_report_takes_less_than_a_second() -> None:
    plan = plan_of(regime({"f": report(fields=0)}))

    assert {row.effort for row in rows_of(plan, "f")} == {1}


def test_a_form_asked_of_a_unit_at_the_top_is_collated_by_nobody() -> None:
    made = regime({"f": report(on="county_office", issuer="city", collation={"effort": "15 min"})})

    assert {row.part for row in rows_of(plan_of(made), "f")} == {"fill"}


def test_the_store_holds_the_same_fields_in_every_village() -> None:
    made = with_store(regime({"f": report(programmes=10)}, organisation=units(villages=4)), coverage="50%")
    plan = plan_of(made)
    assert plan.setting is not None
    held = Chance(ROOT, 0).uniform("store.common", "covered", np.arange(100)) < 0.5
    forms = fields_asked("f", combine(0, np.arange(10), np.zeros(10, dtype=np.int64)), 10, 100, 2.0)
    missing = {field for form in forms.tolist() for field in form if not held[field]}
    first = defaultdict(int)
    for row in rows_of(plan, "f", "fill"):
        if row.day < 31:
            first[row.unit] += int(plan.setting.fields[row.row])

    assert set(first.values()) == {len(missing)}
