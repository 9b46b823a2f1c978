"""Run a plan on the chosen engine; check the plan before and the books after."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Literal

from sim.compiling.functions import LARGE, CannotCompile
from sim.contract.checks import check_conservation, check_plan
from sim.engine.compiled.run import simulate_compiled, simulate_uncompiled

if TYPE_CHECKING:
    from sim.contract.log import RunLog
    from sim.contract.plan import Plan

LOG = logging.getLogger("jianfu")

Engine = Literal["auto", "reference", "compiled"]
"""`auto`: the compiled kernel for large plans, the same kernel as plain Python for small ones. `reference`: SimPy. All
engines return the same log."""


DAYS_PER_ROW = 4
"""Days of a unit that take the kernel as long as one row, measured with plain Python."""


def simulate(plan: Plan, *, engine: Engine = "auto", keep_spans: bool = False) -> RunLog:
    """Run the plan to its horizon and return the log; with `keep_spans` the log has all spans.

    If numba cannot compile, the plain Python kernel runs, and the logger `jianfu` warns once.

    Raises:
        EngineFault: the plan breaks the contract, or the books do not add up.
    """
    check_plan(plan)
    log = _run(plan, engine, keep_spans=keep_spans)
    check_conservation(plan, log)
    return log


def _run(plan: Plan, engine: Engine, *, keep_spans: bool) -> RunLog:
    if engine == "reference":
        from sim.engine.reference.run import simulate_reference  # only this engine imports simpy

        return simulate_reference(plan, keep_spans=keep_spans)
    days = len(plan.roster.unit_shift) * plan.days
    if engine == "compiled" or len(plan.activities) + days // DAYS_PER_ROW >= LARGE:
        try:
            return simulate_compiled(plan, keep_spans=keep_spans)
        except CannotCompile as reason:
            say_nothing_compiles(*reason.args)
    return simulate_uncompiled(plan, keep_spans=keep_spans)


@cache
def say_nothing_compiles(zh: str, en: str) -> None:
    """Warn through the logger `jianfu`, once in a process for each reason."""
    LOG.warning(
        {
            "zh": f"{zh}：大的计划改用普通 Python 模拟，约慢三十倍",
            "en": f"{en}: large plans run in plain Python, about thirty times slower",
        }
    )
