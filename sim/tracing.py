"""The line of one cadre's week, before and after.

read_scenario -> apply_levers -> plan_year -> simulate -> trace
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.compare import labels_of
from sim.experiment.passport import named_passport
from sim.study import regime_pair

if TYPE_CHECKING:
    from sim.experiment.comparison import Passport
    from sim.experiment.options import RunOptions
    from sim.scenario.scenario import Scenario


def trace_week(
    before: Scenario, after: Scenario, options: RunOptions, *, unit: str, cadre: str, week: int | None
) -> tuple[Passport, dict[str, dict[str, str]]]:
    """Trace a week of the cadre whose name contains `unit/cadre`; return it with the labels of the regime after.

    Raises:
        UsageError: there is no such cadre or week.
    """
    regimes = regime_pair(before, after, options)
    passport = named_passport(regimes, unit=unit, cadre=cadre, role=after.run.primary_scope, week=week)
    return passport, labels_of(regimes.after)
