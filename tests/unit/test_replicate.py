"""Replications return the same results in the same order with any workers, and survive failures of workers."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import EngineFault, Problem, ScenarioError, UsageError
from sim.experiment.crews.attempt import attempt
from sim.experiment.crews.crew import Crew
from sim.experiment.crews.processes import THREAD_COUNTS, Processes
from sim.experiment.crews.threads import Threads
from sim.experiment.replicate import replicate
from tests.waiting import is_alive, wait_until

SIX = range(6)


def year(replication: int) -> np.ndarray:
    return np.random.default_rng([7, replication]).normal(size=50)


def late_first(replication: int) -> np.ndarray:
    """Return a year; even replications are slow, so results arrive out of order."""
    time.sleep(0.12 if replication % 2 == 0 else 0)
    return year(replication)


def thread_counts(_: int) -> list[str | None]:
    return [os.environ.get(name) for name in THREAD_COUNTS]


def fails_at_three(replication: int) -> int:
    if replication == 3:
        raise ValueError("no such week")
    return replication


def refuses_at_two(replication: int) -> int:
    if replication == 2:
        raise ScenarioError([Problem(message={"zh": "错", "en": "wrong"}, file="a.yaml", line=4)])
    return replication


def dies_once(marker: Path, replication: int) -> int:
    if replication == 2 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return replication


def always_dies(marks: Path, replication: int) -> int:
    if replication == 1:
        (marks / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return replication


def marks(folder: Path, replication: int) -> int:
    (folder / str(replication)).touch()
    return replication


def sleeps_after_two(replication: int) -> int:
    time.sleep(60 if replication >= 2 else 0)
    return replication


CREWS = pytest.mark.parametrize("crew", [Processes, Threads])


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.results: dict[int, object] = {}

    def load(self, index: int) -> object | None:
        return self.results.get(index)

    def save(self, index: int, result: object) -> None:
        self.results[index] = result


def as_bytes(results: Iterator[np.ndarray]) -> bytes:
    return pickle.dumps([result.tobytes() for result in results])


@pytest.mark.parametrize("jobs", [2, 5])
@CREWS
def test_any_number_of_workers_gives_the_same_bytes(crew: Any, jobs: int) -> None:
    alone = as_bytes(replicate(year, range(20), jobs=1))

    together = as_bytes(replicate(year, range(20), jobs=jobs, crew=crew))

    assert together == alone


@CREWS
def test_results_come_in_the_order_asked_for_whichever_finishes_first(crew: Any) -> None:
    finished: list[int] = []

    class Watched(Kept):
        def save(self, index: int, result: object) -> None:
            finished.append(index)

    results = as_bytes(replicate(late_first, SIX, jobs=3, crew=crew, store=Watched()))

    assert finished != sorted(finished)
    assert results == as_bytes(replicate(year, SIX))


def test_indices_may_come_in_any_order_and_be_few() -> None:
    assert list(replicate(fails_at_three, [5, 0, 4], jobs=2)) == [5, 0, 4]
    assert list(replicate(fails_at_three, [], jobs=2)) == []


class AtOnce(Executor):
    """An executor that runs each task when it is submitted."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(*arguments))
        return future


class Asks(Crew[Any, Any]):
    """A crew that uses an executor."""

    def __init__(self, executor: Executor, job: Callable[[Any], Any], size: int) -> None:
        self.executor, self.job, self._size = executor, job, size

    @property
    def size(self) -> int:
        return self._size

    def submit(self, index: Any, /) -> Future[Any]:
        return self.executor.submit(attempt, self.job, index)


def test_results_do_not_pile_up_before_somebody_takes_them() -> None:
    store = Kept()

    results = replicate(year, range(100), jobs=2, store=store, crew=partial(Asks, AtOnce()))
    next(results)
    next(results)
    results.close()

    assert set(store.results) == {0, 1, 2, 3, 4}


