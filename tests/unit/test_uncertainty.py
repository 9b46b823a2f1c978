"""Draws of uncertain inputs: keyed by path, stratified, the same before and after, the same for any number of draws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.experiment.uncertainty import BLOCK, draw_inputs, stratified
from sim.files.leaves import leaves, text_of
from sim.files.scenario import read_scenario
from sim.scenario.scenario import Scenario

PLACE = Path(__file__).parents[1] / "fixtures" / "scenarios" / "place"
PATHS = [f".obligations.form{number}.gathering" for number in range(200)]


def values(scenario: Scenario) -> dict[str, str]:
    """Return every value of a scenario as text, by its key."""
    return {key: text_of(value) for key, _, value in leaves(scenario)}


@pytest.mark.parametrize("block", [0, 1, 7])
def test_each_stratum_of_a_block_is_drawn_once(block: int) -> None:
    for path in PATHS[:20]:
        drawn = [stratified(1, block * BLOCK + place, path) for place in range(BLOCK)]

        assert sorted(int(u * BLOCK) for u in drawn) == list(range(BLOCK))


def test_numbers_are_uniform_and_paths_and_draws_are_independent() -> None:
    table = np.array([[stratified(3, draw, path) for draw in range(BLOCK)] for path in PATHS])

    off_diagonal = np.corrcoef(table)[~np.eye(len(PATHS), dtype=np.bool_)]
    assert stats.kstest(table.ravel(), "uniform").pvalue > 0.01
    assert abs(off_diagonal.mean()) < 0.01
    assert off_diagonal.std() == pytest.approx(1 / np.sqrt(BLOCK - 1), rel=0.1)


def test_a_mean_over_a_block_is_far_steadier_than_over_free_draws() -> None:
    means = [np.mean([stratified(5, draw, path) for draw in range(BLOCK)]) for path in PATHS]

    assert np.std(means) < np.sqrt(1 / 12 / BLOCK) / 10


def with_levers(order: int) -> Scenario:
    scenario = read_scenario(PLACE / "after.yaml")
    return scenario.model_copy(update={"levers": scenario.levers[::order]})


def test_the_place_of_a_lever_in_the_file_changes_no_draw() -> None:
    first, turned = draw_inputs(with_levers(1), 1, 3), draw_inputs(with_levers(-1), 1, 3)

    assert values(first) == values(turned)


def test_an_input_that_is_left_out_changes_no_other_draw() -> None:
    scenario = read_scenario(PLACE / "after.yaml")
    obligations: dict[str, Any] = dict(scenario.obligations)
    name = next(iter(obligations))
    without = scenario.model_copy(update={"obligations": {key: one for key, one in obligations.items() if key != name}})

    drawn, less = values(draw_inputs(scenario, 1, 3)), values(draw_inputs(without, 1, 3))

    assert less.items() <= drawn.items()
    assert any(key.startswith(f"obligations.{name}") for key in drawn.keys() - less.keys())
