"""Many jurisdictions of one make: shards, their merging, and independence of the workers."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from sim.domain.regime import Regime
from sim.errors import UsageError
from sim.experiment import jurisdictions as shards
from sim.experiment.options import RunOptions
from sim.metrics.outcome import Outcome
from sim.plan.year import plan_year
from sim.report.limits import limits
from sim.running import run_scenario, simulate_year
from sim.scenario.scenario import Scenario
from sim.study import compare_scenarios
from tests.regimes import ROOT, duty, inspection, label, meeting, regime, report

MANY = 5
"""Two shards of two, and a part of a third."""


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "IN_A_SHARD", 2)


def made(count: int = MANY) -> Regime:
    entries = {"calls": meeting(), "forms": report(), "visits": inspection(), "routine": duty()}
    one = regime(entries)
    return one.replace(organisation=one.organisation.replace(jurisdictions={"value": count}))


def scenario(count: int = MANY, *levers: dict[str, object]) -> Scenario:
    run = {"primary": "formality_hours", "primary_scope": "village_cadre", "replications": 2}
    return Scenario.model_validate({**dict(made(count)), "title": label("many"), "levers": levers, "run": run})


def options(**changes: object) -> RunOptions:
    return replace(RunOptions(replications=2, jobs=1), **changes)  # type: ignore[arg-type]


def simulated(one: Regime) -> shards.Sharded[Outcome]:
    return shards.Sharded(partial(simulate_year, one, ROOT, "auto"), one, shards.mean_outcome)


def test_shards_hold_every_jurisdiction_of_every_replication_once() -> None:
    places = [shards.place_of(made(), shard) for shard in range(2 * shards.shards_of(made()))]

    held = [(replication, one) for replication, some in places for one in some]
    assert held == [(replication, one) for replication in range(2) for one in range(MANY)]
    assert max(len(some) for _, some in places) == shards.IN_A_SHARD


def test_with_one_jurisdiction_a_shard_is_the_replication() -> None:
    assert [shards.place_of(made(1), shard) for shard in range(3)] == [(k, range(1)) for k in range(3)]


def test_before_and_after_have_as_many() -> None:
    with pytest.raises(UsageError, match="1, 5"):
        shards.shards_of(made(1), made(MANY))


def test_the_first_jurisdiction_is_what_it_is_alone_and_the_others_have_luck_of_their_own() -> None:
    first, second = (plan_year(made(), ROOT, 0, place).activities for place in (0, 1))
    alone = plan_year(made(1), ROOT, 0).activities

    assert np.array_equal(first.release, alone.release)
    assert not np.array_equal(first.release, second.release)
    assert np.array_equal(np.unique(first.unit), np.unique(second.unit))


def test_a_mean_is_that_of_the_jurisdictions() -> None:
    year = simulated(made())
    every = [year.simulate(0, place) for place in range(MANY)]

    merged = next(
        shards.by_replication((year(k) for k in range(shards.shards_of(made()))), made(), shards.mean_outcome)
    )

    for key, value in merged.values.items():
        assert value == pytest.approx(np.mean([one.values[key] for one in every if key in one.values]), rel=1e-9), key
    assert merged.hours == pytest.approx(np.mean([one.hours for one in every], axis=0))
    assert merged.cadre_hours == pytest.approx(np.mean([one.cadre_hours for one in every], axis=0))
    assert merged.waits.tolist() == np.sum([one.waits for one in every], axis=0).tolist()
    assert merged.work["activities"] == sum(one.work["activities"] for one in every)


def test_one_by_itself_is_given_as_it_is() -> None:
    one = simulated(made(1))(0)

    assert shards.mean_outcome([(one, 1)]) is one


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 5])
def test_any_number_of_workers_gives_the_same_rows(jobs: int) -> None:
    rows = [run_scenario(scenario(), options(jobs=count)).rows for count in (1, jobs)]

    assert rows[0] == rows[1]
    assert all(one == other for one, other in pairwise(rows))


@pytest.mark.slow
def test_a_comparison_is_paired_in_every_jurisdiction() -> None:
    found = compare_scenarios(
        scenario(), scenario(MANY, {"lever": "cap_frequency", "of": ("visits",), "to": "quarterly"}), options()
    )

    row = found.row("formality_hours", "village_cadre")
    assert found.replications == 2
    assert found.twin_check.changed == 0
    assert found.twin_check.compared > MANY * 2 * 50
    assert row is not None
    assert row.high < 0
    assert any("5 jurisdictions" in sentence for sentence in limits(found, (), "en"))


@pytest.mark.slow
def test_the_mean_of_many_varies_less_than_one() -> None:
    one, many = (
        {(row.metric, row.scope): row for row in run_scenario(scenario(count), options(replications=8)).rows}
        for count in (1, MANY)
    )

    key = ("formality_hours", "village_cadre")
    assert many[key].high - many[key].low < 0.8 * (one[key].high - one[key].low)


def test_closing_early_closes_the_source() -> None:
    closed = []

    def source() -> Generator[int]:
        try:
            yield from range(100)
        finally:
            closed.append(True)

    merged = shards.by_replication(source(), made(), lambda some: sum(value for value, _ in some))
    assert next(merged) == 0 + 1 + 2
    merged.close()

    assert closed == [True]
