"""Documents in the plan: drafted, read by several, acted on, passed down a tier."""

import pytest

from tests.regimes import DAY, HOUR, MINUTE, document, plan_of, regime, rows_of, units

PASSED = {"to": "village", "share": "100%", "drafting": "2 h", "readers": 3, "reading": "25 min"}


def test_each_document_is_read_by_as_many_as_are_asked_to() -> None:
    rows = rows_of(plan_of(regime({"d": document(readers=4)})), "d", "read")

    assert len(rows) == 12 * 4
    assert len({row.release for row in rows}) == 12
    assert {row.effort for row in rows} == {20 * MINUTE}
    assert all(row.due > row.release for row in rows)


def test_a_document_that_asks_for_action_asks_every_unit() -> None:
    plan = plan_of(regime({"d": document(issuer="department", on="village", programmes=30, acted_on="40%")}))
    acted = rows_of(plan, "d", "act")
    by_unit = {unit: {row.release for row in acted if row.unit.endswith(unit)} for unit in ("village.01", "village.02")}

    assert by_unit["village.01"] == by_unit["village.02"]
    assert len(by_unit["village.01"]) / (30 * 12) == pytest.approx(0.4, abs=0.08)
    assert {row.effort for row in acted} == {5 * HOUR}


def test_a_document_is_drafted_before_it_goes_out() -> None:
    plan = plan_of(regime({"d": document(drafting="10 h")}))
    drafted = rows_of(plan, "d", "prepare")
    out = {row.release for row in rows_of(plan, "d", "read")}

    assert {row.unit for row in drafted} == {"county_office.01"}
    assert {row.due for row in drafted} == out
    assert all(row.release < row.due for row in drafted if row.due // DAY > 10)
    assert all(row.release <= row.due for row in drafted)


def test_documents_from_outside_are_drafted_by_nobody_simulated() -> None:
    plan = plan_of(regime({"d": document(issuer="city", drafting="10 h")}))

    assert rows_of(plan, "d", "prepare") == []
    assert len(rows_of(plan, "d", "read")) == 24


def test_a_document_passed_down_is_read_below_after_it_was_sent_on() -> None:
    plan = plan_of(regime({"d": document(passed_down=PASSED)}))
    sent = {row.row: row for row in rows_of(plan, "d", "relay")}
    below = [row for row in rows_of(plan, "d", "read") if "village" in row.unit]

    assert {(row.unit, row.effort) for row in sent.values()} == {("county_office.01/township.01", 2 * HOUR)}
    assert len(sent) == 12
    assert len(below) == 12 * 2 * 3
    for row in below:
        assert row.release == sent[row.predecessor].release
        assert row.effort == 25 * MINUTE
        assert row.due > sent[row.predecessor].due, "who gets it later has his own time to read it"


def test_only_a_share_is_passed_down_and_each_township_decides_for_itself() -> None:
    made = regime(
        {"d": document(issuer="city", recurrence="weekly", programmes=5, passed_down={**PASSED, "share": "50%"})},
        organisation=units(township={"count": 2}),
    )
    sent = rows_of(plan_of(made), "d", "relay")
    first, second = ({row.release for row in sent if row.unit.endswith(unit)} for unit in ("p.01", "p.02"))

    assert len(sent) / (2 * 5 * 53) == pytest.approx(0.5, abs=0.08)
    assert first != second
    assert first & second


def test_a_village_reads_only_what_its_own_township_sent_on() -> None:
    made = regime({"d": document(passed_down=PASSED)}, organisation=units(township={"count": 3}))
    plan = plan_of(made)
    sent = {row.row: row.unit for row in rows_of(plan, "d", "relay")}

    for row in rows_of(plan, "d", "read"):
        if "village" in row.unit:
            assert row.unit.startswith(sent[row.predecessor])
