"""A zero that divides, seats that nobody can fill, and work for nobody are refused with line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.files.scenario import read_scenario
from sim.metrics.table import METRICS

SMALL = Path(__file__).parents[1] / "fixtures" / "scenarios" / "base" / "small.yaml"
COUNTY = Path(__file__).parents[2] / "scenarios" / "base" / "county.yaml"

MEETING = "obligations.county_meeting"
RELAY = "{to: village, share: 50%, length: 1 h, after: 2 workdays, attendees: 1, hosts: 1}"


def refusal(path: Path, *settings: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path, settings, METRICS)
    assert caught.value.render("zh") != caught.value.render("en")
    return caught.value.render("en")


@pytest.mark.parametrize(
    "setting",
    [
        "policy.home_visit=0 min",
        "organisation.jurisdictions=0",
        "organisation.units.department.count=0",
        "organisation.units.township.count=0",
        "organisation.units.village.represents=0",
        "demand.certificates.kinds=0",
    ],
)
def test_a_zero_that_can_mean_nothing_is_refused(setting: str) -> None:
    told = refusal(SMALL, setting)

    assert "must be more than zero" in told
    assert setting.partition("=")[0] in told


def test_a_unit_type_of_which_there_is_none_may_be_written() -> None:
    assert read_scenario(SMALL, ["organisation.units.village.count=0"], METRICS)


def seats(scenario_path: Path) -> list[str]:
    """List the settings that ask for a hundred cadres, for every seat that the scenario has."""
    scenario = read_scenario(scenario_path)
    fields = ("attendees", "preparers", "hosts", "readers", "seats", "inspectors", "examiners")
    found = []
    for name, entry in scenario.obligations.items():
        issued = entry.issuer in scenario.organisation.units
        for field in fields:
            asked = field in ("inspectors", "examiners") or (field == "hosts" and entry.kind in ("meeting", "training"))
            if hasattr(entry, field) and (issued or not asked) and "enterprise" not in entry.kind:
                found.append(f"obligations.{name}.{field}=100")
        nested = ("relay.attendees", "relay.hosts", "escort.seats")
        there = [below for below in nested if getattr(entry, below.partition(".")[0], None) is not None]
        found += [f"obligations.{name}.{below}=100" for below in there]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("path", [SMALL, COUNTY], ids=["small", "county"])
def test_more_seats_than_holders_are_refused_wherever_they_are_written(path: Path) -> None:
    told = {setting: refusal(path, setting) for setting in seats(path)}

    silent = [setting for setting, text in told.items() if f"{setting[:-4]}: each takes 100 cadres" not in text]
    assert silent == []
    assert len(told) > 3


def test_the_message_names_the_most_that_can_come() -> None:
    assert "'township' has 4 for it; write at most 4" in refusal(SMALL, f"{MEETING}.attendees=50")
    assert read_scenario(SMALL, [f"{MEETING}.attendees=4"], METRICS)


def test_work_for_a_post_without_holders_is_refused() -> None:
    posts = read_scenario(SMALL).organisation.units["village"].posts

    told = refusal(SMALL, *(f"organisation.units.village.posts.{post}.headcount=0" for post in posts))

    assert "'village' has nobody to do this" in told
    assert "demand.certificates.on" in told


def test_a_quorum_larger_than_its_end_is_refused() -> None:
    told = refusal(COUNTY, "obligations.county_inspection_monthly.booking={callers: 9}")

    assert "county_inspection_monthly.booking" in told
    assert "write at most" in told


def test_appointments_that_can_never_be_moved_to_a_day_that_both_ends_work_are_refused() -> None:
    told = refusal(COUNTY, "policy.booking.tolerance=same day")

    assert "policy.booking.tolerance" in told
    assert "at least 1 workday" in told


def test_departments_without_any_cadre_may_be_written() -> None:
    assert read_scenario(SMALL, ["organisation.units.department.posts.officer.headcount=0"], METRICS)


def test_a_form_with_more_fields_than_its_line_of_work_has_is_refused() -> None:
    told = refusal(COUNTY, "obligations.village_form_monthly.fields=401")

    assert "obligations.village_form_monthly.fields" in told
    assert "write at most 400" in told


def test_a_line_of_work_that_nobody_described_is_refused() -> None:
    told = refusal(COUNTY, "obligations.village_form_monthly.domain=nowhere")

    assert "no line of work under policy.pools is called 'nowhere'; there are village" in told


@pytest.mark.parametrize("key", ["gathering", "universe", "at_hand", "entering", "checking", "sign_off"])
def test_a_key_that_moved_from_the_form_to_its_line_of_work_is_told_the_new_place(key: str, tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    entry = f"obligations:\n  village_form_monthly: {{{key}: 5}}\n"
    text = "title: {zh: 旧, en: old}\nextends: jianfu:base/county.yaml\n" + entry
    old.write_text(text, encoding="utf-8")

    told = refusal(old)

    assert f"a report has no key '{key}'" in told
    assert "now in policy.pools, by domain" in told


def test_the_share_of_forms_sent_back_is_told_to_follow_from_wrong_fields(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    entry = "obligations:\n  village_form_monthly:\n    collation: {returned: 10%}\n"
    old.write_text("title: {zh: 旧, en: old}\nextends: jianfu:base/county.yaml\n" + entry, encoding="utf-8")

    assert "write wrong, the share of entered fields that are wrong" in refusal(old)
