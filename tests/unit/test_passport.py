"""The passport shows one cadre's week in the simulated year."""

import numpy as np
import pytest

from sim.engine.simulate import simulate
from sim.experiment.traced_year import trace_year
from sim.files.extend import scenarios_folder
from sim.files.scenario import read_scenario
from sim.scenario.apply import apply_levers


@pytest.mark.slow
@pytest.mark.parametrize("place", ["scale/village.yaml", "zhangjiagang/after.yaml", "nanyang/after.yaml"])
def test_the_spans_of_a_cadre_are_those_of_the_whole_year(place: str) -> None:
    scenario = read_scenario(scenarios_folder() / place)
    year = trace_year(apply_levers(scenario), scenario.run.root, 0, "compiled")
    spans = simulate(year.plan, engine="compiled", keep_spans=True).spans
    assert spans is not None

    for cadre in np.unique(year.plan.roster.cadre_unit, return_index=True)[1].tolist():
        his = spans.cadre == cadre
        for told, true in zip(year.spans_of(cadre), (spans.row, spans.begin, spans.end), strict=True):
            assert np.array_equal(told, true[his])
