"""Compliance belongs to the body that must keep to a rule; a rule acts from its first day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.obligations.inspection import FrequencyCap, Unannounced
from sim.domain.rule import Rule
from sim.levers.table import LEVERS
from sim.plan.identity.chance import Chance
from sim.plan.identity.compliance import reached
from tests.casebook import FIRST_CASES
from tests.regimes import DAY, YEAR, by_identity, document, inspection, regime, request, rows_of, units, wanted_of

if TYPE_CHECKING:
    from sim.domain.regime import Regime
    from tests.casebook import Case
    from tests.regimes import Row


def pull(made: Regime, lever: str, of: str | tuple[str, ...], **terms: Any) -> Regime:
    return LEVERS[lever].model_validate({"lever": lever, "of": of, **terms}).apply(made)


MANY = np.arange(4_000, dtype=np.uint64)
SHARES = st.floats(0, 1)


def second_of(day: date) -> int:
    return (day - date(YEAR, 1, 1)).days * DAY


def keeping(rule: Rule, day: date, bodies: Any = MANY, root: int = 7) -> Any:
    """Return True for the bodies that keep to the rule on a day."""
    piece = ("stream", (np.arange(len(bodies)),))
    return reached(rule, Chance(root, 0), YEAR, bodies, np.full(len(bodies), second_of(day)), piece)


def rule(kind: type[Rule] = Rule, **terms: Any) -> Rule:
    return kind.model_validate({"of": ("x",), **terms})


# --- the number of a body -------------------------------------------------------------------------------------------


@given(SHARES, st.integers(0, 50))
def test_work_of_one_body_on_one_day_never_differs(share: float, body: int) -> None:
    kept = keeping(rule(compliance=f"{100 * share:.6f}%"), date(YEAR, 5, 6), np.full(200, body, dtype=np.uint64))

    assert kept.all() or not kept.any()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_compliance_is_the_share_of_bodies(share: float) -> None:
    assert keeping(rule(compliance=f"{share:.0%}"), date(YEAR, 5, 6)).mean() == pytest.approx(share, abs=0.03)


@given(SHARES, SHARES, SHARES, SHARES)
def test_those_reached_by_a_weaker_rule_are_reached_by_a_stronger_one(a: float, b: float, c: float, d: float) -> None:
    (low, high), (weak, strong) = sorted((a, b)), sorted((c, d))
    fewer, more = (
        keeping(rule(compliance=f"{100 * share:.9f}%", strength=strength), date(YEAR, 5, 6))
        for share, strength in ((low, weak), (high, strong))
    )

    assert not np.any(fewer & ~more)


def test_strength_thins_the_work_of_each_body_that_keeps_to_the_rule() -> None:
    bodies = np.repeat(np.arange(40, dtype=np.uint64), 500)

    kept = keeping(rule(strength=0.5, compliance="50%"), date(YEAR, 5, 6), bodies).reshape(40, 500).mean(axis=1)

    assert 0 < np.count_nonzero(kept == 0) < 40
    assert np.all((kept == 0) | (abs(kept - 0.5) < 0.1))


def test_a_body_that_fell_back_stays_back() -> None:
    eroding = rule(erosion="10%")
    days = [date(YEAR, month, 1) for month in range(1, 13)]
    kept = [keeping(eroding, day) for day in days]

    assert kept[0].all()
    for month, (before, after) in enumerate(pairwise(kept), start=1):
        assert not np.any(after & ~before)
        assert after.mean() == pytest.approx(0.9**month, abs=0.03)


def test_a_body_may_keep_to_one_measure_and_not_to_another() -> None:
    one = keeping(rule(FrequencyCap, to="yearly", compliance="50%"), date(YEAR, 5, 6))
    other = keeping(rule(Unannounced, reading="1 h", compliance="50%"), date(YEAR, 5, 6))

    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0, abs=0.05)


# --- bodies of the families -----------------------------------------------------------------------------------------


def alone(case: Case) -> Regime:
    """Return the regime of a case with one unit of each type, so that there is one issuer."""
    more = {name: {**unit, "count": 1, "represents": 1} for name, unit in case.text.get("organisation", {}).items()}
    made = {**units(villages=1, departments=1, represents=1), **more}
    assignments = case.text.get("assignments")
    return regime(case.text.get("obligations"), case.text.get("demand"), assignments=assignments, organisation=made)


SEVERAL_PARTIES = {"seamless_appraisal", "share_one_form"}
"""Levers to which departments and units each keep by themselves."""


@pytest.mark.parametrize("case", FIRST_CASES, ids=str)
def test_one_issuer_keeps_to_a_lever_in_all_of_its_work_or_in_none(case: Case) -> None:
    if case.file in SEVERAL_PARTIES:
        return
    made, seen = alone(case), set()

    for root in range(12):
        none, some, every = (
            by_identity(rows_of(wanted_of(case.pulled(made, compliance=share), root=root)))
            for share in ("0%", "50%", "100%")
        )
        assert some in (none, every)
        seen.add(some == none)

    assert seen == {True, False}


def test_a_township_keeps_to_a_cut_in_every_village_and_every_list_or_nowhere() -> None:
    visit = inspection(issuer="township", programmes=5)
    made = regime({"a": visit, "b": visit}, organisation=units(township={"count": 60}, department={"count": 1}))
    cut = pull(made, "cull", ("a", "b"), number=10, compliance="50%", erosion="10%")
    there = by_identity(rows_of(wanted_of(made), part="host"))
    left = by_identity(rows_of(wanted_of(cut), part="host"))
    cut_off = defaultdict(set)
    for identity, row in there.items():
        month = (date(YEAR, 1, 1) + timedelta(days=row.day)).month
        cut_off[row.unit.rpartition("/")[0], month].add(identity not in left)

    assert all(len(found) == 1 for found in cut_off.values())
    keeping_to_it = [sum(cut_off[township, month] == {True} for township, _ in cut_off) / 12 for month in (1, 12)]
    assert keeping_to_it == [pytest.approx(30, abs=12), pytest.approx(30 * 0.9**11, abs=9)]


def test_bodies_outside_the_organisation_are_programmes() -> None:
    made = regime({"d": document(issuer="province", programmes=400)})
    before, after = (
        len(rows_of(wanted_of(one), "d", "read"))
        for one in (made, pull(made, "cap_volume", "d", kept="0%", compliance="30%"))
    )

    assert after / before == pytest.approx(0.7, abs=0.07)


def test_a_unit_keeps_to_a_directory_in_all_matters_or_in_none() -> None:
    made = regime(demand={"r": request()}, organisation=units(villages=40))
    terms = {"kinds": 0, "kept": "most_used", "still_come": "0%", "refusal": "5 min", "compliance": "50%"}
    handled = [row.unit for row in rows_of(wanted_of(pull(made, "directory", "r", **terms)), "r")]
    before = [row.unit for row in rows_of(wanted_of(made), "r")]

    assert len(set(handled)) == pytest.approx(20, abs=10)
    assert handled == [unit for unit in before if unit in set(handled)]


# --- the first day --------------------------------------------------------------------------------------------------

START = date(YEAR, 7, 17)
FOLLOWED = 45 * DAY
"""Time after the start in which work still follows from what fell due before it."""
LONG_MEMORY = {"continuous_evidence", "merge_meetings", "merge_training", "recognise_results"}
"""Levers in whose cases earlier work decides about later work all year: instalments, windows and findings of a year."""


def is_for_a_later_day(row: Row) -> bool:
    """Return whether work is dated by the visit or meeting that it is done for."""
    return row.part == "prepare" or (row.part == "fill" and row.category == "inspections")


@pytest.mark.parametrize("case", FIRST_CASES, ids=str)
def test_before_its_first_day_a_lever_changes_nothing_and_after_it_everything(case: Case) -> None:
    made = case.regime
    none, some, every = (
        {identity: row._replace(row=0, predecessor=0, team=()) for identity, row in rows.items()}
        for rows in (
            by_identity(rows_of(wanted_of(case.pulled(made, **terms))))
            for terms in ({"compliance": "0%"}, {"starts": START}, {})
        )
    )

    def between(rows: dict[int, Row], first: int, last: int) -> dict[int, Row]:
        return {
            identity: row
            for identity, row in rows.items()
            if first <= row.release < last and (not is_for_a_later_day(row) or row.due < last)
        }

    start = second_of(START)
    assert between(some, 0, start) == between(none, 0, start)
    if case.file not in LONG_MEMORY:
        assert between(some, start + FOLLOWED, 1 << 60) == between(every, start + FOLLOWED, 1 << 60)


@pytest.mark.parametrize("start", [date(YEAR, 7, 2), date(YEAR, 7, 31), date(YEAR, 8, 1), date(YEAR, 12, 31)])
def test_the_date_of_a_visit_decides_to_the_day(start: date) -> None:
    made = regime({"i": inspection(programmes=40, notice="same day")}, organisation=units(villages=3))
    after = pull(made, "cull", "i", number=40, starts=start)

    days = [row.day for row in rows_of(wanted_of(after), "i", "host")]

    assert sorted(days) == sorted(
        row.day for row in rows_of(wanted_of(made), "i", "host") if row.day < second_of(start) // DAY
    )


def test_erosion_is_counted_from_the_first_day() -> None:
    eroding = rule(erosion="50%", starts=date(YEAR, 1, 31))
    shares = {
        day: keeping(eroding, day).mean()
        for day in (date(YEAR, 1, 30), date(YEAR, 1, 31), date(YEAR, 2, 29), date(YEAR, 3, 1), date(YEAR, 3, 31))
    }

    assert list(shares.values()) == pytest.approx([0, 1, 1, 0.5, 0.25], abs=0.03)


def test_a_lever_of_an_earlier_year_has_eroded_since() -> None:
    eroding = rule(erosion="10%", starts=date(YEAR - 1, 7, 1))

    assert keeping(eroding, date(YEAR, 1, 1)).mean() == pytest.approx(0.9**6, abs=0.03)
