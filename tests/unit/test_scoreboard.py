"""The scoreboard: bands, verdicts, and the draws behind them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.cli.main import run
from sim.domain.distribution import Distribution
from sim.domain.frozen import Label
from sim.domain.study import Claim, Target
from sim.experiment.options import RunOptions
from sim.experiment.uncertainty import between, draw_inputs, triangle
from sim.files.extend import scenarios_folder
from sim.files.scenario import read_scenario
from sim.files.seeds import read_evidence, seeds_folder
from sim.files.study import place_name, read_study
from sim.i18n.labels import VERDICT
from sim.report.scoreboard import score_csv, score_page
from sim.report.verdicts import changed_verdicts
from sim.scoreboard.claims import claim_verdict, score_claims, wilson
from sim.scoreboard.inputs import PULLED, input_row
from sim.scoreboard.targets import (
    FEWEST,
    NO_INTERVAL,
    Band,
    Draw,
    agrees,
    band,
    enough,
    known,
    published_number,
    told,
    verdict,
)
from sim.scoring import score_place, switched_off, unreported_levers
from sim.units import Duration, Rate, Share

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"
WORDS = Label(zh="读法", en="reading")
FIGURE = "s4_zaolinxi_inspections"
SIZE = "s3_jiayu_max_frequency"


def target(**changes: Any) -> Target:
    return Target(
        **{"figure": FIGURE, "metric": "visits_received", "scope": "village_cadre", "reading": WORDS, **changes}
    )


@pytest.mark.parametrize(
    ("published", "bound", "low", "high", "holds"),
    [
        (-0.3, "exact", -0.4, -0.2, True),
        (-0.5, "exact", -0.4, -0.2, False),
        (-0.3, "at_least", -0.5, -0.31, True),
        (-0.3, "at_least", -0.2, -0.1, False),
        (300.0, "more_than", 250.0, 320.0, True),
        (300.0, "more_than", 100.0, 200.0, False),
        (100.0, "about", 105.0, 120.0, True),
        (100.0, "about", 115.0, 120.0, False),
        (None, "down", -0.4, -0.1, True),
        (None, "down", -0.4, 0.1, False),
        (None, "up", 0.1, 0.4, True),
        (-0.3, "exact", None, None, False),
    ],
)
def test_a_band_agrees_with_what_the_published_number_allows(
    published: float | None, bound: str, low: float | None, high: float | None, *, holds: bool
) -> None:
    assert agrees(published, bound, low, high) is holds


@pytest.mark.parametrize(
    ("changes", "found", "prior", "judged"),
    [
        ({}, (-0.7, -0.6), (-0.7, 0.0), "reproduced"),
        ({"tuned_by": ("obligations.x",)}, (-0.7, -0.6), (-0.7, 0.0), "only_by_tuning"),
        ({"follows": WORDS}, (-0.7, -0.6), (-0.7, 0.0), "not_testable"),
        ({}, (-0.3, -0.2), (-0.7, 0.0), "not_reproduced"),
        ({"impossible": WORDS}, (-0.3, -0.2), (-0.7, 0.0), "structurally_impossible"),
        ({}, (-0.9, -0.1), (-0.9, 0.0), "not_testable"),
        ({}, (None, None), (None, None), "not_testable"),
    ],
)
def test_a_verdict_needs_a_band_that_says_more_than_the_prior(
    changes: dict[str, Any], found: tuple[float, float], prior: tuple[float, float], judged: str
) -> None:
    assert verdict(target(**changes), -0.667, "exact", found, prior, found) == judged


@pytest.mark.parametrize(
    ("found", "reported", "judged"),
    [
        ((-0.7, -0.6), (-0.2, -0.1), "only_unreported"),
        ((-0.7, -0.6), (-0.7, -0.65), "reproduced"),
        ((-0.3, -0.2), (-0.7, -0.65), "reproduced"),
        ((-0.3, -0.2), (-0.2, -0.1), "not_reproduced"),
        ((-0.7, -0.6), (-0.9, -0.1), "not_testable"),
    ],
)
def test_a_figure_is_reproduced_by_the_reported_levers_only(
    found: tuple[float, float], reported: tuple[float, float], judged: str
) -> None:
    assert verdict(target(), -0.667, "exact", found, (-0.9, 0.0), reported) == judged


def test_fewer_draws_than_twenty_bring_no_verdict() -> None:
    assert FEWEST == 20
    assert enough(20, "reproduced") == "reproduced"
    assert enough(19, "reproduced") == enough(19, "not_reproduced") == "too_few_draws"
    assert enough(2, "not_testable") == "not_testable"
    assert str(FEWEST) in VERDICT["too_few_draws"]["en"]
    assert str(FEWEST) in VERDICT["too_few_draws"]["zh"]


def test_levers_that_no_source_reports_are_switched_off_and_the_others_keep_their_draws() -> None:
    after = read_scenario(scenarios_folder() / "lanzhou" / "after.yaml")

    study, evidence = read_study(scenarios_folder() / "lanzhou" / "study.yaml"), read_evidence(seeds_folder())
    unreported = unreported_levers(after, study, evidence)
    drawn = draw_inputs(after, 1, 3)
    left = switched_off(drawn, unreported)

    assert unreported == ("one_team", "cap_frequency")
    assert "file_plans" in unreported_levers(after, study.replace(inputs=("s4_lanzhou_documents",)), evidence)
    for lever, own in zip(left.every_lever, drawn.every_lever, strict=True):
        assert lever == (own.replace(strength=0.0) if (own.name or own.lever) in unreported else own)


def test_what_a_figure_tells_is_read_draw_by_draw() -> None:
    before, after = np.array([10.0, 20.0, np.nan, 0.0]), np.array([5.0, 5.0, 5.0, 0.0])

    assert known(told("change", before, after)).tolist() == [-0.5, -0.75]
    assert known(told("difference", before, after)).tolist() == [-5.0, -15.0, 0.0]
    assert band(np.array([1.0])) == (None, None, None)


@pytest.mark.parametrize("u", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_draws_stay_in_their_range_and_keep_their_type(u: float) -> None:
    assert 1 <= between(3, 1, 8, u) <= 8
    assert isinstance(between(Share(0.3), Share(0.1), Share(0.5), u), Share)
    assert isinstance(between(Rate(5.0), Rate(1.0), Rate(9.0), u), Rate)
    assert Duration(60) <= between(Duration(120), Duration(60), Duration(600), u) <= Duration(600)
    drawn = between(*(Distribution.parse(f"lognormal(mean={m} h, cv=0.5)") for m in (2, 1, 6)), u)
    assert 3_600 <= drawn.mean <= 6 * 3_600


def test_the_triangle_has_its_median_where_it_should() -> None:
    draws = [triangle(2.0, 1.0, 5.0, (k + 0.5) / 10_000) for k in range(10_000)]

    assert np.mean(draws) == pytest.approx((1 + 2 + 5) / 3, abs=1e-3)
    assert triangle(3.0, 3.0, 3.0, 0.7) == 3.0


def test_before_and_after_share_the_draws_of_what_they_share() -> None:
    before, after = read_scenario(PLACE / "before.yaml"), read_scenario(PLACE / "after.yaml")

    one, other = draw_inputs(before, 1, 3), draw_inputs(after, 1, 3)

    assert one.organisation == other.organisation
    assert one.obligations == other.obligations
    assert len({draw_inputs(before, 1, draw).organisation.model_dump_json() for draw in range(20)}) > 2
    assert other.levers != after.levers


def test_only_open_strengths_differ_in_the_prior() -> None:
    after = read_scenario(PLACE / "after.yaml")

    drawn, left_open = draw_inputs(after, 1, 3), draw_inputs(after, 1, 3, strengths=True)

    assert drawn.regime == left_open.regime
    assert all(0 <= lever.strength <= own.strength for lever, own in zip(left_open.levers, after.levers, strict=True))
    assert all(
        a.replace(strength=0.0) == b.replace(strength=0.0) for a, b in zip(drawn.levers, left_open.levers, strict=True)
    )


@pytest.mark.slow
def test_a_place_is_scored_with_a_verdict_and_a_band_for_each_target(tmp_path: Path) -> None:
    place = tmp_path / "scenarios"
    for source in PLACE.parent.rglob("*.yaml"):
        copy = place / source.relative_to(PLACE.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8").replace("value: 12, source: assumed", "value: 12, source: villages_2020")
        copy.write_text(text.replace("quarterly\n    source: assumed", f"quarterly\n    source: {SIZE}"), "utf-8")
    (place / "place" / "study.yaml").write_text(
        "title: {zh: 题, en: title}\nplace: {zh: 地, en: place}\ndid: {zh: 做, en: did}\n"
        f"inputs: [{SIZE}, villages_2020]\n"
        f"targets:\n  - {{figure: {FIGURE}, metric: visits_received, scope: village_cadre,"
        " reading: {zh: 读, en: read}}\n"
        "claims:\n  - {name: fewer, holds: [{metric: visits_received, scope: village_cadre, below: 0}],"
        " reading: {zh: 少了, en: fewer of them}}\n"
        "untestable:\n  - {figure: s4_zaolinxi_meetings, why: {zh: 无数, en: no number}}\n",
        "utf-8",
    )
    evidence = read_evidence(seeds_folder())

    rows = score_place(place / "place", evidence, RunOptions(replications=4, jobs=1))

    assert [row.role for row in rows] == ["input", "input", "target", "target", "untestable"]
    scored, claimed = rows[2:4]
    assert (claimed.figure, claimed.simulated, claimed.verdict) == ("fewer", 1.0, "too_few_draws")
    assert scored.published == pytest.approx(-0.667)
    assert scored.low is not None
    assert scored.high is not None
    assert -1 <= scored.low <= scored.high <= 0
    assert {row.verdict for row in rows[2:4]} == {"too_few_draws"}
    system = str(place / "place")
    page = score_page(rows, {system: WORDS}, {system: evidence}, "en")
    assert all(row.figure in page for row in rows)
    assert len(score_csv(rows, "zh").splitlines()) == 6


OWN_FIGURES = """figures:
  - id: own_visits
    year: 2024
    measure: {zh: 检查次数, en: inspections}
    unit: visits
    change: -0.5
    grade: C
