"""Reading a scenario: the meaning of the YAML, and every mistake at once with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import Problem, ScenarioError
from sim.files.scenario import read_scenario
from sim.files.seeds import read_evidence, seeds_folder
from sim.files.sources import known_sources
from sim.metrics.table import METRICS
from sim.scenario.scenario import Scenario
from sim.units import Duration, Share, Workdays

SCENARIOS = Path(__file__).parents[1] / "fixtures" / "scenarios"
SMALL = SCENARIOS / "base" / "small.yaml"
TEXT = SMALL.read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> Scenario:
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return read_scenario(path)


def problems_of(tmp_path: Path, text: str) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    return list(caught.value.problems)


def test_a_complete_scenario_is_read() -> None:
    scenario = read_scenario(SMALL)

    inspection = scenario.obligations["county_inspection"]
    assert inspection.programmes.value == 15
    assert inspection.programmes.range == (10, 20)
    assert scenario.demand["certificates"].patience.value == Duration.parse("3 workdays")


@pytest.mark.parametrize("name", ["base/county.yaml", "jiayu/before.yaml", "jiayu/after.yaml"])
def test_the_scenarios_that_come_with_the_program_are_read(name: str) -> None:
    read_scenario(Path(__file__).parents[2] / "scenarios" / name)


def test_what_was_typed_keeps_its_meaning(tmp_path: Path) -> None:
    text = TEXT.replace("zh: 测试县, en: Test county", "zh: 12:30, en: no").replace("groups: 8", "groups: 010")

    scenario = read(tmp_path, text)

    assert (scenario.title.zh, scenario.title.en) == ("12:30", "no")
    assert scenario.obligations["notices"].groups.value == 10  # type: ignore[union-attr]


def test_full_width_digits_and_chinese_units_are_read(tmp_path: Path) -> None:
    text = TEXT.replace("groups: 8", "groups: １２").replace("notice: 5 workdays", "notice: ５个工作日")
    text = text.replace("share: 50%", "share: ５０％").replace("preparation: 4 h", "preparation: 1.5 小时")

    scenario = read(tmp_path, text)

    assert scenario.obligations["notices"].groups.value == 12  # type: ignore[union-attr]
    inspection = scenario.obligations["county_inspection"]
    assert inspection.notice.value == Workdays(5)  # type: ignore[union-attr]
    assert inspection.preparation.value.mean == 5400  # type: ignore[union-attr]
    assert scenario.obligations["county_meeting"].relay.share.value == Share(0.5)  # type: ignore[union-attr]


def test_a_recurrence_may_be_a_word_a_rate_or_a_mapping(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT).obligations["office_routine"].recurrence.value.months == (11, 12)
    assert read(tmp_path, TEXT.replace("recurrence: daily", "recurrence: 每周 3 次"))
    assert read(
        tmp_path, TEXT.replace("recurrence: daily", "recurrence: {value: {rate: 3 per week, season: year_end}}")
    )


@pytest.mark.parametrize(
    ("old", "new", "key", "told", "hint"),
    [
        ("tier: county", "teir: county", "organisation.units.department.teir", "teir", "tier"),
        ("kind: channel", "kind: chanel", "obligations.notices.kind", "chanel", "channel"),
        ("notice: 5 workdays", "notice: 5", "obligations.county_inspection.notice", "5 has no unit", ""),
        ("preparation: 4 h", "preparation: 4 hoers", "obligations.county_inspection.preparation", "4 hoers", ""),
        ("share: 50%", "share: 150%", "obligations.county_meeting.relay.share", "150%", ""),
        ("groups: 8", "groups: -8", "obligations.notices.groups", "at least 0", ""),
        ("groups: 8", "groups: .nan", "obligations.notices.groups", "whole number", ""),
        ("groups: 8", "groups: 1e400", "obligations.notices.groups", "whole number", ""),
        ("groups: 8", "groups: true", "obligations.notices.groups", "whole number", ""),
        ("concentration: 1.1", "concentration: 1e400", "demand.certificates.concentration", "finite", ""),
        ("concentration: 1.1", "concentration: .nan", "demand.certificates.concentration", "finite", ""),
        ("recurrence: daily", "recurrence: dayly", "obligations.notices.recurrence", "dayly", "daily"),
        ("year: 2024", "year: 2042", "calendar.year", "2022", ""),
        ("zh: 测试县, en: Test county", "zh: 测试县, en: 7", "title.en", "quotes", ""),
        ("range: [10, 20]", "range: [20, 10]", "obligations.county_inspection.programmes", "low <= value", ""),
        ("parent: township", "parent: townshp", "organisation.units.village.parent", "townshp", "township"),
        ("parent: department", "parent: village", "organisation.units.township.parent", "circle", ""),
        ("shift: office", "shift: ofice", "organisation.units.department.shift", "ofice", "office"),
        ("role: county_cadre", "role: county", "organisation.units.department.posts.officer.role", "county", ""),
        ("issuer: own", "issuer: owm", "obligations.office_routine.issuer", "owm", "own"),
        ("on: township", "on: townships", "obligations.county_meeting.on", "townships", "township"),
        ("to: village", "to: department", "obligations.county_meeting.relay.to", "no parent", ""),
        ("posts: [clerk]", "posts: [clark]", "obligations.county_inspection.escort.posts[0]", "clark", "clerk"),
        ("season: year_end", "season: yearend", "demand.certificates.season", "yearend", "year_end"),
        ("hourly_cost: {value: 45, source: assumed}", "hourly_cost: {value: 45, source: assumd}",
         "policy.hourly_cost.source", "assumd", "assumed"),
        ("replications: 4", "primary_scope: nobody", "run.primary_scope", "nobody", ""),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, key: str, told: str, hint: str
) -> None:
    changed = TEXT.replace(old, new, 1)
    line = next(at for at, row in enumerate(changed.split("\n"), 1) if row != TEXT.split("\n")[at - 1])

    found = {(problem.line, problem.key): problem for problem in problems_of(tmp_path, changed)}

    problem = found[line, key]
    assert problem.file == str(tmp_path / "scenario.yaml")
    assert problem.column > 0
    assert told in problem.render("en")
    assert problem.message["zh"] != problem.message["en"]
    assert hint in problem.hint.get("en", "")
    assert bool(hint) <= bool(problem.hint)


def test_a_key_written_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, TEXT.replace("tier: county", "tier: county\n      tier: village"))

    assert problem.key == "organisation.units.department.tier"
    assert f"line {problem.line - 1}" in problem.message["en"]


def test_many_mistakes_come_at_once_names_included(tmp_path: Path) -> None:
    text = TEXT.replace("tier: county", "teir: county").replace("groups: 8", "groups: eight")
    text = text.replace("issuer: own", "issuer: nobody").replace("season: year_end", "season: spring")

    problems = problems_of(tmp_path, text)

    assert [problem.key for problem in problems] == [
        "organisation.units.department.tier",
        "organisation.units.department.teir",
        "obligations.notices.groups",
        "obligations.office_routine.issuer",
        "demand.certificates.season",
    ]


def test_nothing_is_said_about_a_faulty_entry_where_it_is_named(tmp_path: Path) -> None:
    text = TEXT.replace("tier: village", "tier: vilage")

    assert [problem.key for problem in problems_of(tmp_path, text)] == ["organisation.units.village.tier"]


def test_levers_that_do_not_fit_are_told(tmp_path: Path) -> None:
    levers = """
