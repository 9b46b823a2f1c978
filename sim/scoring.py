"""The line of the scoreboard, from a place's study to rows with a verdict.

    read_study -> read_scenario -> draw_inputs -> apply_levers -> plan_year -> simulate -> measure -> score

Each draw varies the year and every input that has a range; `sim/running.py` simulates the years.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.experiment.uncertainty import draw_inputs
from sim.experiment.years import run_all
from sim.files.scenario import read_scenario
from sim.files.study import STUDY, read_study, refuse_unknown
from sim.running import simulate_year
from sim.scenario.apply import apply_levers
from sim.scoreboard.claims import score_claims
from sim.scoreboard.inputs import input_row
from sim.scoreboard.targets import score_targets, untestable_row

if TYPE_CHECKING:
    from pathlib import Path

    from sim.domain.evidence import Evidence
    from sim.engine.simulate import Engine
    from sim.experiment.options import RunOptions
    from sim.metrics.outcome import Outcome
    from sim.scenario.scenario import Scenario
    from sim.scoreboard.targets import ScoreRow


def score_place(folder: Path, evidence: Evidence, options: RunOptions) -> list[ScoreRow]:
    """Return a row for each published figure and each claim of a place: its role, the simulated value, the verdict.

    Raises:
        ScenarioError: a file of the place has mistakes.
    """
    study = read_study(folder / STUDY)
    refuse_unknown(folder / STUDY, study, evidence)
    before, after = read_scenario(folder / "before.yaml"), read_scenario(folder / "after.yaml")
    rows = [input_row(folder.name, name, evidence, (after, before)) for name in study.inputs]
    if study.targets or study.claims:
        run = options.over(after.run)
        job = partial(simulate_draw, before, after, run.root, options.engine, bool(study.targets))
        draws = list(run_all(job, range(run.replications), options))
        rows += score_targets(folder.name, study.targets, evidence, draws)
        rows += score_claims(folder.name, study.claims, draws)
    return rows + [untestable_row(folder.name, one) for one in study.untestable]


def simulate_draw(
    before: Scenario, after: Scenario, root: int, engine: Engine, left_open: bool, draw: int
) -> tuple[Outcome, Outcome, Outcome]:
    """Draw the uncertain inputs; return the years before, after, and after with drawn strengths of levers.

    The third year is the prior of the targets; without `left_open` it is the second year again.
    """
    scenarios = [draw_inputs(before, root, draw), draw_inputs(after, root, draw)]
    if left_open:
        scenarios.append(draw_inputs(after, root, draw, strengths=True))
    years = [simulate_year(apply_levers(scenario), root, engine, draw, 0) for scenario in scenarios]
    return years[0], years[1], years[-1]
