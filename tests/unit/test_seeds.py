"""The evidence is complete, names its sources, adds up, and its reader reports every mistake with its line."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.domain.evidence import TOTAL, WEEK, Baseline, Evidence, Figure
from sim.domain.frozen import Frozen, Label
from sim.domain.grade import Bound
from sim.domain.standing import Standing
from sim.errors import ScenarioError
from sim.experiment.kept.store import Store
from sim.files import seeds as reader
from sim.files.seeds import read_evidence, seeds_folder

ROUNDING = 0.0006
"""Tolerance: published shares are rounded to three places."""
OPEN_BUDGETS: frozenset[str] = frozenset()
"""Roles whose categories do not add up to their week; none today, and a new one needs a reason here."""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence(seeds_folder())


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may change."""
    return Path(shutil.copytree(seeds_folder(), tmp_path / "seeds"))


def spoil(path: Path, old: str, new: str) -> int:
    """Replace the first `old` in the file and return its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def number(figure: Figure | Baseline | None, key: str) -> float:
    value = getattr(figure, key)
    assert isinstance(value, float)
    return value


def numbers(parts: dict[str, Any], *keys: str) -> list[float]:
    return [float(parts[key]) for key in keys]


# --- complete ---------------------------------------------------------------------------


def test_there_are_five_articles_and_seventy_nine_figures(evidence: Evidence) -> None:
    counts = {name: sum(f.article == name for f in evidence.figures.values()) for name in evidence.articles}

    assert counts == {"s0": 2, "s1": 1, "s2": 4, "s3": 46, "s4": 26}


def test_there_are_111_baselines_and_sixteen_outcomes_from_81_sources(evidence: Evidence) -> None:
    assert (len(evidence.baselines), len(evidence.outcomes), len(evidence.sources)) == (111, 16, 81)


def test_every_id_is_used_once_in_all_the_evidence(evidence: Evidence) -> None:
    groups = (
        evidence.articles, evidence.figures, evidence.baselines, evidence.sources, evidence.quarantine,
        evidence.outcomes, evidence.results,
    )  # fmt: skip
    ids = [name for group in groups for name in group]

    assert len(ids) == len(set(ids))


def test_every_figure_names_an_article_and_its_id_begins_with_it(evidence: Evidence) -> None:
    for figure in evidence.figures.values():
        assert figure.article in evidence.articles
        assert figure.id.startswith(f"{figure.article}_")


def test_every_baseline_names_a_source(evidence: Evidence) -> None:
    assert {level.source for level in evidence.baselines.values()} <= set(evidence.sources)


def test_every_anchor_is_a_figure_or_a_baseline(evidence: Evidence) -> None:
    anchors = {anchor for cell in evidence.cells().values() for anchor in cell.anchors}

    assert anchors
    assert {anchor for anchor in anchors if evidence.find(anchor) is None} == set()


def test_every_text_is_written_in_both_languages(evidence: Evidence) -> None:
    groups: tuple[dict[str, Any], ...] = (
        evidence.articles, evidence.figures, evidence.baselines, evidence.outcomes, evidence.results
    )  # fmt: skip
    entries: list[tuple[str, Frozen]] = [entry for group in groups for entry in group.items()]
    for name, entry in entries:
        for key, label in entry:
            if isinstance(label, Label):
                assert label.zh.strip(), (name, key)
                assert re.search(r"[\u4e00-\u9fff]", label.zh), (name, key)
                assert label.en.strip(), (name, key)


def test_every_record_of_a_file_has_the_same_keys() -> None:
    for file, group in (("articles", "articles"), ("figures", "figures"), ("baselines", "baselines")):
        text = (seeds_folder() / f"{file}.yaml").read_text(encoding="utf-8")
        block = text.split(f"\n{group}:\n")[1].split("\nweekly_time_budget:")[0]
        keys = {tuple(re.findall(r"^ {2}(?:- | {2})(\w+):", part, re.M)) for part in block.split("\n  - ")[1:]}

        assert len(keys) == 1, file


# --- numbers ----------------------------------------------------------------------------


def test_the_total_of_gansu_is_the_sum_of_its_parts(evidence: Evidence) -> None:
    for key, expected in (("before", 235), ("after", 11)):
        parts = [
            number(evidence.find(f"s3_gansu_{part}_projects"), key)
            for part in ("provincial", "department", "city_county")
        ]
        assert number(evidence.find("s3_gansu_total_projects"), key) == sum(parts) == expected


def test_the_three_sheets_add_up_to_the_mean_duties_list(evidence: Evidence) -> None:
    own, assisting = (number(evidence.find(f"s4_national_{name}"), "after") for name in ("basic", "assist"))
    reclaimed = number(evidence.find("s4_national_recalled"), "before")
    listed = number(evidence.find("s4_national_avg_items"), "after")

    assert own + assisting + reclaimed == listed
    assert number(evidence.find("s4_national_recall_share"), "after") == pytest.approx(124 / 340, abs=ROUNDING)
    assert reclaimed / listed == 124 / 340


def test_the_implied_fall_of_inspected_enterprises_follows_from_the_two_printed_falls(evidence: Evidence) -> None:
    checks = number(evidence.find("s4_jianyang_checks"), "change")
    frequency = number(evidence.find("s4_jianyang_frequency"), "change")
    implied = number(evidence.find("s4_jianyang_implied_enterprises"), "change")

    assert implied == pytest.approx((1 + checks) / (1 + frequency) - 1, abs=ROUNDING)
    assert (checks, frequency) == (-0.703, -0.42)


def test_a_relative_change_agrees_with_the_levels_around_it(evidence: Evidence) -> None:
    checked = 0
    for figure in evidence.figures.values():
        if isinstance(figure.before, float) and isinstance(figure.after, float) and figure.change is not None:
            assert figure.change == pytest.approx(figure.after / figure.before - 1, abs=ROUNDING), figure.id
            checked += 1

    assert checked == 9


def test_the_direction_agrees_with_the_numbers(evidence: Evidence) -> None:
    for figure in evidence.figures.values():
        moved = figure.change if figure.change is not None else figure.change_abs
        if moved is None and isinstance(figure.before, float) and isinstance(figure.after, float):
            moved = figure.after - figure.before
        if moved is not None:
            assert figure.direction == ("down" if moved < 0 else "up"), figure.id


def test_a_bound_speaks_of_a_number_that_is_given(evidence: Evidence) -> None:
    for figure in evidence.figures.values():
        if figure.bound is not Bound.EXACT:
            named = (getattr(figure, f"{figure.bound_on}"), getattr(figure, f"{figure.bound_on}_low", None))
            assert any(isinstance(value, float) for value in named), figure.id


def test_weights_of_the_huishan_appraisal_add_up_to_one(evidence: Evidence) -> None:
    weights = evidence.figures["s3_huishan_indicator_weights"].after
    shares = [number(evidence.find(f"s3_huishan_{name}_weight"), "after") for name in ("final_exam", "daily")]

    assert isinstance(weights, tuple)
    assert sum(weights) == pytest.approx(1)
    assert sum(shares) == pytest.approx(1)


def test_a_range_holds_its_level(evidence: Evidence) -> None:
    cells = evidence.cells()
    assert cells
    for where, cell in cells.items():
        assert cell.low <= cell.value <= cell.high, where
    for level in evidence.baselines.values():
        if level.value is not None:
            assert (level.low or level.value) <= level.value <= (level.high or level.value), level.id
    for figure in evidence.figures.values():
        if isinstance(figure.before, float) and figure.before_low and figure.before_high:
            assert figure.before == (figure.before_low + figure.before_high) / 2, figure.id


def test_shares_lie_between_nothing_and_all(evidence: Evidence) -> None:
    for level in evidence.baselines.values():
        if level.unit == "share":
            for value in (level.value, *level.parts.values()):
                for share in value if isinstance(value, tuple) else (value,):
                    assert share is None or 0 <= share <= 1, level.id


# --- derived levels ---------------------------------------------------------------------


def test_the_nine_activities_of_a_county_leader_add_up_to_the_week(evidence: Evidence) -> None:
    week = [x for x in evidence.baselines.values() if x.source == "cass2010" and x.topic == "time_allocation"]
    total = number(evidence.find("hours_county_leader_total"), "value")

    assert len(week) == 9
    assert sum(number(part, "value") for part in week) == pytest.approx(total)


def test_the_ningbo_day_is_the_mean_of_its_answers(evidence: Evidence) -> None:
    level = evidence.baselines["hours_community_worker_ningbo"]
    hours, shares = level.parts["answer_hours"], level.parts["answer_shares"]

    assert isinstance(hours, tuple)
    assert isinstance(shares, tuple)
    assert sum(shares) == pytest.approx(1)
    assert level.value == pytest.approx(sum(h * s for h, s in zip(hours, shares, strict=True)), abs=0.05)


def test_the_meetings_of_pengshan_add_up(evidence: Evidence) -> None:
    level = evidence.baselines["meetings_pengshan_2003"]

    assert level.value == sum(numbers(level.parts, *level.parts)) == 375


def test_members_per_committee_follow_from_the_counts(evidence: Evidence) -> None:
    for name in ("villages_2020", "communities_2020"):
        committees, members, ratio = numbers(
            evidence.baselines[name].parts, "committees", "members", "members_per_committee"
        )
        assert ratio == pytest.approx(members / committees, abs=0.005)


def test_sampled_workers_per_community_follow_from_the_sample(evidence: Evidence) -> None:
    level = evidence.baselines["workers_per_community_survey"]

    assert level.kind is Standing.DERIVED
    assert level.value == pytest.approx(1263 / 383, abs=0.05)


def test_the_sample_of_the_2025_survey_is_whole(evidence: Evidence) -> None:
    assert sum(
        numbers(
            evidence.baselines["survey_ccdi_design"].parts, "county", "township", "village_community", "institutions"
        )
    ) == pytest.approx(1)


# --- the week before reform -------------------------------------------------------------


def test_the_categories_of_a_role_add_up_to_its_week(evidence: Evidence) -> None:
    gaps = {
        role: sum(cells[part].value for part in WEEK) - cells[TOTAL].value for role, cells in evidence.budget.items()
    }

    assert {role for role, gap in gaps.items() if abs(gap) > 0.1} == OPEN_BUDGETS


def test_the_week_is_known_for_six_roles(evidence: Evidence) -> None:
    assert set(evidence.budget) == {
        "county_leader", "county_department_staff", "township_cadre", "village_cadre", "community_worker", "grid_member"
    }  # fmt: skip
    assert all(set(cells) == {TOTAL, *WEEK} for cells in evidence.budget.values())


def test_what_is_not_assumed_has_an_anchor(evidence: Evidence) -> None:
    assert {
        where for where, cell in evidence.cells().items() if cell.standing is not Standing.ASSUMED and not cell.anchors
    } == set()


def test_a_reported_cell_repeats_what_its_anchors_report(evidence: Evidence) -> None:
    for where, cell in evidence.cells().items():
        if cell.standing is Standing.REPORTED:
            assert cell.value == pytest.approx(sum(number(evidence.find(a), "value") for a in cell.anchors)), where


def test_data_entry_is_the_longest_work_of_a_grid_member(evidence: Evidence) -> None:
    week = {part: evidence.budget["grid_member"][part].value for part in WEEK}

    assert max(week, key=lambda part: week[part]) == "reports"


# --- quarantine -------------------------------------------------------------------------


def leaks(evidence: Evidence, mark: str) -> bool:
    kept = evidence.model_dump(mode="json", exclude={"quarantine": True, "sources": {"__all__": {"urls"}}})
    text = re.sub(r"(\d)\.0\b", r"\1", json.dumps(kept, ensure_ascii=False))
    start, end = (r"(?<![\d.,])" if mark[0].isdigit() else ""), (r"(?![\d.,]*\d)" if mark[-1].isdigit() else "")
    return re.search(start + re.escape(mark) + end, text, re.IGNORECASE) is not None


def test_nothing_quarantined_is_used(evidence: Evidence) -> None:
    assert len(evidence.quarantine) == 5
    for claim in evidence.quarantine.values():
        assert {mark for mark in claim.marks if leaks(evidence, mark)} == set(), claim.id


def test_a_quarantined_number_would_be_noticed(evidence: Evidence) -> None:
    level = evidence.baselines["villages_2014"]
    spoiled = level.replace(parts={"villages": 690000.0})

    assert not leaks(evidence, "532,000")
    assert leaks(evidence.replace(baselines={**evidence.baselines, level.id: level.replace(note="532,000")}), "532,000")
    assert leaks(evidence.replace(baselines={**evidence.baselines, level.id: spoiled}), "690000")


# --- looking up -------------------------------------------------------------------------


def test_a_source_tells_how_a_number_citing_it_is_known(evidence: Evidence) -> None:
    assert evidence.standing_of("s4_lanzhou_documents") is Standing.REPORTED
    assert evidence.standing_of("s4_jianyang_implied_enterprises") is Standing.DERIVED
    assert evidence.standing_of("meeting_length_half_day") is Standing.DERIVED
    assert evidence.standing_of("assumed") is Standing.ASSUMED
    assert evidence.standing_of("calibrated") is Standing.CALIBRATED


def test_an_unknown_id_is_nothing(evidence: Evidence) -> None:
    assert evidence.find("s9_no_such_figure") is None
    assert evidence.standing_of("s9_no_such_figure") is None


# --- reading ----------------------------------------------------------------------------


@pytest.mark.slow
def test_mistakes_in_two_files_are_reported_together_with_their_lines(seeds: Path) -> None:
    grade = spoil(seeds / "figures.yaml", "grade: C", "grade: D")
    change = spoil(seeds / "figures.yaml", "change: -0.667", 'change: "-0.667"')
    low = spoil(seeds / "baselines.yaml", "low: 30", "low: about 30")

    with pytest.raises(ScenarioError) as caught:
        read_evidence(seeds)

    found = {(Path(problem.file).name, problem.line) for problem in caught.value.problems}
    assert found == {("figures.yaml", grade), ("figures.yaml", change), ("baselines.yaml", low)}


def test_an_id_given_twice_is_refused(seeds: Path) -> None:
    spoil(seeds / "figures.yaml", "id: s2_haimen_service_items", "id: s2_haimen_power_items")

    with pytest.raises(ScenarioError, match="s2_haimen_power_items"):
        read_evidence(seeds)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("figures.yaml", "article: s4", "article: s7"),
        ("baselines.yaml", "source: drc2005", "source: s7"),
        ("baselines.yaml", "anchors: [hours_county_leader_total]", "anchors: [s7]"),
        ("baselines.yaml", "id: villages_2014", "id: s4_zjg_powers"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(seeds: Path, file: str, old: str, new: str) -> None:
    spoil(seeds / file, old, new)

    with pytest.raises(ScenarioError, match="does not resolve"):
        read_evidence(seeds)


@pytest.mark.slow
def test_a_level_outside_its_range_is_refused(seeds: Path) -> None:
    spoil(seeds / "baselines.yaml", "{value: 47.56, low: 45,", "{value: 47.56, low: 48,")

    with pytest.raises(ScenarioError, match="low <= value <= high"):
        read_evidence(seeds)


def test_a_file_that_is_missing_or_broken_is_named(seeds: Path) -> None:
    (seeds / "articles.yaml").unlink()
    (seeds / "figures.yaml").write_text("figures: [\n", encoding="utf-8")

    with pytest.raises(ScenarioError) as caught:
        read_evidence(seeds)

    assert [Path(problem.file).name for problem in caught.value.problems] == ["articles.yaml", "figures.yaml"]
    assert caught.value.problems[1].line > 0


def test_a_file_is_parsed_once_and_again_when_its_text_or_what_is_kept_of_it_changes(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[int] = []

    def noting(text: str) -> bytes:
        parsed.append(len(text))
        return as_json(text)

    as_json = reader._as_json
    monkeypatch.setattr(reader, "_as_json", noting)
    kept = Store(tmp_path)
    first = read_evidence(seeds, kept)
    files = len(parsed)

    assert read_evidence(seeds, kept) == first
    assert len(parsed) == files

    next(tmp_path.rglob("*.bin")).write_bytes(b"torn")
    assert read_evidence(seeds, kept) == first
    assert len(parsed) == files + 1

    spoil(seeds / "figures.yaml", "grade: C", "grade: B")
    assert read_evidence(seeds, kept) != first
    assert len(parsed) == files + 2