levers:
  - {lever: cap_frequency, of: [county_inspection, notices, nothing], to: quarterly}
  - {lever: cap_frequency, of: county_inspection, to: yearly, name: second}
  - {lever: cap_frequency, of: safety_inspection, to: yearly}
  - {lever: directory, of: certificates, kinds: 3, kept: most_used, still_come: 10%, refusal: 5 min, moves_to: moon}
"""

    found = {problem.key: problem for problem in problems_of(tmp_path, TEXT + levers)}

    assert "channel" in found["levers[0].of[1]"].message["en"]
    assert "nothing" in found["levers[0].of[2]"].message["en"]
    assert "twice" in found["levers[2].lever"].message["en"]
    assert found["levers[2].lever"].hint["en"].endswith(f":{TEXT.count(chr(10)) + 3}")
    assert "moon" in found["levers[3].moves_to"].message["en"]


def test_two_levers_on_the_same_thing_are_told_with_both_lines(tmp_path: Path) -> None:
    levers = """
levers:
  - {lever: cap_frequency, of: county_inspection, to: yearly}
  - {lever: cap_frequency, of: county_inspection, to: yearly, name: second}
"""

    (problem,) = problems_of(tmp_path, TEXT + levers)

    line = TEXT.count("\n") + 4
    assert problem.line == line
    assert "county_inspection.frequency_caps" in problem.message["en"]
    assert problem.hint["en"].endswith(f":{line - 1}")


def test_what_levers_write_is_not_written_by_hand(tmp_path: Path) -> None:
    cap = "hosts: 2\n    frequency_caps: [{of: [county_inspection], to: yearly}]"

    problems = problems_of(tmp_path, TEXT.replace("hosts: 2", cap))

    assert [problem.key for problem in problems] == ["obligations.county_inspection.frequency_caps"]


def test_names_of_metrics_are_checked_where_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(TEXT + "  primary: formality_hour\nexpect: [{metric: hourz}]\n", encoding="utf-8")

    read_scenario(path)
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path, metrics={name: METRICS[name] for name in ("formality_hours", "hours")})

    assert [problem.key for problem in caught.value.problems] == ["run.primary", "expect[0].metric"]


def test_the_quick_list_of_sources_is_the_whole_list() -> None:
    evidence = read_evidence(seeds_folder())

    outcomes = {*evidence.outcomes, *evidence.results}
    assert known_sources() == {*evidence.figures, *evidence.baselines, *outcomes, "assumed", "calibrated"}
