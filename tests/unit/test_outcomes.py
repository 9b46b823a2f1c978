"""The registry of published outcomes: sound numbers, and a reader that reports every mistake with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.domain.evidence import Evidence
from sim.domain.grade import Grade
from sim.domain.published import PublishedMetric
from sim.domain.standing import Standing
from sim.errors import ScenarioError
from sim.experiment.options import RunOptions
from sim.files.extend import scenarios_folder
from sim.files.seeds import read_evidence, seeds_folder
from sim.files.sources import known_figures, known_sources
from sim.report.scoreboard import score_page
from sim.scoring import score_place

ROUNDING = 0.006
"""Tolerance: published changes are rounded to whole per cents."""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence(seeds_folder())


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may change."""
    return Path(shutil.copytree(seeds_folder(), tmp_path / "seeds"))


def spoil(seeds: Path, old: str, new: str) -> int:
    """Replace the first `old` in the registry and return its line."""
    path = seeds / "outcomes.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refused(seeds: Path) -> list[tuple[int, str, str]]:
    """Read the seeds and return line, key and message of every mistake."""
    with pytest.raises(ScenarioError) as caught:
        read_evidence(seeds)
    assert {Path(problem.file).name for problem in caught.value.problems} == {"outcomes.yaml"}
    return [(problem.line, problem.key, problem.message["en"]) for problem in caught.value.problems]


# --- numbers ------------------------------------------------------------------------------


def test_a_relative_change_agrees_with_the_levels_around_it(evidence: Evidence) -> None:
    told = {
        name: (one.change, one.after / one.before - 1)
        for name, one in evidence.results.items()
        if one.change is not None and one.before and one.after
    }

    assert len(told) == 12
    assert {name for name, (change, found) in told.items() if abs(change - found) > ROUNDING} == set()


def test_derived_numbers_follow_from_the_reported_ones(evidence: Evidence) -> None:
    haining = {
        name: evidence.results[f"haining_bundling.{name}"].change for name in ("entry_checks", "tasks_per_visit")
    }
    visits = evidence.results["haining_bundling.enterprise_visits_total"].change
    months = evidence.results["boe_cap.checks_11_months"].after
    year = evidence.results["boe_cap.checks_per_year"].after

    assert haining["entry_checks"] is not None
    assert visits is not None
    assert haining["tasks_per_visit"] == pytest.approx((1 + haining["entry_checks"]) / (1 + visits) - 1, abs=0.001)
    assert months is not None
    assert year == pytest.approx(months * 12 / 11, abs=0.01)


def test_points_are_a_difference_of_shares(evidence: Evidence) -> None:
    found = {name: one.difference for name, one in evidence.results.items() if one.difference is not None}

    assert found == {
        "national_2025_checks.problem_detection_share": pytest.approx(0.185),
        "mianyang_resolution_time.mean_days_to_resolve": -3.37,
        "denmark_unannounced_rct.non_compliance_found_risk_difference": pytest.approx(-0.006),
    }


def test_a_number_has_the_grade_and_family_of_its_outcome_unless_it_has_its_own(evidence: Evidence) -> None:
    firm, visits = (evidence.results[f"haining_bundling.{name}"] for name in ("one_firm_checks", "entry_checks"))
    documents = evidence.results["wuhu_2019.documents"]

    assert (firm.grade, visits.grade) == (Grade.C, Grade.B)
    assert (documents.family, evidence.outcomes["wuhu_2019"].family) == ("documents", "meetings")
    assert all(one.grade and one.family for one in evidence.results.values())


def test_outcomes_can_be_cited_and_their_numbers_are_published_figures(evidence: Evidence) -> None:
    number = "haining_bundling.entry_checks"

    assert {"haining_bundling", number} <= known_sources()
    assert number in known_figures()
    assert "haining_bundling" not in known_figures()
    assert isinstance(evidence.published(number), PublishedMetric)
    assert evidence.published("haining_bundling") is None
    assert evidence.standing_of(number) is Standing.REPORTED
    assert evidence.standing_of("haining_bundling.tasks_per_visit") is Standing.DERIVED
    assert evidence.standing_of("haining_bundling") is Standing.REPORTED
    assert evidence.find("haining_bundling.no_such_number") is None


