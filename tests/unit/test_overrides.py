"""`--set PATH=VALUE` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.files.scenario import read_scenario
from sim.scenario.scenario import Scenario

AFTER = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place" / "after.yaml"


def read(*settings: str) -> Scenario:
    return read_scenario(AFTER, settings)


def refusal(*settings: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(*settings)
    return caught.value.render("en")


@pytest.mark.parametrize("path", ["levers[one_team]", "levers[lever=one_team]", "levers[1]", "levers.one_team"])
def test_a_lever_is_called_by_name_kind_or_place(path: str) -> None:
    assert read(f"{path}.strength=0.25").levers[1].strength == 0.25


def test_values_are_yaml() -> None:
    scenario = read(
        "obligations.county_inspection.notice=每天",
        "obligations.county_inspection.notice=2 workdays",
        "obligations.county_inspection.programmes={value: 20, range: [18, 25], source: assumed}",
        "levers[one_team].of=[county_inspection]",
        "obligations.county_meeting.blocks_half_day=true",
        "organisation.units.village.count=4",
        "run.root=5",
    )

    inspection = scenario.obligations["county_inspection"]
    assert inspection.notice.value == 2  # type: ignore[union-attr]
    assert inspection.programmes.range == (18, 25)
    assert scenario.levers[1].of == ("county_inspection",)
    assert scenario.obligations["county_meeting"].blocks_half_day  # type: ignore[union-attr]
    assert scenario.organisation.units["village"].count.value == 4
    assert scenario.run.root == 5


def test_a_bare_quantity_takes_a_source_and_a_new_value_drops_the_old_one() -> None:
    scenario = read(
        "obligations.county_inspection.notice.source=assumed",
        "obligations.county_inspection.programmes.value=9",
    )

    inspection = scenario.obligations["county_inspection"]
    assert (inspection.notice.value, inspection.notice.source) == (5, "assumed")  # type: ignore[union-attr]
    assert (inspection.programmes.value, inspection.programmes.source) == (9, None)


def test_an_entry_is_found_by_what_it_holds() -> None:
    scenario = read("organisation.units.township.posts[headcount=1].headcount=2")

    assert scenario.organisation.units["township"].posts["head"].headcount.value == 2


def test_a_tilde_deletes() -> None:
    scenario = read("~demand.certificates", "~levers[one_team]")

    assert scenario.demand == {}
    assert len(scenario.levers) == 1


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("obligations.county_inspektion.programmes=2", "did you mean 'county_inspection'?"),
        ("obligations.county_inspection.programes=2", "did you mean 'programmes'?"),
        ("levers[two_team].strength=0", "there are cap_frequency, one_team"),
        ("levers[7].strength=0", "there are cap_frequency, one_team"),
        ("organisation.units.village.posts[role=village_cadre].headcount=3", "several: secretary, member"),
        ("run.replicatons=3", "did you mean 'replications'?"),
        ("obligation.x=3", "did you mean 'obligations'?"),
        ("nonsense", "write PATH=VALUE"),
        ("~run.root=3", "write PATH=VALUE"),
        ("~obligations.nothing", "no 'nothing'"),
        ("=3", "write PATH=VALUE"),
        ("run..root=3", "cannot read"),
        ("run.root=[1, 2", "not valid YAML"),
        ("run.root=three", "whole number"),
        ("levers[one_team].strength=2", "at most 1"),
        ("obligations.county_inspection.programmes.source=nowhere", "nothing in seeds"),
    ],
)
def test_a_wrong_setting_says_what_is_there(setting: str, told: str) -> None:
    message = refusal(setting)

    assert f"--set {setting}" in message.replace("…", "") or setting[:50] in message
    assert told in message


def test_all_wrong_settings_come_at_once() -> None:
    message = refusal("run.root=x", "levers[none].of=a", "obligations.county_meeting.held=nowhere")

    assert len(message.splitlines()) == 3
