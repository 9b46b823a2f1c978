"""The passport shows one cadre's week in the simulated year."""

import numpy as np
import pytest

from sim.engine.simulate import simulate
from sim.experiment.traced_year import trace_year, week_spans
from sim.files.extend import scenarios_folder
from sim.files.scenario import read_scenario
from sim.metrics.sample import Sample
from sim.scenario.apply import apply_levers
from tests.regimes import inspection, regime, report


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


@pytest.mark.parametrize("visit", ["45 min", "3 h"])
def test_the_weeks_of_a_cadre_show_the_outreach_and_the_unassigned_time_that_are_counted(visit: str) -> None:
    made = regime({"form": report(programmes=6), "visit": inspection(programmes=3)}, policy={"home_visit": visit})
    year = trace_year(made, 1, 0, "compiled")
    sample = Sample(year.plan, simulate(year.plan))
    village = int(np.flatnonzero(sample.visits_homes)[-1])

    for week in range(4, 16):
        spans = week_spans(year, village, week)
        shown = {
            name: sum(span.end - span.begin for span in spans if span.category == name)
            for name in ("outreach", "unassigned")
        }
        assert shown["outreach"] == pytest.approx(sample.outreach[village, week], abs=60), "parts are whole seconds"
        assert sum(shown.values()) == sample.outreach[village, week] + sample.unassigned[village, week]
    assert sample.outreach[village].sum() > 0


def test_the_week_of_a_cadre_of_a_department_shows_no_outreach() -> None:
    year = trace_year(regime({"form": report(programmes=6)}), 1, 0, "compiled")

    spans = week_spans(year, 0, 10)

    assert {span.category for span in spans} == {"unassigned"}
