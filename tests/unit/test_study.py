"""The straight line on a small county: same random numbers, same bytes, with any workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.domain.category import CATEGORIES
from sim.errors import UsageError
from sim.experiment.compare import comparison_key
from sim.experiment.comparison import Comparison
from sim.experiment.kept.record import comparison_from_data, comparison_to_data
from sim.experiment.kept.store import Store
from sim.experiment.options import RunOptions
from sim.files.scenario import read_scenario
from sim.running import run_scenario
from sim.scenario.apply import apply_levers, touched_entries
from sim.scenario.scenario import Scenario
from sim.study import compare_scenarios, regime_pair
from sim.tracing import trace_week

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"


@pytest.fixture(scope="module")
def before() -> Scenario:
    return read_scenario(PLACE / "before.yaml")


@pytest.fixture(scope="module")
def after() -> Scenario:
    return read_scenario(PLACE / "after.yaml")


@pytest.fixture(scope="module")
def comparison(before: Scenario, after: Scenario) -> Comparison:
    return compare_scenarios(before, after, RunOptions(replications=4, jobs=1))


def as_text(comparison: Comparison) -> str:
    return json.dumps(comparison_to_data(comparison), sort_keys=True)


@pytest.mark.slow
def test_two_workers_give_the_same_bytes_as_one(before: Scenario, after: Scenario, comparison: Comparison) -> None:
    again = compare_scenarios(before, after, RunOptions(replications=4, jobs=2))

    assert as_text(again) == as_text(comparison)


@pytest.mark.slow
def test_kept_replications_give_the_same_bytes_as_fresh_ones(
    before: Scenario, after: Scenario, comparison: Comparison, tmp_path: Path
) -> None:
    options = RunOptions(replications=2, jobs=1, store=Store(tmp_path))
    compare_scenarios(before, after, options)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    resumed = compare_scenarios(before, after, RunOptions(replications=4, jobs=1, store=Store(tmp_path)))

    assert kept
    assert all(path.stat().st_mtime_ns == written for path, written in kept.items())
    assert as_text(resumed) == as_text(comparison)


@pytest.mark.slow
def test_a_comparison_is_made_once_and_made_again_if_it_is_damaged(
    before: Scenario, after: Scenario, comparison: Comparison, tmp_path: Path
) -> None:
    options = RunOptions(replications=4, jobs=1, store=Store(tmp_path))
    compare_scenarios(before, after, options)
    years = list(tmp_path.glob("kept/**/*.bin"))
    for path in years:
        path.unlink()

    again = compare_scenarios(before, after, options)

    assert not list(tmp_path.glob("kept/**/*.bin"))
    assert as_text(again) == as_text(comparison)
    (made,) = tmp_path.glob("quick/**/*.bin")
    made.write_bytes(made.read_bytes()[:-1])
    assert as_text(compare_scenarios(before, after, options)) == as_text(comparison)
    assert set(tmp_path.glob("kept/**/*.bin")) == set(years)


def test_everything_a_comparison_shows_is_in_its_key(
    before: Scenario, after: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def key(after: Scenario = after, **options: Any) -> str:
        given = RunOptions(**options)
        return comparison_key(regime_pair(before, after, given), (before.title, after.title), given)

    keys = [
        key(),
        key(after.replace(title={"zh": "另一个", "en": "another"})),
        key(after.replace(run=after.run.replace(primary_scope="township_cadre"))),
        key(replications=3),
        key(precision=0.9),
        key(root=7),
        key(engine="reference"),
        key(only=("cap_frequency",)),
    ]
    again = key(jobs=3, progress=print)
    monkeypatch.setattr("sim.experiment.compare.own_program", lambda: "another")

    assert again == keys[0]
    assert len({*keys, key()}) == len(keys) + 1


@pytest.mark.slow
def test_levers_of_strength_zero_change_nothing_at_all(before: Scenario, after: Scenario) -> None:
    idle = after.replace(levers=tuple(lever.replace(strength=0.0) for lever in after.levers))

    comparison = compare_scenarios(before, idle, RunOptions(replications=2, jobs=1))

    assert comparison.manifest["scenarios"]["before"] == comparison.manifest["scenarios"]["after"]
    assert all(row.difference == 0 and row.before == row.after for row in comparison.rows)
    assert {change.verdict for change in comparison.cadres} == {"same"}


def test_work_that_no_lever_touches_is_the_same_before_and_after(comparison: Comparison) -> None:
    assert comparison.twin_check.compared > 1_000
    assert comparison.twin_check.changed == 0


def test_every_cadre_week_adds_up_to_regular_time_and_overtime(comparison: Comparison) -> None:
    for side in (comparison.before, comparison.after):
        for place, role in enumerate(comparison.ground.roles):
            overtime = comparison.row("overtime_hours", role)
            assert overtime is not None
            extra = overtime.before if side is comparison.before else overtime.after
            assert side.hours[place].sum() == pytest.approx(comparison.ground.regular_hours[role] + extra, abs=1e-9)


def test_hours_by_issuer_add_up_to_worked_hours(comparison: Comparison) -> None:
    for place, role in enumerate(comparison.ground.roles):
        made = sum(
            row.before
            for row in comparison.rows
            if row.metric == "hours_by_issuer" and row.scope.startswith(f"{role}/")
        )
        assert made == pytest.approx(comparison.before.hours[place, : len(CATEGORIES)].sum(), abs=1e-9)


def test_a_saved_comparison_is_read_back_as_it_was(comparison: Comparison) -> None:
    text = as_text(comparison)

    assert as_text(comparison_from_data(json.loads(text))) == text


def test_another_layout_of_saved_results_is_refused() -> None:
    with pytest.raises(UsageError, match="another version"):
        comparison_from_data({"schema": 0})


@pytest.mark.slow
def test_pulling_one_lever_only_touches_less(before: Scenario, after: Scenario, comparison: Comparison) -> None:
    alone = compare_scenarios(before, after, RunOptions(replications=4, jobs=1, only=("cap_frequency",)))

    one, all_levers = alone.row("visits_received", "village_cadre"), comparison.row("visits_received", "village_cadre")
    assert one is not None
    assert all_levers is not None
    assert one.before == all_levers.before
    assert all_levers.after < one.after < one.before


def test_the_passport_holds_each_second_of_the_week_once(comparison: Comparison) -> None:
    passport = comparison.passport
    assert passport is not None
    for spans in (passport.before, passport.after):
        ends = [span.end for span in spans]
        assert all(first <= second.begin for first, second in zip(ends, spans[1:], strict=False))
        regular = sum(closes - opens for opens, closes in passport.windows)
        assert sum(span.end - span.begin for span in spans if not span.overtime) == regular


def test_a_named_cadre_and_week_are_traced(before: Scenario, after: Scenario) -> None:
    passport, labels = trace_week(before, after, RunOptions(root=1), unit="village.02", cadre="member.03", week=9)

    assert passport.cadre.endswith("village.02/member.03")
    assert passport.monday == "2024-03-04"
    assert labels["obligation.county_inspection"]["en"] == "county inspection"


def test_a_cadre_who_does_not_exist_is_told(before: Scenario, after: Scenario) -> None:
    with pytest.raises(UsageError, match=r"village\.99"):
        trace_week(before, after, RunOptions(root=1), unit="village.99", cadre="", week=None)


def test_one_scenario_by_itself_gives_the_before_of_the_comparison(before: Scenario, comparison: Comparison) -> None:
    measured = run_scenario(before, RunOptions(replications=4, jobs=1, root=comparison.root))

    means = {(row.metric, row.scope): row.mean for row in measured.rows}
    assert all(means[row.metric, row.scope] == row.before for row in comparison.rows if row.n == 4)


@pytest.mark.slow
@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_hash_seed_folder_and_locale_do_not_change_a_byte(
    hash_seed: str, comparison: Comparison, tmp_path: Path
) -> None:
    output = tmp_path / "result.json"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "LC_ALL": "C", "JIANFU_RUNS": str(tmp_path / "runs")}
    call = [Path(sys.executable).with_name("jianfu"), "compare", str(PLACE), "-n", "4", "-q", "-o", str(output)]

    done = subprocess.run(call, env=environment, cwd=tmp_path, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()
    assert json.dumps(json.loads(output.read_text("utf-8"))["comparison"], sort_keys=True) == as_text(comparison)


def test_reports_that_share_fields_with_a_touched_one_are_touched_too() -> None:
    county = PLACE.parents[3] / "scenarios" / "jiayu"
    one_form = "levers[share_one_form].of=[village_form_monthly]"
    jiayu, reform = read_scenario(county / "before.yaml"), read_scenario(county / "after.yaml", [one_form])
    regimes = apply_levers(jiayu), apply_levers(reform, ["share_one_form"])

    touched = touched_entries(reform, *regimes)

    domain = regimes[0].obligations["village_form_monthly"].domain  # type: ignore[union-attr]
    sharing = {name for name, one in regimes[0].obligations.items() if getattr(one, "domain", None) == domain}
    assert {f"obligations.{name}" for name in sharing} <= touched
    assert len(sharing) > 1
    assert "obligations.township_form_monthly" not in touched
