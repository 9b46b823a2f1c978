"""The straight line, from scenario files to pictures and a report.

    read_scenario -> apply_levers -> plan_year -> simulate -> measure -> compare -> draw -> write_report

Commands, benchmarks and tests call this module and the other lines, and compute nothing themselves. The other lines
read the same way: `sim/running.py` one scenario, `sim/tracing.py` one cadre's week, `sim/scoring.py` the scoreboard.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.engine.simulate import simulate
from sim.experiment.compare import compare
from sim.experiment.comparison import YearPair
from sim.experiment.horizon import successive_years
from sim.experiment.twins import twin_check
from sim.experiment.years import RegimePair, paired_years
from sim.files.scenario import read_with_places
from sim.files.seeds import read_evidence_beside
from sim.metrics.measure import measure
from sim.metrics.table import METRICS
from sim.plan.year import plan_year
from sim.report.bundle import Bundle, pulled, shown_in, write_report
from sim.report.inputs import list_inputs
from sim.report.pictures import draw
from sim.scenario.apply import apply_levers, touched_entries

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from sim.experiment.comparison import Comparison
    from sim.experiment.kept.store import Store
    from sim.experiment.options import RunOptions
    from sim.files.scenario import ReadScenario
    from sim.i18n import Lang
    from sim.scenario.scenario import Scenario


def read(
    path: Path, overrides: Sequence[str] = (), only: Collection[str] | None = None, store: Store | None = None
) -> ReadScenario:
    """Read a scenario and apply its levers once, so that every mistake is reported before anything is simulated.

    `read_with_places` is `read_scenario`, and also returns where each value was written: the report lists the inputs.

    Raises:
        ScenarioError: the file has mistakes, or levers collide or do not fit.
    """
    found = read_with_places(path, overrides, METRICS, None if store is None else store.quick)
    apply_levers(found.scenario, only)
    return found


def study(before: ReadScenario, after: ReadScenario, options: RunOptions, years: int = 1) -> list[Bundle]:
    """Compare two scenarios in each of `years` successive years; levers start in the first year, and erode.

    Raises:
        UsageError: the holidays of a year are not known, or no worker can be started.
    """
    inputs = list_inputs(after, read_evidence_beside(after.path.parent, options.quick))
    pairs = successive_years(before.scenario, after.scenario, years)
    comparisons = [compare_scenarios(*pair, options) for pair in pairs]
    return [Bundle(one, pulled(after.scenario, options.only), inputs) for one in comparisons]


def compare_scenarios(before: Scenario, after: Scenario, options: RunOptions) -> Comparison:
    """Compare two scenarios over paired replications.

    Raises:
        ScenarioError: levers collide or do not fit.
        UsageError: no worker can be started.
    """
    regimes = regime_pair(before, after, options)
    years = paired_years(partial(simulate_pair, regimes), regimes, options)
    return compare(regimes, years, (before.title, after.title), options)


def regime_pair(before: Scenario, after: Scenario, options: RunOptions) -> RegimePair:
    """Apply the levers of two scenarios, and list the obligations and demand that they touch."""
    regimes = apply_levers(before), apply_levers(after, options.only)
    touched = touched_entries(before, *regimes) | touched_entries(after, *regimes)
    return RegimePair(*regimes, touched, options.over(after.run), options.engine)


def simulate_pair(regimes: RegimePair, replication: int, jurisdiction: int) -> YearPair:
    """Plan, simulate and measure the same year under both regimes, and check that untouched work is the same."""
    plan = plan_year(regimes.before, regimes.root, replication, jurisdiction)
    before = measure(plan, simulate(plan, engine=regimes.engine))
    other = plan_year(regimes.after, regimes.root, replication, jurisdiction)
    check = twin_check(plan, other, regimes.touched)
    del plan  # a plan is large: free its memory before the second year is simulated
    return YearPair(before, measure(other, simulate(other, engine=regimes.engine)), check)


def write(bundle: Bundle, lang: Lang, names: Collection[str], store: Store | None = None) -> dict[str, bytes]:
    """Return the named files by name; pictures that they show are drawn, or taken from the store."""
    pictures = draw(bundle.comparison, lang, shown_in(names), store)
    return write_report(bundle, lang, names, pictures)
