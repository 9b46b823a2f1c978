"""The fast engine beyond its rules: choice of the kernel, cache of compiled code, threads, and unusual plans."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim.compiling.cache import cache_folder
from sim.compiling.plain_indices import plain_indices
from sim.contract.plan import Activities
from sim.engine import simulate
from sim.engine.compiled import kernel
from sim.engine.compiled import run as compiled
from sim.engine.compiled.kernel_setup import as_lists, set_up
from sim.engine.compiled.kernel_tables import World
from sim.engine.compiled.run import simulate_compiled
from sim.engine.reference import run as reference
from sim.engine.simulate import LARGE
from tests.logs import differences, hours, run
from tests.plans import meeting, plan_of, random_plan, windows, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.contract.log import RunLog
    from sim.contract.plan import Plan

ROOT = Path(__file__).parents[2]


# --- which kernel serves ------------------------------------------------------------------


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the engines that ran, in order."""
    names: list[str] = []

    def spied(name: str, engine: Callable[..., RunLog]) -> Callable[..., RunLog]:
        def spy(plan: Plan, *, keep_spans: bool = False) -> RunLog:
            names.append(name)
            return engine(plan, keep_spans=keep_spans)

        return spy

    places = {"simulate_compiled": simulate, "simulate_uncompiled": simulate, "simulate_reference": reference}
    for name, place in places.items():
        monkeypatch.setattr(place, name, spied(name.removeprefix("simulate_"), getattr(place, name)))
    return names


