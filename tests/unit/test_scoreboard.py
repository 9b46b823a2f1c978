"""The scoreboard: bands, verdicts, and the draws behind them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.cli.main import run
from sim.domain.distribution import Distribution
from sim.domain.frozen import Label
from sim.domain.study import Target
from sim.experiment.options import RunOptions
from sim.experiment.scoreboard import agrees, band, told, verdict
from sim.experiment.uncertainty import between, draw_inputs, triangle
from sim.files.scenario import read_scenario
from sim.files.seeds import read_evidence, seeds_folder
from sim.report.scoreboard import score_csv, score_page
from sim.study import score_place
from sim.units import Duration, Rate, Share

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"
WORDS = Label(zh="读法", en="reading")
FIGURE = "s4_zaolinxi_inspections"


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
    ],
)
def test_a_band_agrees_with_what_the_published_number_allows(
    published: float | None, bound: str, low: float, high: float, *, holds: bool
) -> None:
    assert agrees(published, bound, low, high) is holds


@pytest.mark.parametrize(
    ("changes", "found", "prior", "judged"),
    [
        ({}, (-0.7, -0.6), (-0.7, 0.0), "reproduced"),
        ({"tuned_by": ("obligations.x",)}, (-0.7, -0.6), (-0.7, 0.0), "only_by_tuning"),
        ({}, (-0.3, -0.2), (-0.7, 0.0), "not_reproduced"),
        ({"impossible": WORDS}, (-0.3, -0.2), (-0.7, 0.0), "structurally_impossible"),
        ({}, (-0.9, -0.1), (-0.9, 0.0), "not_testable"),
        ({}, (None, None), (None, None), "not_testable"),
    ],
)
def test_a_verdict_needs_a_band_that_says_more_than_the_prior(
    changes: dict[str, Any], found: tuple[float, float], prior: tuple[float, float], judged: str
) -> None:
    assert verdict(target(**changes), -0.667, "exact", found, prior) == judged


def test_what_a_figure_tells_is_read_draw_by_draw() -> None:
    before, after = np.array([10.0, 20.0, np.nan, 0.0]), np.array([5.0, 5.0, 5.0, 0.0])

    assert told(target(), before, after).tolist() == [-0.5, -0.75]
    assert told(target(told_as="difference"), before, after).tolist() == [-5.0, -15.0, 0.0]
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


def test_a_place_is_scored_with_a_verdict_and_a_band_for_each_target(tmp_path: Path) -> None:
    place = tmp_path / "scenarios"
    for source in PLACE.parent.rglob("*.yaml"):
        copy = place / source.relative_to(PLACE.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text("utf-8"), "utf-8")
    (place / "place" / "study.yaml").write_text(
        "title: {zh: 题, en: title}\nplace: {zh: 地, en: place}\ndid: {zh: 做, en: did}\n"
        "inputs: [s3_jiayu_max_frequency]\n"
        f"targets:\n  - {{figure: {FIGURE}, metric: visits_received, scope: village_cadre,"
        " reading: {zh: 读, en: read}}\n"
        "untestable:\n  - {figure: s4_zaolinxi_meetings, why: {zh: 无数, en: no number}}\n",
        "utf-8",
    )
    evidence = read_evidence(seeds_folder())

    rows = score_place(place / "place", evidence, RunOptions(replications=4, jobs=1))

    assert [row.role for row in rows] == ["input", "target", "untestable"]
    scored = rows[1]
    assert scored.published == pytest.approx(-0.667)
    assert scored.low is not None
    assert scored.high is not None
    assert -1 <= scored.low <= scored.high <= 0
    assert scored.verdict in {"reproduced", "not_reproduced", "not_testable"}
    page = score_page(rows, evidence, "en")
    assert all(row.figure in page for row in rows)
    assert len(score_csv(rows, evidence, "zh").splitlines()) == 4


def test_the_scoreboard_of_a_shipped_place_is_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scoreboard", "jiayu", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)["data"]["rows"]
    wanted = {"system", "figure", "role", "published", "reading", "simulated", "low", "high", "verdict"}
    assert rows
    assert all(wanted <= set(row) for row in rows)


def test_an_unknown_place_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scoreboard", "atlantis", "--lang", "en"]) == 2
    assert "jiayu" in capsys.readouterr().err
