"""Assignments: their parts share one number and one fate; obligations that are part of none stay unchanged."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sim.errors import ScenarioError
from sim.files.difference import diff_scenarios
from sim.files.scenario import read_scenario
from sim.levers.table import LEVERS
from sim.scenario.apply import apply_levers, touched_entries
from sim.scenario.scenario import Scenario
from tests.regimes import (
    DAY,
    YEAR,
    Entry,
    channel,
    document,
    duty,
    inspection,
    meeting,
    plan_of,
    regime,
    report,
    rows_of,
    same_bytes,
)

if TYPE_CHECKING:
    from sim.domain.regime import Regime

PARTS = ("call", "paper", "visit", "form", "asked", "ledger")


def made(number: int = 12, **changes: Any) -> Regime:
    """Twelve assignments of departments with six parts, and a form that belongs to none."""
    part: Entry = {"issuer": "department", "part_of": "task"}
    return regime(
        {
            "call": meeting(**part, recurrence="60 per year"),
            "paper": document(**part, recurrence="90 per year"),
            "visit": inspection(**part, recurrence="quarterly"),
            "form": report(**part, programmes=30, recurrence="quarterly", domain="listed"),
            "asked": report(**part, recurrence="100 per year", registered=False, domain="asked"),
            "ledger": duty(**part, category="reports", recurrence="monthly", on="township"),
            "own": report(programmes=3, domain="own"),
        },
        assignments={"task": {"issuer": "department", "number": number, **changes}},
    )


def pull(before: Regime, *levers: dict[str, Any]) -> Regime:
    return apply_levers(scenario(before, *levers))


def scenario(before: Regime, *levers: dict[str, Any]) -> Scenario:
    return Scenario.model_validate({**dict(before), "title": {"zh": "试", "en": "trial"}, "levers": levers})


def cull(**terms: Any) -> dict[str, Any]:
    return {"lever": "cull", "of": "task", **terms}


def identities(where: Regime, name: str) -> set[int]:
    return {row.identity for row in rows_of(plan_of(where), name)}


def left(where: Regime) -> dict[str, set[int]]:
    return {name: identities(where, name) for name in where.obligations}


def test_as_many_programmes_as_assignments_unless_they_are_written() -> None:
    slots = made(4)

    assert [slots.programmes(slots.obligations[name]) for name in ("visit", "form", "call")] == [4, 30, 1]
    assert len(rows_of(plan_of(slots), "visit", "host")) == 2 * 4 * 4


def test_all_abolished_take_all_parts_and_nothing_else() -> None:
    before, after = left(made()), left(pull(made(), cull()))

    assert all(before[name] and not after[name] for name in PARTS)
    assert after["own"] == before["own"]


def test_a_part_of_an_assignment_has_its_work_whether_the_assignment_is_named_or_not() -> None:
    before = made()
    loose = before.replace(
        assignments={},
        obligations={
            name: entry.replace(part_of=None, programmes=before.programmes(entry))
            for name, entry in before.obligations.items()
        },
    )

    assert same_bytes(plan_of(before), plan_of(loose))


def test_a_larger_share_takes_the_same_assignments_and_further_ones() -> None:
    shares = ["0%", "20%", "45%", "80%", "100%"]
    found = [left(pull(made(), cull(share=share))) for share in shares]

    for weaker, stronger in pairwise(found):
        assert all(stronger[name] <= weaker[name] for name in PARTS)
    assert all(len(found[0][name]) > len(found[2][name]) > 0 for name in PARTS)


def test_parts_of_one_assignment_go_together() -> None:
    before = made(4).replace(obligations={name: made(4).obligations[name] for name in ("visit", "ledger")})
    for number in range(5):
        after = pull(before, cull(number=number))

        assert len(rows_of(plan_of(after), "visit", "host")) == 2 * 4 * (4 - number)
        assert len(rows_of(plan_of(after), "ledger")) == 12 * (4 - number)


def test_an_issuer_that_does_not_comply_keeps_an_assignment_with_all_its_parts() -> None:
    before = made(40).replace(obligations={name: made(40).obligations[name] for name in ("visit", "ledger")})
    after = pull(before, cull(compliance="50%"))

    kept = {name: len(rows_of(plan_of(after), name)) for name in ("visit", "ledger")}
    assert kept["visit"] / len(rows_of(plan_of(before), "visit")) == kept["ledger"] / (12 * 40)
    assert 0 < kept["ledger"] < 12 * 40


def test_a_monitor_of_an_assignment_slows_the_return_of_all_its_parts() -> None:
    eroding = cull(erosion="20%")
    watch = {"lever": "monitor", "of": "task", "prevents": "100%", "turns_away": "0%"}

    loose, watched = (left(pull(made(60), *levers)) for levers in ([eroding], [eroding, watch]))

    assert all(loose[name] for name in ("visit", "form", "ledger"))
    assert not any(watched[name] for name in PARTS)


def test_a_cull_in_july_leaves_what_was_done_by_then() -> None:
    rows = rows_of(plan_of(pull(made(), cull(starts=date(YEAR, 7, 1)))), "ledger")

    assert rows
    assert max(row.day for row in rows) < (date(YEAR, 7, 1) - date(YEAR, 1, 1)).days


def test_culled_kinds_of_form_leave_the_rest_of_the_assignment() -> None:
    after = pull(made(), cull(of="form", share="40%"))

    before, rest = left(made()), left(after)
    assert len(rows_of(plan_of(after), "form", "fill")) == 0.6 * len(rows_of(plan_of(made()), "form", "fill"))
    assert all(rest[name] == before[name] for name in before if name != "form")


def test_what_comes_at_a_rate_loses_a_share_of_its_occurrences_and_no_number() -> None:
    fewer = pull(made(), cull(of="asked", share="50%"))

    assert len(identities(fewer, "asked")) == pytest.approx(0.5 * len(identities(made(), "asked")), rel=0.25)
    with pytest.raises(ScenarioError, match="comes at a rate"):
        pull(made(), cull(of="asked", number=1))


def test_a_share_of_groups_is_a_share_at_every_number_of_groups() -> None:
    for groups in (8, 20, 60):
        before = regime({"chat": channel(groups=groups, notices=0, switching="10 s", checks=1)})
        after = pull(before, cull(of="chat", share="45%"))
        efforts = [{row.effort for row in rows_of(plan_of(one), "chat")} for one in (before, after)]

        assert efforts[0] == {10 * groups}
        assert [effort / (10 * groups) for effort in efforts[1]] == [pytest.approx(0.55, abs=1 / groups)]


def test_only_units_that_take_part_have_the_work() -> None:
    every, some = made(), made(participating="40%")
    found = [left(one) for one in (every, some)]

    for name in ("visit", "form", "ledger", "call"):
        assert found[1][name] < found[0][name]
    assert found[1]["own"] == found[0]["own"]


def test_the_parts_of_an_assignment_count_as_touched() -> None:
    one = scenario(made(), cull(share="50%"))

    assert {f"obligations.{name}" for name in PARTS} <= touched_entries(one, one.regime, apply_levers(one))
    assert "obligations.own" not in touched_entries(one, one.regime, apply_levers(one))


def test_one_village_more_leaves_the_fate_of_assignments_as_it_was() -> None:
    lever = LEVERS["cull"].model_validate(cull(share="50%"))
    few, more = (
        rows_of(plan_of(lever.apply(made().replace(organisation=organisation))), "visit", "host", "village.01")
        for organisation in (made().organisation, with_villages(made(), 5))
    )

    assert [row.start // DAY for row in few] == [row.start // DAY for row in more]


def with_villages(where: Regime, count: int) -> Any:
    units = where.organisation.units
    return where.organisation.replace(units={**units, "village": units["village"].replace(count=count)})


@pytest.mark.parametrize("terms", [{"share": "50%", "number": 1}, {"kept": 1, "number": 1}])
def test_a_cull_has_one_size(terms: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="only one of share, number and kept"):
        LEVERS["cull"].model_validate(cull(**terms))


# --- mistakes -------------------------------------------------------------------------------------------------------

COUNTY = Path(__file__).parents[2] / "scenarios" / "base" / "county.yaml"
IDLE = "assignments.idle={label: {zh: 空, en: idle}, issuer: department, number: 3}"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (["obligations.village_ad_hoc.part_of=lines"], "no assignment is called 'lines'; there are county_monthly"),
        ([IDLE.replace("idle=", "village_ad_hoc=")], "an assignment and an obligation"),
        (["assignments.line_work.number=0"], "must be more than zero; if there is none, delete its parts"),
        ([IDLE, "levers=[{lever: cull, of: idle}]"], "the assignment 'idle' has no part; write part_of: idle"),
        (["levers=[{lever: cull, of: idle}]"], "'idle'"),
        (["levers=[{lever: cull, of: village_ad_hoc, number: 3}]"], "comes at a rate"),
    ],
)
def test_a_mistake_about_assignments_is_told_with_its_line(settings: list[str], told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        apply_levers(read_scenario(COUNTY, settings))

    text = caught.value.render("en")
    assert told in text
    assert caught.value.render("zh") != text


def test_differences_call_an_assignment_by_its_label() -> None:
    before = read_scenario(COUNTY)
    after = read_scenario(COUNTY, ["levers=[{lever: cull, of: line_work, share: 10%}]"])

    (added,) = diff_scenarios(before, after)

    assert before.assignments["line_work"].label.en in added.words["en"]


# --- gate, licence, creep -------------------------------------------------------------------------------------------


def admit(admitted: str, **terms: Any) -> dict[str, Any]:
    return {"lever": "admit", "of": ("task", "own"), "admitted": admitted, **terms}


def drawn(where: Regime, name: str) -> int:
    """Count the occurrences of an obligation; a document is read by two, a form filled in by both villages."""
    part = {"call": "attend", "paper": "read", "visit": "host", "ledger": "routine"}.get(name, "fill")
    return len(rows_of(plan_of(where), name, part)) // (2 if part in ("read", "fill") else 1)


def test_what_is_refused_and_what_is_admitted_is_all_there_was() -> None:
    before, after = made(), pull(made(), admit("60%"))
    setting = plan_of(after).setting
    assert setting is not None

    for name in (*PARTS, "own"):
        assert drawn(after, name) + setting.refused[f"obligations.{name}"] == drawn(before, name)
    assert sum(setting.refused.values()) > 0


def test_a_narrower_gate_admits_fewer_of_the_same() -> None:
    found = [left(pull(made(), admit(share))) for share in ("100%", "70%", "30%", "0%")]

    assert found[0] == left(made())
    for wider, narrower in pairwise(found):
        assert all(narrower[name] <= wider[name] for name in wider)
    assert not any(found[3].values())


def test_a_licence_that_is_renewed_or_kept_to_changes_nothing() -> None:
    for terms in ({"renewed": "100%", "ignored": "100%"}, {"renewed": "0%", "ignored": "0%"}):
        after = pull(made(), {"lever": "license", "of": "task", **terms})

        assert left(after) == left(made())


def test_of_expired_work_more_is_ignored_the_more_units_dare() -> None:
    found = [
        left(pull(made(), {"lever": "license", "of": "task", "renewed": "40%", "ignored": share}))
        for share in ("20%", "60%", "100%")
    ]

    for bolder, boldest in pairwise(found):
        assert all(boldest[name] <= bolder[name] for name in PARTS)


def test_creep_adds_to_every_part_and_leaves_what_there_was() -> None:
    found = [left(pull(made(), {"lever": "creep", "of": "task", "more": share})) for share in ("0%", "30%", "100%")]

    assert found[0] == left(made())
    for less, more in pairwise(found):
        assert all(less[name] < more[name] for name in PARTS)
        assert more["own"] == less["own"]


def test_creep_of_all_is_twice_as_much() -> None:
    after = pull(made(), {"lever": "creep", "of": "task", "more": "100%"})

    for name in ("visit", "form", "ledger"):
        assert drawn(after, name) == 2 * drawn(made(), name)


def test_weaker_creep_adds_some_of_what_stronger_creep_adds() -> None:
    creep = {"lever": "creep", "of": "task", "more": "50%"}
    found = [left(pull(made(), {**creep, "strength": strength})) for strength in (0.0, 0.3, 0.7, 1.0)]

    for weaker, stronger in pairwise(found):
        assert all(weaker[name] <= stronger[name] for name in weaker)