"""
OWN_STUDY = """title: {zh: 题, en: title}
place: {zh: 某地, en: somewhere}
did: {zh: 做, en: did}
targets:
  - {figure: own_visits, metric: visits_received, scope: village_cadre, reading: {zh: 读, en: read}}
  - figure: own_visits
    metric: visits_received
    scope: village_cadre
    scenario: milder.yaml
    reading: {zh: 读, en: read}
"""


def own_folder(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / "scenarios" / name
    folder.mkdir(parents=True)
    for file in ("before.yaml", "after.yaml"):
        text = (PLACE / file).read_text("utf-8").replace("../base/small.yaml", "base.yaml")
        (folder / file).write_text(text, "utf-8")
    (folder / "base.yaml").write_text((PLACE.parent / "base" / "small.yaml").read_text("utf-8"), "utf-8")
    (folder / "milder.yaml").write_text("extends: after.yaml\nlevers: []\n", "utf-8")
    (folder / "figures.yaml").write_text(OWN_FIGURES, "utf-8")
    (folder / "study.yaml").write_text(OWN_STUDY, "utf-8")
    return folder


def test_a_folder_of_ones_own_is_scored_with_the_figures_beside_its_study(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name of the folder is that of a shipped place, and decides nothing."""
    folder = own_folder(tmp_path, "jiayu")
    page = tmp_path / "page.html"

    assert run(["validate", str(folder)]) == 0
    capsys.readouterr()
    assert run(["scoreboard", str(folder), "-n", "2", "-j", "1", "--json", "-o", str(page)]) == 0

    rows = json.loads(capsys.readouterr().out)["data"]["rows"]
    assert [(row["system"], row["figure"], row["scenario"]) for row in rows] == [
        (str(folder), "own_visits", "after.yaml"),
        (str(folder), "own_visits", "milder.yaml"),
    ]
    assert [row["published"] for row in rows] == [-0.5, -0.5]
    assert rows[0]["simulated"] < 0 == rows[1]["simulated"], "no lever, no change"
    assert "own_visits (milder.yaml)" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OWN_FIGURES.replace("own_visits", "s4_lanzhou_documents"), "figures.yaml:2"),
        (OWN_FIGURES.replace("    change: -0.5\n", ""), "needs a number"),
        (OWN_FIGURES.replace("change:", "chnage:"), "figures.yaml:6"),
        (OWN_FIGURES.replace("own_visits", "other"), "own_visits"),
    ],
)
def test_a_mistake_in_the_figures_beside_a_study_is_told(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = own_folder(tmp_path, "mine")
    (folder / "figures.yaml").write_text(text, "utf-8")

    assert run(["scoreboard", str(folder), "-n", "2", "-j", "1", "--lang", "en"]) == 2
    assert told in capsys.readouterr().err
    assert run(["validate", str(folder), "--lang", "en"]) == 2
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("visits_received", "visits_recieved", "did you mean 'visits_received'"),
        ("scope: village_cadre", "scope: village_cadr", "no scope of visits_received is called 'village_cadr'"),
        ("milder.yaml", "mildest.yaml", "mildest.yaml: there is no such file"),
        ("targets:", "inputs: [own_visits]\ntargets:", "is a target and also an input"),
        ("targets:", "untestable: [{figure: none, why: {zh: 无, en: no}}]\ntargets:", "is called 'none'"),
    ],
)
def test_a_mistake_in_a_study_is_told_before_anything_is_simulated(
    written: str, instead: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = own_folder(tmp_path, "mine")
    (folder / "study.yaml").write_text(OWN_STUDY.replace(written, instead, 1), "utf-8")

    assert run(["scoreboard", str(folder), "-n", "100000", "-j", "1", "--lang", "en"]) == 2
    assert told in capsys.readouterr().err


def test_a_direction_is_one_of_a_change_not_of_a_level() -> None:
    figure = read_evidence(seeds_folder()).figures["s4_zaolinxi_meetings"]

    found = [published_number(target(told_as=told_as), figure) for told_as in ("change", "difference", "after")]

    assert found == [(None, "down"), (None, "down"), (None, "none")]


@pytest.mark.slow
def test_the_scoreboard_of_a_shipped_place_is_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scoreboard", "jiayu", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)["data"]["rows"]
    wanted = {"system", "figure", "role", "published", "reading", "simulated", "low", "high", "verdict"}
    assert rows
    assert all(wanted <= set(row) for row in rows)


def test_an_unknown_place_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scoreboard", "atlantis", "--lang", "en"]) == 2
    assert "jiayu" in capsys.readouterr().err


@pytest.mark.slow
def test_every_row_of_every_place_has_a_verdict_and_an_interval_or_says_why_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two draws are enough for this test; figures that need many are not checked."""
    assert run(["scoreboard", "lanzhou", "gansu", "shanghai", "huishan", "-n", "2", "-j", "1", "-q", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)["data"]["rows"]
    assert {row["role"] for row in rows} == {"input", "target", "untestable"}
    for row in rows:
        assert row["verdict"] in VERDICT
        assert (row["low"] is None) is (row["high"] is None) is (row["simulated"] is None)
        assert row["low"] is not None or (row["why"]["zh"] and row["why"]["en"]), row["figure"]
        assert row["role"] != "input" or row["used"]


def test_an_input_says_what_it_sets_and_within_what_range() -> None:
    evidence = read_evidence(seeds_folder())
    folder = scenarios_folder() / "beizhen"
    scenarios = read_scenario(folder / "after.yaml"), read_scenario(folder / "before.yaml")

    row = input_row("beizhen", "s3_beizhen_documents", evidence, scenarios)
    level = input_row("beizhen", "villages_2020", evidence, scenarios)
    lever = input_row("beizhen", "s3_beizhen_continuous_upload", evidence, scenarios)

    assert (row.simulated, row.low, row.high) == (0.7, 0.6, 0.7)
    assert row.used == "levers[fewer_documents].kept = 70% (60% – 70%)"
    assert (level.simulated, level.low, level.high) == (4, 3, 6)
    assert "headcount" in level.used
    assert (lever.low, lever.why) == (None, PULLED)


def claim(**changes: Any) -> Claim:
    return Claim.model_validate(
        {"name": "x", "holds": ({"metric": "m", "below": 0.0},), "reading": {"zh": "读", "en": "read"}, **changes}
    )


@pytest.mark.parametrize(
    ("changes", "held", "without", "judged"),
    [
        ({}, 20, 0, "reproduced"),
        ({}, 19, 0, "reproduced"),
        ({}, 18, 0, "not_testable"),
        ({}, 15, 0, "not_reproduced"),
        ({}, 20, 20, "not_testable"),
        ({"follows": WORDS}, 20, 0, "not_testable"),
        ({"tuned_by": ("x",)}, 20, 0, "only_by_tuning"),
        ({"impossible": WORDS}, 0, 0, "structurally_impossible"),
    ],
)
def test_a_claim_is_judged_by_how_often_it_holds(changes: dict[str, Any], held: int, without: int, judged: str) -> None:
    found, prior = wilson(held, 20), wilson(without, 20)

    assert claim_verdict(claim(**changes), found, prior, found) == judged


def test_a_claim_that_holds_only_with_unreported_levers_says_so() -> None:
    all_levers, without, reported = wilson(20, 20), wilson(0, 20), wilson(10, 20)

    assert claim_verdict(claim(), all_levers, without, reported) == "only_unreported"
    assert claim_verdict(claim(), reported, without, reported) == "not_reproduced"


@pytest.mark.parametrize(("held", "draws"), [(0, 20), (7, 20), (20, 20), (1, 2)])
def test_the_interval_of_a_share_is_where_the_score_test_of_it_does_not_refuse(held: int, draws: int) -> None:
    share, low, high = wilson(held, draws)

    assert share is not None
    assert low is not None
    assert high is not None
    for end in (low, high):
        if end not in (0.0, 1.0):
            assert abs(share - end) / math.sqrt(end * (1 - end) / draws) == pytest.approx(1.6448536, rel=1e-6)
    assert wilson(1, 1) == Band(None, None, None)


def outcome(**values: float) -> Any:
    return SimpleNamespace(values={(name, "all"): value for name, value in values.items()})


def draw_of(before: Any, after: Any) -> Draw:
    return Draw(before, after, after, after)


def test_a_claim_holds_where_all_its_conditions_hold_in_one_draw() -> None:
    both = claim(
        holds=(
            {"metric": "m", "told_as": "difference", "below": {"metric": "k", "told_as": "difference", "factor": -1}},
            {"metric": "m", "told_as": "after", "above": 2.0},
        )
    )
    draws = [
        draw_of(outcome(m=5, k=1), outcome(m=4, k=1)),  # -1 < 0, 4 > 2
        draw_of(outcome(m=5, k=1), outcome(m=1, k=1)),  # 1 > 2 is false
        draw_of(outcome(m=5, k=1), outcome(m=4, k=2)),  # -1 < -1 is false
        draw_of(outcome(m=5), outcome(m=4, k=2)),  # not known
    ]

    (row,) = score_claims("place", [both], draws * 5)

    assert (row.simulated, row.prior_low) == (0.25, 0.0)
    assert row.verdict == "not_reproduced"


def test_a_claim_about_what_nothing_counts_is_not_testable() -> None:
    (row,) = score_claims("place", [claim()], [draw_of(outcome(), outcome())] * 4)

    assert (row.simulated, row.verdict, row.why) == (None, "not_testable", NO_INTERVAL)


def test_changed_new_and_lost_verdicts_are_named() -> None:
    kept = {"a": {"x": "reproduced", "y": "input"}, "b": {"z": "input"}}
    found = {"a": {"x": "not_reproduced", "w": "input"}}

    told = [one["en"] for one in changed_verdicts(kept, found, ["a", "b"])]

    assert told == [
        "a: x: reproduced → not reproduced",
        "a: y: an input → (no such row)",
        "a: w: (no such row) → an input",
        "b: z: an input → (no such row)",
    ]
    assert changed_verdicts(kept, {"b": kept["b"]}, ["b"]) == []


def test_a_verdict_that_changed_is_told_with_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "verdicts.json"
    call = ["scoreboard", "henan", "-j", "1", "-q", "--lang", "en"]
    assert run([*call, "-n", "2", "-o", str(file)]) == 0
    assert run([*call, "--check", str(file)]) == 0

    file.write_text(file.read_text("utf-8").replace('"input"', '"reproduced"'), "utf-8")
    capsys.readouterr()

    assert run([*call, "--check", str(file)]) == 1
    assert "henan: s4_henan_directories: reproduced → an input" in capsys.readouterr().err
    assert run([*call, "--check", str(file), "-n", "3"]) == 2
    assert "have 2 draws" in capsys.readouterr().err


def test_a_file_without_verdicts_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept.json").write_text("[]", "utf-8")

    assert run(["scoreboard", "henan", "--check", str(tmp_path / "kept.json"), "--lang", "en"]) == 2
    assert "jianfu scoreboard -o" in capsys.readouterr().err


KEPT = Path(__file__).parents[2] / "reports" / "scoreboard.json"
STUDIES = [*scenarios_folder().glob("*/study.yaml"), *scenarios_folder().glob("outside/*/study.yaml")]
PLACES = sorted(place_name(path.parent) for path in STUDIES)


@pytest.mark.golden
@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_the_kept_verdicts_still_hold(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANFU_RUNS", str(tmp_path / "runs"))

    assert run(["scoreboard", place, "-j", "1", "-q", "--check", str(KEPT)]) == 0


def test_verdicts_are_kept_of_every_place() -> None:
    kept = json.loads(KEPT.read_text("utf-8"))

    assert sorted(kept["verdicts"]) == PLACES
    assert kept["draws"] >= 20
