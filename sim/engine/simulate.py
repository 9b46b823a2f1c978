"""One door to the engines: the plan is checked before, the books after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sim.engine.contract import check_conservation, check_plan
from sim.engine.reference import simulate_reference

if TYPE_CHECKING:
    from sim.engine.contract import Plan, RunLog

Engine = Literal["reference"]


def simulate(plan: Plan, *, engine: Engine = "reference", keep_spans: bool = False) -> RunLog:
    """Run the plan to its horizon; `keep_spans` also returns every stretch of every cadre's time.

    Raises:
        EngineFault: the plan breaks the contract, or the books do not add up.
    """
    check_plan(plan)
    engines = {"reference": simulate_reference}
    log = engines[engine](plan, keep_spans=keep_spans)
    check_conservation(plan, log)
    return log
