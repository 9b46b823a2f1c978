"""All programs that run the canonical workload, by name, and whether they are installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.contract.checks import check_conservation, check_plan
from sim.engine.compiled.run import simulate_uncompiled
from sim.engine.simulate import simulate
from sim.files.scenario import read_scenario
from sim.metrics.measure import measure
from sim.plan.year import plan_year
from sim.scenario.apply import apply_levers
from tests.benchmarks.arrivals import arrivals_of
from tests.benchmarks.limit import build_limit
from tests.benchmarks.workload import cadre_week, cadre_weeks

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan

    Prepared = tuple[Callable[[], Any], int]

ROOT = Path(__file__).parents[2]
SIMPY, LIMIT = "SimPy", "C"
REFERENCE, UNCOMPILED, COMPILED = "reference", "uncompiled", "compiled"
LIBRARIES = {SIMPY: "simpy", "Ciw": "ciw", "salabim": "salabim", "simulsi": "simulsi", "cimba": "cimba"}
"""Name of each library, and of its package and its module in `peers`."""


def installed() -> tuple[list[str], list[str]]:
    """Return the names of the contenders that can run here, and a notice for each that cannot."""
    missing = [f"{name} is not installed (make peers)" for name, package in LIBRARIES.items() if not find_spec(package)]
    if shutil.which("cc") is None:
        missing.append("no C compiler (cc) to build the limit with")
    names = [REFERENCE, UNCOMPILED, COMPILED, *(name for name, package in LIBRARIES.items() if find_spec(package))]
    return names + [LIMIT] * (shutil.which("cc") is not None), missing


def contender(name: str, units: int, weeks: int) -> Prepared:
    """Prepare a contender with the workload; libraries get arrivals, engines and the limit get the plan."""
    plan, warm = cadre_week(units, weeks), cadre_week(2, 1)
    if name in LIBRARIES:
        model = import_module(f"tests.benchmarks.peers.in_{LIBRARIES[name]}")
        model.simulate(arrivals_of(warm))
        return partial(model.simulate, arrivals_of(plan)), len(plan.activities)
    run = engine(name)
    run(warm)
    return partial(run, plan), len(plan.activities)


def engine(name: str) -> Callable[[Plan], RunLog]:
    """Return an engine with its checks of plan and books, or the limit, which has no checks."""
    if name == UNCOMPILED:
        return _uncompiled
    if name == LIMIT:
        limit = build_limit(Path(tempfile.mkdtemp()))
        assert limit is not None
        return limit
    return partial(simulate, engine=name)  # type: ignore[arg-type]


def _uncompiled(plan: Plan) -> RunLog:
    """Run the kernel as plain Python with the same checks as the other engines."""
    check_plan(plan)
    log = simulate_uncompiled(plan)
    check_conservation(plan, log)
    return log


def threads(count: int) -> Prepared:
    """Prepare sixteen plans for `count` threads."""
    plans = [cadre_week(100, 8, seed) for seed in range(16)]
    run = engine(COMPILED)
    run(plans[0])

    def work() -> None:
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(run, plans))

    return work, sum(len(plan.activities) for plan in plans)


def county_year() -> Prepared:
    """Prepare to draw, simulate and measure the workload of 5,200 cadres, block by block."""
    run = engine(COMPILED)
    measure(warm := cadre_week(2, 1), run(warm))
    size = sum(len(plan.activities) for plan in cadre_weeks(1_040, 48))

    def work() -> None:
        for plan in cadre_weeks(1_040, 48):
            measure(plan, run(plan))

    return work, size


def product(overrides: tuple[str, ...], whole: bool) -> Prepared:
    """Prepare the typical county: the engine alone, or plan, simulation and measuring together."""
    regime = apply_levers(read_scenario(ROOT / "scenarios" / "base" / "county.yaml", overrides=overrides))
    plan, run = plan_year(regime, 1, 0), engine(COMPILED)
    measure(plan, run(plan))

    def work() -> None:
        planned = plan_year(regime, 1, 0)
        measure(planned, run(planned))

    return work if whole else partial(run, plan), len(plan.activities)


def command(arguments: tuple[str, ...], cold: bool = False, again: bool = False) -> Prepared:
    """Prepare a call of `jianfu` in a process and a folder of its own.

    With `cold` no kernel is compiled yet; with `again` the same call ran there before, and its years are saved.
    Bytecode is compiled, as after an installation with pip.
    """
    compile_dir(ROOT / "sim", quiet=1)
    home = Path(tempfile.mkdtemp())

    def work() -> None:
        folder = str(home) if again else tempfile.mkdtemp(dir=home)
        own = {"JIANFU_CACHE": folder} if cold else {}
        script = "import sys; from sim.cli.main import main; sys.argv[0] = 'jianfu'; main()"
        subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **own},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    if again:
        work()
    return work, 1
