"""Forecasts of published outcomes: bands, the rows of a case, and the committed table."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.domain.evidence import Evidence
from sim.experiment.options import RunOptions
from sim.files.extend import scenarios_folder
from sim.files.seeds import read_evidence, seeds_folder
from sim.files.study import STUDY, read_study
from sim.metrics.table import METRICS
from tools import track_forecasts
from tools.track_forecasts import COLUMNS, TABLE, bands_of, forecast, main, replace_rows

HAINING = "haining_bundling"
COUNTERS = ("check_items_planned", "check_items", "check_visits", "items_per_visit")


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence(seeds_folder())


@pytest.fixture(scope="module")
def committed() -> list[dict[str, str]]:
    return list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def year(**counters: float) -> Any:
    return SimpleNamespace(values={(name, "all"): value for name, value in counters.items()})


def draws_of_visits(changes: list[float]) -> list[Any]:
    """Return draws in which visits change by `changes` and all other counters stay the same."""
    same = dict.fromkeys(COUNTERS, 100.0)
    return [(year(**same), year(**{**same, "check_visits": 100.0 * (1 + change)}), None) for change in changes]


def row_of(version: str, case: str, **cells: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), "version": version, "case": case, **cells}


def test_bands_are_quantiles_over_the_draws() -> None:
    bands = bands_of(np.arange(101.0))

    assert bands == {"median": 50.0, "low 80": 10.0, "high 80": 90.0, "low 90": 5.0, "high 90": 95.0}
    assert set(bands_of(np.array([1.0])).values()) == {None}


def test_a_number_between_the_two_bands_is_inside_the_wider_one_only(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Visits fell by 32.82 % as published: in the 90 % band of these draws, and out of the 80 % band."""
    changes = [-0.4, -0.35, *np.linspace(-0.32, -0.1, 19)]
    monkeypatch.setattr(track_forecasts, "simulate_draws", lambda folder, options, name: draws_of_visits(changes))

    rows = forecast(
        evidence.outcomes[HAINING], scenarios_folder() / "outside" / HAINING, evidence, "later", RunOptions()
    )

    visits = next(row for row in rows if row["metric"] == "check_visits")
    assert (visits["published"], visits["inside 80"], visits["inside 90"]) == ("-0.3282", "no", "yes")
    assert float(visits["low 90"]) < float(visits["low 80"]) < float(visits["median"]) < float(visits["high 80"])
    assert [row["inside 90"] for row in rows if row["metric"] == "check_items"] == ["no", "no"]
    assert {row["in sample"] for row in rows} == {"yes"}
    assert {row["draws"] for row in rows if row["use"] == "forecast"} == {"21"}


def test_each_published_number_has_a_row_also_without_a_forecast(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track_forecasts, "simulate_draws", lambda folder, options, name: draws_of_visits([-0.3, -0.2]))

    rows = forecast(
        evidence.outcomes[HAINING], scenarios_folder() / "outside" / HAINING, evidence, "baseline", RunOptions()
    )

    names = list(dict.fromkeys(row["published metric"] for row in rows))
    assert names == [one.name for one in evidence.outcomes[HAINING].metrics]
    assert all(set(row) == set(COLUMNS) for row in rows)
    (left_out,) = [row for row in rows if row["use"] == "not expressible"]
    assert (left_out["published metric"], left_out["grade"]) == ("one_firm_checks", "C")
    assert (left_out["told as"], left_out["published"]) == ("change", "-0.5")
    assert left_out["why"]
    assert {row["in sample"] for row in rows} == {"no"}


@pytest.mark.slow
def test_a_case_is_simulated_before_and_after_with_the_same_draws(evidence: Evidence) -> None:
    folder = scenarios_folder() / "outside" / "inner_mongolia_mines"

    ((before, after, _, _), other) = track_forecasts.simulate_draws(folder, RunOptions(replications=2, jobs=1))

    assert before.values["check_items_wanted", "all"] == after.values["check_items_wanted", "all"] > 0
    assert before.values["check_visits", "all"] > after.values["check_visits", "all"]
    assert other[0].values != before.values


def test_rows_of_one_version_and_case_are_replaced_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "track" / "forecasts.csv"
    order = ["one", "two"]

    replace_rows(path, [row_of("old", "two", median="-0.5"), row_of("old", "two", why="a, b")], order)
    replace_rows(path, [row_of("old", "one", median="1")], order)
    replace_rows(path, [row_of("new", "two", median="2")], order)
    replace_rows(path, [row_of("old", "two", median="-0.25")], order)

    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [(row["version"], row["case"], row["median"]) for row in rows] == [
        ("old", "one", "1"), ("old", "two", "-0.25"), ("new", "two", "2")
    ]  # fmt: skip


def test_an_unknown_case_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["trial", "atlantis", "-o", str(tmp_path / "table.csv")])

    assert "haining_bundling" in capsys.readouterr().err
    assert not (tmp_path / "table.csv").exists()


def test_outcomes_without_scenarios_are_written_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["trial", "quzhou_no_meeting_day", "-o", str(tmp_path / "table.csv")])

    rows = list(csv.DictReader((tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["published metric"] for row in rows] == ["meetings", "share_of_time_in_the_field"]
    assert {(row["use"], row["in sample"]) for row in rows} == {("not expressible", "yes")}
    assert "quzhou_no_meeting_day: rows: 2" in capsys.readouterr().err


# --- the committed table ------------------------------------------------------------------


def test_the_committed_table_has_every_published_number_of_every_version(
    committed: list[dict[str, str]], evidence: Evidence
) -> None:
    for version in dict.fromkeys(row["version"] for row in committed):
        found = {f"{row['case']}.{row['published metric']}" for row in committed if row["version"] == version}
        assert found == {*evidence.results}, version
    assert committed[0]["version"] == "baseline"


def test_the_last_committed_forecasts_are_of_known_metrics_as_the_studies_say(committed: list[dict[str, str]]) -> None:
    """Earlier versions keep the readings of their time."""
    last = list(dict.fromkeys(row["version"] for row in committed))[-1]
    for case in {row["case"] for row in committed}:
        study = read_study(scenarios_folder() / "outside" / case / STUDY)
        targets = [(one.figure, one.metric, one.scope, one.told_as) for one in study.targets]
        rows = [row for row in committed if (row["version"], row["case"], row["use"]) == (last, case, "forecast")]
        found = [(f"{case}.{r['published metric']}", r["metric"], r["scope"], r["told as"]) for r in rows]
        assert sorted(found) == sorted(targets), case
    assert {row["metric"] for row in committed} - {""} <= METRICS.keys()


def test_committed_bands_hold_their_median_and_come_from_enough_draws(committed: list[dict[str, str]]) -> None:
    forecasts = [row for row in committed if row["use"] == "forecast"]

    assert forecasts
    for row in forecasts:
        low, inner, median, outer, high = (
            float(row[name]) for name in ("low 90", "low 80", "median", "high 80", "high 90")
        )
        assert low <= inner <= median <= outer <= high, row["published metric"]
        assert int(row["draws"]) >= 20
        assert row["inside 80"] == "no" or row["inside 90"] == "yes"


def test_only_the_first_version_is_not_in_sample(committed: list[dict[str, str]]) -> None:
    assert {(row["version"] == "baseline", row["in sample"]) for row in committed} <= {(True, "no"), (False, "yes")}
