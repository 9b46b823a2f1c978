"""The line of one scenario by itself.

read_scenario -> apply_levers -> plan_year -> simulate -> measure -> summarise
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.engine.simulate import simulate
from sim.experiment.single import summarise
from sim.experiment.years import single_years
from sim.metrics.measure import measure
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers

if TYPE_CHECKING:
    from sim.domain.regime import Regime
    from sim.engine.simulate import Engine
    from sim.experiment.options import RunOptions
    from sim.experiment.single import Measured
    from sim.metrics.outcome import Outcome
    from sim.scenario.scenario import Scenario


def run_scenario(scenario: Scenario, options: RunOptions) -> Measured:
    """Simulate one scenario; return means and intervals of every metric.

    Raises:
        ScenarioError: levers collide or do not fit.
        UsageError: no worker can be started.
    """
    regime, run = apply_levers(scenario, options.only), options.over(scenario.run)
    years = single_years(partial(simulate_year, regime, run.root, options.engine), regime, run, options)
    return summarise(scenario.title, regime, run.root, years, options)


def simulate_year(regime: Regime, root: int, engine: Engine, replication: int, jurisdiction: int) -> Outcome:
    """Plan, simulate and measure one year."""
    plan = plan_year(regime, root, replication, jurisdiction)
    return measure(plan, simulate(plan, engine=engine))
