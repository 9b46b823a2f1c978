"""The line of the scoreboard, from a place's study to rows with a verdict.

    read_study -> read_scenario -> draw_inputs -> apply_levers -> plan_year -> simulate -> measure -> score

Each draw varies the year and every input that has a range; `sim/running.py` simulates the years. Levers that no source
reports are left out of a further year.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.domain.study import AFTER
from sim.experiment.uncertainty import draw_inputs
from sim.experiment.years import run_all
from sim.files.lint import refuse_faulty
from sim.files.scenario import read_scenario
from sim.files.study import STUDY, place_name, read_study
from sim.metrics.table import METRICS
from sim.running import simulate_year
from sim.scenario.apply import apply_levers
from sim.scenario.ordered import changed_levers
from sim.scoreboard.claims import score_claims
from sim.scoreboard.inputs import input_row
from sim.scoreboard.targets import Draw, score_targets, untestable_row

if TYPE_CHECKING:
    from pathlib import Path

    from sim.domain.evidence import Evidence
    from sim.domain.study import Study
    from sim.engine.simulate import Engine
    from sim.experiment.options import RunOptions
    from sim.metrics.outcome import Outcome
    from sim.scenario.scenario import Scenario
    from sim.scoreboard.targets import ScoreRow

BEFORE = "before.yaml"


def score_place(folder: Path, evidence: Evidence, options: RunOptions) -> list[ScoreRow]:
    """Return a row for each published figure and each claim of a place: its role, the simulated value, the verdict.

    Raises:
        ScenarioError: a file of the place has mistakes.
    """
    refuse_faulty(folder / STUDY, METRICS)
    study, place = read_study(folder / STUDY), place_name(folder)
    names = scenarios_after(folder, study)
    scenarios = {name: read_scenario(folder / name) for name in ([*names, BEFORE] if names else [])}
    rows = [input_row(place, name, evidence, list(scenarios.values())) for name in study.inputs]
    for name in names:
        targets = [target for target in study.targets if target.scenario == name]
        claims = [claim for claim in study.claims if claim.scenario == name]
        if not targets and not claims:
            continue
        before, after = scenarios[BEFORE], scenarios[name]
        unreported, run = unreported_levers(after, study, evidence), options.over(after.run)
        job = partial(simulate_draw, before, after, unreported, run.root, options.engine, bool(targets))
        draws = list(run_all(job, range(run.replications), options))
        rows += score_targets(place, targets, evidence, draws, unreported)
        rows += score_claims(place, claims, draws, unreported)
    return rows + [untestable_row(place, one) for one in study.untestable]


def scenarios_after(folder: Path, study: Study) -> list[str]:
    """List the files of the scenarios after the reform, the usual one first; none if a study has no scenarios."""
    used = [target.scenario for target in study.targets] + [claim.scenario for claim in study.claims]
    return list(dict.fromkeys([*([AFTER] if (folder / AFTER).is_file() else []), *used]))


def unreported_levers(scenario: Scenario, study: Study, evidence: Evidence) -> tuple[str, ...]:
    """Return the names of the levers whose measure no source reports of this place.

    A source does so if it is an input of the study, and a published figure, a reform outside or the size of a measure.
    """
    told = {name for name in study.inputs if evidence.reports_measure(name)}
    return tuple(
        lever.name or lever.lever
        for lever in scenario.every_lever
        if told.isdisjoint(lever.source if isinstance(lever.source, tuple) else (lever.source,))
    )


def simulate_draw(
    before: Scenario,
    after: Scenario,
    unreported: tuple[str, ...],
    root: int,
    engine: Engine,
    left_open: bool,
    draw: int,
) -> Draw:
    """Draw the uncertain inputs; simulate the years before and after, with drawn strengths, and without `unreported`.

    The year with drawn strengths is the prior of the targets, without the unreported levers too; without `left_open` it
    is the last year again.
    """

    def year(scenario: Scenario) -> Outcome:
        return simulate_year(apply_levers(scenario), root, engine, draw, 0)

    drawn = draw_inputs(after, root, draw)
    old, new = year(draw_inputs(before, root, draw)), year(drawn)
    reported = year(switched_off(drawn, unreported)) if unreported else new
    if not left_open:
        return Draw(old, new, reported, reported)
    return Draw(old, new, year(switched_off(draw_inputs(after, root, draw, strengths=True), unreported)), reported)


def switched_off(scenario: Scenario, names: tuple[str, ...]) -> Scenario:
    """Return the scenario with the named levers at strength 0; the draws of the other levers stay the same."""
    levers = changed_levers(
        scenario.levers,
        lambda _, lever: lever.model_copy(update={"strength": 0.0}) if (lever.name or lever.lever) in names else lever,
    )
    return scenario.model_copy(update={"levers": levers})
