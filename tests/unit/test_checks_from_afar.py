"""Checks from data: nobody comes, somebody answers, and a hazard on the spot is not seen."""

from __future__ import annotations

from typing import Any

import pytest

from sim.domain.regime import Regime
from sim.levers.table import LEVERS
from tests.regimes import HOUR, inspection, plan_of, regime, rows_of, same_bytes

HAZARDS = {
    "hazard": {
        "kind": "problem", "on": "village", "rate": "50 per year", "reported": "0%", "report_after": "1 h",
        "hidden": "0%",
    },
}  # fmt: skip


def visited(**changes: Any) -> Regime:
    usual = {"programmes": 8, "recurrence": "monthly", "sight": "100%", "notice": "5 workdays"}
    entry = inspection(**{**usual, **changes})
    return regime({"a": entry}, demand=HAZARDS)


def pull(made: Regime, lever: str = "check_from_afar", **changes: Any) -> Regime:
    usual = {"check_from_afar": {"shown": "50%", "answering": "2 h", "looking": "30 min"}}.get(lever, {})
    return LEVERS[lever].model_validate({"lever": lever, "of": "a", **usual, **changes}).apply(made)


def test_a_measure_of_no_strength_changes_no_byte() -> None:
    assert same_bytes(plan_of(visited()), plan_of(pull(visited(), strength=0.0)))


def test_what_data_show_has_an_answer_and_a_look_in_place_of_each_visit() -> None:
    before, after = plan_of(visited()), plan_of(pull(visited()))
    gone = len(rows_of(before, "a", "host")) - len(rows_of(after, "a", "host"))

    answers, looks = rows_of(after, "a", "fill"), rows_of(after, "a", "receive")

    assert 0 < gone == len(answers) == len(looks) < len(rows_of(before, "a", "host"))
    assert {row.effort for row in answers} == {2 * HOUR}
    assert {row.effort for row in looks} == {HOUR // 2}
    assert {row.release for row in looks} == {row.due for row in answers}


def test_an_item_is_checked_from_afar_in_all_months_and_places_or_in_none() -> None:
    gone = len(rows_of(plan_of(pull(visited())), "a", "fill"))

    assert gone % len(rows_of(plan_of(visited(programmes=1)), "a", "host")) == 0


@pytest.mark.parametrize("term", ["shown", "strength"])
def test_more_of_it_checks_a_superset_from_afar(term: str) -> None:
    kept = [
        {row.identity for row in rows_of(plan_of(pull(visited(), **{term: share})), "a", "host")}
        for share in ((0.0, 0.4, 0.8, 1.0) if term == "strength" else ("0%", "40%", "80%", "100%"))
    ]

    assert kept[0] >= kept[1] >= kept[2] >= kept[3]
    assert len(kept[0]) > len(kept[3])


def test_a_check_from_afar_finds_no_hazard_on_the_spot() -> None:
    seen, blind = (
        plan_of(made).setting.problems
        for made in (visited(), pull(visited(), shown="100%"))  # type: ignore[union-attr]
    )

    assert len(seen.hit_row) > 0
    assert len(blind.hit_row) == 0
    assert (seen.onset == blind.onset).all()


def test_only_visits_are_joined() -> None:
    terms = {"marginal_hosting": "25%", "shared_preparation": "50%", "team": 4}
    afar = pull(visited())

    joined = plan_of(pull(afar, "one_team", **terms))

    assert len(rows_of(joined, "a", "fill")) == len(rows_of(plan_of(afar), "a", "fill"))
    assert len(rows_of(joined, "a", "host")) < len(rows_of(plan_of(afar), "a", "host"))