def test_every_result_was_read_after_the_first_tracked_version(evidence: Evidence) -> None:
    assert {outcome.in_sample_after for outcome in evidence.outcomes.values()} == {"baseline"}


def test_an_outcome_is_scored_like_a_place(evidence: Evidence) -> None:
    folder = scenarios_folder() / "outside" / "inner_mongolia_mines"

    rows = score_place(folder, evidence, RunOptions(replications=2, jobs=1))

    measures, level, visits, findings = rows
    assert [row.role for row in rows] == ["input", "input", "target", "target"]
    assert (measures.used, measures.simulated) == ("levers[bundle_checks]", None)
    assert "recurrence" in level.used
    assert (visits.figure, visits.published) == ("inner_mongolia_mines.checks_per_enterprise", -0.33)
    assert visits.low is not None
    assert (findings.metric, findings.published) == ("visits_with_finding", 0.296)
    name = "outside/inner_mongolia_mines"
    page = score_page(rows, {name: evidence.outcomes[folder.name].place}, {name: evidence}, "zh")
    assert all(row.figure in page for row in rows)
    assert "报道的举措" in page


# --- reading ------------------------------------------------------------------------------


def test_all_mistakes_are_reported_at_once_with_their_lines(seeds: Path) -> None:
    key = spoil(seeds, "change: -0.1523", "chnage: -0.1523")
    family = spoil(seeds, "family: ledgers", "family: ledger")
    change = spoil(seeds, "change: -0.3282", 'change: "-0.3282"')

    lines = {(line, key.rpartition(".")[2]) for line, key, _ in refused(seeds)}

    assert {(key, "chnage"), (family, "family"), (change, "change")} <= lines


def test_a_missing_grade_is_reported_for_its_outcome(seeds: Path) -> None:
    line = spoil(seeds, "    grade: A\n", "")

    ((found, key, message),) = refused(seeds)

    assert key == "outcomes.15.grade"
    assert "required" in message
    assert abs(found - line) < 10


def test_an_unknown_family_is_reported_with_those_allowed(seeds: Path) -> None:
    line = spoil(seeds, "family: groups", "family: chats")

    ((found, key, message),) = refused(seeds)

    assert (found, key) == (line, "outcomes.13.family")
    assert "'groups'" in message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("        change: -0.5\n        grade: C\n", "        grade: C\n", "needs a number"),
        ("        change_abs: -3.37\n", "        change_abs: -3.37\n        change_pp: -3\n", "either change_abs or"),
        ("ci: [-2.51, 1.31]", "ci: [1.31, -2.51]", "ci must hold"),
        ("- name: entry_checks", "- name: yearly_check_plans", "names given twice"),
        ("id: haining_bundling", "id: boe_cap", "ids given twice"),
        ("levers: [no_meeting_day]", "levers: []", "at least 1 item"),
        ("bound: more_than", "bound: nearly", "at_least"),
        ("grade: C\n  - id: inner", "grade: D\n  - id: inner", "'A', 'B' or 'C'"),
        ("year: 2017\n    levers: [unann", "year: about 2017\n    levers: [unann", "integer"),
    ],
)
def test_a_mistake_is_named(seeds: Path, old: str, new: str, message: str) -> None:
    spoil(seeds, old, new)

    found = refused(seeds)

    assert any(message in said for _, _, said in found), found
    assert all(line > 0 for line, _, _ in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sources: [haining]", "sources: [hainin]", "haining_bundling: source hainin"),
        ("id: haining_bundling", "id: haining_universe", "haining_universe: already used"),
    ],
)
def test_a_name_that_leads_nowhere_or_is_taken_is_refused(seeds: Path, old: str, new: str, message: str) -> None:
    spoil(seeds, old, new)

    with pytest.raises(ScenarioError, match=message):
        read_evidence(seeds)


def test_a_source_that_the_levels_have_already_is_refused_in_both_languages(seeds: Path) -> None:
    spoil(seeds, "- id: mianyang_2025", "- id: haining")

    with pytest.raises(ScenarioError) as caught:
        read_evidence(seeds)

    (problem,) = caught.value.problems
    assert "haining" in problem.message["zh"]
    assert "baselines.yaml already" in problem.message["en"]


def test_a_missing_registry_is_named(seeds: Path) -> None:
    (seeds / "outcomes.yaml").unlink()

    assert [line for line, _, _ in refused(seeds)] == [0]