@CREWS
def test_what_finished_and_was_not_collected_is_kept_on_closing(crew: Any, tmp_path: Path) -> None:
    store = Kept()

    results = replicate(partial(marks, tmp_path), range(100), jobs=2, crew=crew, store=store)
    next(results)
    wait_until(lambda: len(list(tmp_path.iterdir())) == 4)
    time.sleep(0.1)  # until the last one is back
    results.close()

    assert set(store.results) == {0, 1, 2, 3}


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_counts_to_the_end(jobs: int) -> None:
    told: list[tuple[int, int]] = []

    list(replicate(year, SIX, jobs=jobs, progress=lambda done, total: told.append((done, total))))

    assert told == [(done, 6) for done in range(1, 7)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_kept_is_not_run_again(jobs: int) -> None:
    store = Kept()
    store.results = {3: 3}

    assert list(replicate(fails_at_three, SIX, jobs=jobs, store=store)) == list(SIX)
    assert store.results == {index: index for index in SIX}


@pytest.mark.parametrize("jobs", [1, 2])
@CREWS
def test_a_fault_in_a_job_names_its_replication(crew: Any, jobs: int) -> None:
    with pytest.raises(EngineFault, match="replication 3: ValueError: no such week"):
        list(replicate(fails_at_three, SIX, jobs=jobs, crew=crew))


@pytest.mark.parametrize("jobs", [1, 2])
@CREWS
def test_an_error_raised_on_purpose_arrives_whole(crew: Any, jobs: int) -> None:
    with pytest.raises(ScenarioError) as caught:
        list(replicate(refuses_at_two, SIX, jobs=jobs, crew=crew))

    assert caught.value.render("zh") == "a.yaml:4: 错"


def test_a_worker_computes_on_one_thread_and_the_parent_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREAD_COUNTS[0], "7")
    monkeypatch.delenv(THREAD_COUNTS[1], raising=False)

    counts = list(replicate(thread_counts, range(2), jobs=2))

    assert counts == [["1"] * len(THREAD_COUNTS)] * 2
    assert os.environ[THREAD_COUNTS[0]] == "7"
    assert THREAD_COUNTS[1] not in os.environ


def test_a_killed_worker_is_replaced_once_and_nothing_is_lost(tmp_path: Path) -> None:
    results = replicate(partial(dies_once, tmp_path / "died"), SIX, jobs=2)

    assert list(results) == list(SIX)


def test_workers_that_keep_dying_are_a_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(EngineFault, match="worker processes died 2 times"):
        list(replicate(partial(always_dies, tmp_path), SIX, jobs=2))

    assert len(list(tmp_path.iterdir())) == 2


class BreaksOnce(Executor):
    """An executor whose first task loses its worker, whose second never answers, and that runs the rest."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        self.asked.append(arguments[-1])
        future: Future[Any] = Future()
        if len(self.asked) == 1:
            future.set_exception(BrokenExecutor())
        elif len(self.asked) != 2:
            future.set_result(function(*arguments))
        return future


def test_only_what_was_under_way_is_run_again_when_a_worker_is_lost() -> None:
    executor = BreaksOnce()

    results = list(replicate(fails_at_three, [0, 1, 2, 4], jobs=2, crew=partial(Asks, executor)))

    assert results == [0, 1, 2, 4]
    assert executor.asked == [0, 1, 2, 4, 0, 1]


def test_an_interruption_keeps_what_was_finished_and_does_not_wait_for_the_rest() -> None:
    store = Kept()

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(replicate(sleeps_after_two, SIX, jobs=2, store=store, progress=interrupt))

    assert store.results == {0: 0, 1: 1}
    assert time.monotonic() - began < 20


def half_a_second(replication: int) -> int:
    time.sleep(0.5 if replication else 0)
    return replication


def test_an_interruption_of_threads_keeps_what_was_under_way_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    store = Kept()

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with caplog.at_level(logging.INFO, logger="jianfu"), pytest.raises(KeyboardInterrupt):
        list(replicate(half_a_second, range(50), jobs=2, crew=Threads, store=store, progress=interrupt))

    assert store.results.keys() in ({0, 1}, {0, 1, 2})
    assert "running replications are finished first" in caplog.messages[-1]


def test_closing_early_stops_the_workers() -> None:
    began = time.monotonic()

    results = replicate(sleeps_after_two, SIX, jobs=2)
    assert next(results) == 0
    results.close()

    assert time.monotonic() - began < 20


STUDY = """
import os, time, pathlib
from sim.experiment.replicate import replicate
def job(index):
    pathlib.Path(__file__).with_name(f'{os.getpid()}.pid').touch()
    time.sleep(60 if index == 0 else 0)
if __name__ == '__main__':
    list(replicate(job, range(2), jobs=2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", ["Ctrl-C", "interrupted", "killed"])
def test_no_worker_outlives_a_process_that_was_stopped(how: str, tmp_path: Path) -> None:
    script, said = tmp_path / "study.py", tmp_path / "said.txt"
    script.write_text(STUDY)
    with said.open("w") as messages:
        study = subprocess.Popen([sys.executable, script], stderr=messages, start_new_session=True)
    wait_until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)

    if how == "Ctrl-C":
        os.killpg(study.pid, signal.SIGINT)
    else:
        study.send_signal(signal.SIGKILL if how == "killed" else signal.SIGINT)
    study.wait(timeout=20)

    workers = [int(path.stem) for path in tmp_path.glob("*.pid")]
    wait_until(lambda: not any(is_alive(worker) for worker in workers))
    assert "Process" not in said.read_text()


@pytest.mark.parametrize("jobs", [0, -2])
def test_less_than_one_worker_is_refused(jobs: int) -> None:
    with pytest.raises(UsageError, match="at least one job"):
        replicate(year, SIX, jobs=jobs)
