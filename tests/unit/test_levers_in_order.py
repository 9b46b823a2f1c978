"""Ordered lists of levers: each member acts on the result of the members before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.files.compose import scenario_yaml
from sim.files.difference import diff_scenarios
from sim.files.explain import explain_values
from sim.files.scenario import read_scenario
from sim.scenario.apply import apply_levers
from sim.scenario.scenario import Scenario
from tests.regimes import document, inspection, plan_of, regime, rows_of

WEEKLY = document(recurrence="weekly")
TWELVE = inspection(programmes=12, recurrence="yearly")
MONTHLY = inspection(recurrence="monthly")


def scenario(obligation: dict[str, Any], *levers: dict[str, Any]) -> Scenario:
    return Scenario.model_validate(
        {**dict(regime({"x": obligation})), "title": {"zh": "题", "en": "title"}, "levers": levers}
    )


def capped(name: str, **changes: Any) -> dict[str, Any]:
    return {"lever": "cap_volume", "name": name, "of": "x", **changes}


def cut(name: str, items: int, **changes: Any) -> dict[str, Any]:
    return {"lever": "cull", "name": name, "of": "x", "number": items, **changes}


def in_order(*levers: dict[str, Any]) -> dict[str, Any]:
    return {"then": levers}


def rows(made: Scenario, place: str = "x/read") -> set[tuple[str, int]]:
    """Return the unit and release of each remaining row."""
    left = rows_of(plan_of(apply_levers(made)), *place.split("/"))
    return {(row.unit, row.release) for row in left}


def test_a_later_share_is_of_what_an_earlier_one_leaves() -> None:
    alone = rows(scenario(WEEKLY, capped("a", kept="56%")))
    both = rows(scenario(WEEKLY, in_order(capped("a", kept="80%"), capped("b", kept="70%"))))

    assert both == alone
    assert both < rows(scenario(WEEKLY, capped("a", kept="80%")))


def test_before_a_later_cap_starts_the_earlier_one_holds() -> None:
    later = capped("b", kept="0%", starts=date(2024, 7, 1))
    first, both = (rows(scenario(WEEKLY, *levers)) for levers in ([capped("a", kept="50%")], [later]))

    assert rows(scenario(WEEKLY, in_order(capped("a", kept="50%"), later))) == first & both


def test_a_later_cut_takes_items_that_are_still_there() -> None:
    both = scenario(TWELVE, in_order(cut("a", 5), cut("b", 4)))

    assert rows(both, "x/visit") == rows(scenario(TWELVE, cut("a", 9)), "x/visit")
    assert rows(scenario(TWELVE, in_order(cut("a", 5), cut("b", 9))), "x/visit") == set()


def test_frequencies_follow_each_other() -> None:
    caps = [{"lever": "cap_frequency", "name": to, "of": "x", "to": to} for to in ("quarterly", "half_yearly")]

    assert rows(scenario(MONTHLY, in_order(*caps)), "x/visit") == rows(scenario(MONTHLY, caps[1]), "x/visit")


@pytest.mark.parametrize("idle", [0, 1])
def test_a_member_of_strength_zero_is_not_there(idle: int) -> None:
    members = [capped("a", kept="80%"), capped("b", kept="70%")]
    members[idle]["strength"] = 0.0

    assert apply_levers(scenario(WEEKLY, in_order(*members))) == apply_levers(scenario(WEEKLY, members[1 - idle]))


def test_guards_watch_over_every_member() -> None:
    members = in_order(capped("a", kept="0%", erosion="20%"), capped("b", kept="50%"))
    watch = {"lever": "monitor", "of": "x", "prevents": "100%", "turns_away": "0%"}

    unwatched, watched = rows(scenario(WEEKLY, members)), rows(scenario(WEEKLY, members, watch))

    assert watched == set()
    assert unwatched


def test_without_a_list_the_two_still_collide() -> None:
    with pytest.raises(ScenarioError, match="both write obligations"):
        apply_levers(scenario(WEEKLY, capped("a", kept="80%"), in_order(capped("b", kept="70%"), capped("c", most=3))))


def test_only_some_kinds_can_follow_each_other() -> None:
    surprise = {"lever": "unannounced_visit", "of": "x", "reading": "5 min"}

    with pytest.raises(ScenarioError, match="only cap_frequency"):
        apply_levers(scenario(MONTHLY, in_order({**surprise, "name": "a"}, {**surprise, "name": "b"})))


def test_members_are_picked_by_name() -> None:
    made = scenario(WEEKLY, in_order(capped("a", kept="80%"), capped("b", kept="70%")))

    assert apply_levers(made, ["b"]) == apply_levers(scenario(WEEKLY, capped("b", kept="70%")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "then.yaml"
    path.write_text(
        "title: {zh: 题, en: title}\nextends: jianfu:jiayu/before.yaml\nlevers:\n  - then:\n"
        "      - {lever: cap_volume, name: a, of: county_document, kept: 80%, source: assumed}\n"
        "      - {lever: cap_volume, name: b, of: county_document, kept: {value: 70%, source: assumed}}\n",
        "utf-8",
    )
    return path


def test_members_are_called_as_other_levers_are(file: Path) -> None:
    keys = {value.key: value.place for value in explain_values(file)}
    place = keys["levers[b].kept"]
    assert place is not None
    assert place.line == 6

    changed = read_scenario(file, ["levers[b].strength=0.25", "~levers[a].source"])

    assert [lever.strength for lever in changed.every_lever] == [1.0, 0.25]
    assert [one.key for one in diff_scenarios(read_scenario(file), changed)] == [
        "levers[a].source", "levers[b].strength",
    ]  # fmt: skip


def test_a_changed_order_is_told(file: Path) -> None:
    one = read_scenario(file)
    file.write_text(file.read_text("utf-8").replace("name: a", "name: c").replace("name: b", "name: a"), "utf-8")
    file.write_text(file.read_text("utf-8").replace("name: c", "name: b"), "utf-8")

    told = diff_scenarios(one, read_scenario(file))

    assert ("[a, b]", "[b, a]") in [(change.before, change.after) for change in told if change.key == "levers.then"]


def test_a_list_is_written_back_as_it_was(file: Path, tmp_path: Path) -> None:
    made = read_scenario(file)
    (tmp_path / "copy.yaml").write_text(scenario_yaml(made), "utf-8")

    assert read_scenario(tmp_path / "copy.yaml") == made


@pytest.mark.parametrize(
    ("wrong", "key", "words"),
    [
        ("kept: 80%", "levers[0].then[0].kept", "has no unit"),
        ("name: b", "levers[0].then[1].name", "occurs twice"),
        ("lever: cap_volume, name: b, of: county_document", "levers[0].then[1].of[0]", "no obligation"),
    ],
)
def test_a_mistake_in_a_member_is_told_at_its_line(file: Path, wrong: str, key: str, words: str) -> None:
    right = {"kept: 80%": "kept: 3", "name: b": "name: a"}
    file.write_text(
        file.read_text("utf-8").replace(wrong, right.get(wrong, wrong.replace("county_document", "nothing"))), "utf-8"
    )

    with pytest.raises(ScenarioError) as refused:
        read_scenario(file)

    assert {problem.key for problem in refused.value.problems} == {key}
    assert all(words in problem.message["en"] and problem.line for problem in refused.value.problems)


def test_a_faulty_member_does_not_hide_that_it_acts_on_nothing(file: Path) -> None:
    file.write_text(
        file.read_text("utf-8").replace("of: county_document, kept: 80%", "of: [nothing], kept: 3"), "utf-8"
    )

    with pytest.raises(ScenarioError) as refused:
        read_scenario(file)

    assert {problem.key for problem in refused.value.problems} == {
        "levers[0].then[0].kept", "levers[0].then[0].of[0]",
    }  # fmt: skip