@pytest.fixture
def without_numba(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make every import of numba fail."""
    monkeypatch.setitem(sys.modules, "numba", None)
    compiled._compiled_run.cache_clear()
    yield
    compiled._compiled_run.cache_clear()


@pytest.mark.slow
def test_auto_takes_plain_python_for_small_plans_and_compiled_code_for_large_ones(
    served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of([work(), work()])
    simulate.simulate(plan)
    monkeypatch.setattr(simulate, "LARGE", 2)
    simulate.simulate(plan)
    simulate.simulate(plan, engine="reference")
    monkeypatch.setattr(simulate, "LARGE", LARGE)
    simulate.simulate(plan, engine="compiled")

    assert served == ["uncompiled", "compiled", "reference", "compiled"]


@pytest.mark.usefixtures("without_numba")
def test_without_numba_plain_python_serves_and_says_so_once(
    served: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(simulate, "LARGE", 1)

    simulate.say_nothing_compiles.cache_clear()
    with caplog.at_level(logging.WARNING, logger="jianfu"):
        logs = [simulate.simulate(plan_of([work()])) for _ in range(2)]

    assert served == ["compiled", "uncompiled"] * 2
    assert [hours(log.finish) for log in logs] == [[1], [1]]
    assert len(caplog.messages) == 1
    assert "no numba" in caplog.messages[0]


def switched_off(patch: pytest.MonkeyPatch) -> str:
    patch.setenv("NUMBA_DISABLE_JIT", "1")
    return "NUMBA_DISABLE_JIT"


def switched_off_in_its_file(patch: pytest.MonkeyPatch) -> str:
    numba = pytest.importorskip("numba")
    patch.setattr(numba.config, "DISABLE_JIT", 1)
    patch.setattr(numba, "njit", lambda **_: lambda function: function)
    return "AttributeError"


def broken_installation(patch: pytest.MonkeyPatch) -> str:
    patch.setattr(compiled, "keep_memory", lambda: (_ for _ in ()).throw(OSError("libLLVM.so")))
    return "OSError"


def failing_compiler(patch: pytest.MonkeyPatch) -> str:
    patch.setattr(compiled, "_compile", lambda *_: (_ for _ in ()).throw(RuntimeError("LLVM")))
    return "RuntimeError"


@pytest.mark.parametrize("spoil", [switched_off, switched_off_in_its_file, broken_installation, failing_compiler])
def test_if_numba_cannot_compile_plain_python_serves_and_says_so_once(
    spoil: Callable[[pytest.MonkeyPatch], str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reason = spoil(monkeypatch)
    compiled._compiled_run.cache_clear()
    simulate.say_nothing_compiles.cache_clear()

    try:
        with caplog.at_level(logging.INFO, logger="jianfu"):
            logs = [simulate.simulate(plan_of([work()]), engine="compiled") for _ in range(2)]
    finally:
        compiled._compiled_run.cache_clear()

    assert [hours(log.finish) for log in logs] == [[1], [1]]
    (said,) = [record.msg for record in caplog.records if record.levelno == logging.WARNING]
    assert reason in said["en"]
    assert reason in said["zh"]
    assert "cache" not in caplog.text


@pytest.mark.usefixtures("without_numba")
def test_without_numba_a_small_plan_runs_without_a_word(served: list[str]) -> None:
    simulate.simulate(plan_of([work()]))

    assert served == ["uncompiled"]


def test_help_and_small_runs_do_not_load_numba() -> None:
    small_run = """if True:
        import sys, sim.cli.main
        from sim.engine.simulate import simulate
        from tests.plans import plan_of, work
        simulate(plan_of([work()]))
        sys.exit("numba" in sys.modules)
    """

    assert subprocess.run([sys.executable, "-c", small_run], cwd=ROOT, check=False).returncode == 0


# --- the cache ----------------------------------------------------------------------------


def test_the_cache_stands_where_the_user_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIANFU_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "shared"))
    shared = cache_folder([], {})
    monkeypatch.setenv("JIANFU_CACHE", str(tmp_path / "own"))
    own = cache_folder([], {})

    assert shared is not None
    assert own is not None
    assert shared.parent == tmp_path / "shared" / "jianfu"
    assert own.parent == tmp_path / "own"


def test_other_sources_or_other_numbers_have_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANFU_CACHE", str(tmp_path))

    folders = {
        cache_folder([], {}),
        cache_folder([], {"DAY": 1}),
        cache_folder([], {"DAY": 2}),
        cache_folder([compiled], {}),
    }

    assert len(folders) == 4


def test_where_nothing_can_be_written_there_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("JIANFU_CACHE", str(tmp_path / "file"))

    assert cache_folder([], {}) is None


def test_the_first_compilation_is_announced_and_a_damaged_cache_does_not_stop_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def compile_without_folder(numba: Any, folder: Path | None) -> str:
        tried.append(folder)
        if folder is not None:
            raise EOFError("damaged")
        return "compiled"

    monkeypatch.setenv("JIANFU_CACHE", str(tmp_path))
    monkeypatch.setattr(compiled, "_compile", compile_without_folder)
    compiled._compiled_run.cache_clear()
    try:
        with caplog.at_level(logging.INFO, logger="jianfu"):
            assert compiled._compiled_run() == "compiled"
    finally:
        compiled._compiled_run.cache_clear()

    assert [folder is None for folder in tried] == [False, True]
    assert "once on this machine" in caplog.messages[0]
    assert "cannot be used" in caplog.messages[1]


@pytest.mark.slow
def test_compiled_code_is_read_from_the_cache_by_the_next_process(tmp_path: Path) -> None:
    first_run = """if True:
        import logging
        from sim.engine.compiled.run import simulate_compiled
        from tests.plans import plan_of, work
        logging.basicConfig(level="INFO")
        assert simulate_compiled(plan_of([work()])).finish[0] == 3_600
    """

    said = [
        subprocess.run(
            [sys.executable, "-c", first_run],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            env={"JIANFU_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)},
        ).stderr
        for _ in range(2)
    ]

    assert ["compiling" in lines for lines in said] == [True, False]


# --- indices ------------------------------------------------------------------------------


class FromTheFront(list[Any]):
    """A list that raises an error for negative indices."""

    def __getitem__(self, index: Any) -> Any:
        assert index >= 0
        return super().__getitem__(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        assert index >= 0
        super().__setitem__(index, value)


def from_the_front(table: Any) -> Any:
    return FromTheFront(from_the_front(part) for part in table) if isinstance(table, list) else table


@pytest.mark.slow
def test_no_index_of_the_kernel_is_negative() -> None:
    for seed in range(300):
        lists = as_lists(set_up(random_plan(seed), room=10_000))
        kernel.run(World(*(from_the_front(table) for table in lists)))


def test_a_numba_without_the_function_that_is_replaced_compiles_as_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    arrayobj = pytest.importorskip("numba.np.arrayobj")
    usual = arrayobj.fix_integer_index
    with plain_indices():
        assert arrayobj.fix_integer_index is not usual
    assert arrayobj.fix_integer_index is usual

    monkeypatch.delattr(arrayobj, "fix_integer_index")
    with plain_indices():
        assert not hasattr(arrayobj, "fix_integer_index")


# --- threads ------------------------------------------------------------------------------


def test_two_threads_give_the_same_bytes_as_one() -> None:
    plans = [random_plan(seed) for seed in range(40)]
    alone = [simulate_compiled(plan, keep_spans=True) for plan in plans]

    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda plan: simulate_compiled(plan, keep_spans=True), plans))

    assert not [name for one, other in zip(alone, together, strict=True) for name in differences(one, other)]


# --- unusual plans ------------------------------------------------------------------------


def test_a_plan_without_rows_is_all_idle() -> None:
    log = run(plan_of([], staff=(2, 1)))

    assert log.idle.sum() == 3 * 86_400


def test_a_plan_without_windows_does_appointments_only() -> None:
    log = run(plan_of([meeting(10), work()], shifts=[windows([], days=[])]))

    assert hours(log.finish) == [11, -1]


def test_more_spans_than_rows_are_all_kept() -> None:
    office_hours = windows([(8, 12), (14, 18)], days=range(9))

    log = run(plan_of([work(70)], shifts=[office_hours], days=9))

    assert log.spans is not None
    assert len(log.spans.row) == 18


@pytest.mark.slow
def test_a_unit_may_have_a_hundred_cadres() -> None:
    teams = [(0, range(100)), (0, [70, 99]), *((0, [cadre]) for cadre in range(100))]
    rows = [work(2, team=number % len(teams), release=number / 60) for number in range(300)]

    run(plan_of([*rows, meeting(20, team=0, seats=80)], staff=(100,), teams=teams, preemptive=True))


@pytest.mark.slow
def test_rows_need_not_be_in_the_order_of_their_release() -> None:
    for seed in range(40):
        run(reversed_inside_units(random_plan(seed)))


@pytest.mark.slow
def test_ranks_and_due_dates_may_be_as_large_as_the_plan_can_hold() -> None:
    for seed in range(40):
        plan = random_plan(seed)
        rows = plan.activities
        wide = replace(
            rows, rank=rows.rank * 200_000_000 - 5, due=np.where(rows.due > 90_000, rows.due << 20, rows.due)
        )
        run(replace(plan, activities=wide))


def test_columns_of_other_types_are_taken_as_well() -> None:
    plan = random_plan(3)
    columns = {f.name: getattr(plan.activities, f.name).astype(np.int64) for f in fields(Activities)}
    columns["interruptible"] = plan.activities.interruptible
    for column in columns.values():
        column.flags.writeable = False

    run(replace(plan, activities=Activities(**columns)))


def reversed_inside_units(plan: Plan) -> Plan:
    rows = plan.activities
    order = np.lexsort((-np.arange(len(rows)), rows.unit))
    place = np.argsort(order)
    columns = {f.name: getattr(rows, f.name)[order] for f in fields(Activities)}
    columns["predecessor"] = np.where(columns["predecessor"] >= 0, place[columns["predecessor"]], -1)
    return replace(plan, activities=Activities(**columns))
