"""Runs one function for many replications, in this process or in several, with results in the order asked for."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import ExitStack
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from sim.errors import EngineFault, UsageError
from sim.experiment.workers import Crew, Failure, run_job

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from concurrent.futures import Executor

K = TypeVar("K")
T = TypeVar("T")
K_contra = TypeVar("K_contra", contravariant=True)

LIVES = 2
"""Times a replication is tried when a worker process dies under it."""


class Shelf(Protocol[K_contra, T]):
    """Keeps results, so that nothing is simulated twice."""

    def load(self, index: K_contra, /) -> T | None:
        """Give a kept result, or None."""

    def save(self, index: K_contra, result: T, /) -> None:
        """Keep a result; never fails."""


def replicate(
    job: Callable[[K], T],
    indices: Sequence[K],
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    store: Shelf[K, T] | None = None,
    executor: Executor | None = None,
) -> Generator[T]:
    """Yield `job(index)` for each index, in order, the same for any number of workers.

    `job` is pure and, for more than one worker, picklable. At most `2 * jobs` results wait at a time. Each result is
    kept in `store` as soon as it is there, so what was finished before an interruption is not lost; closing the
    iterator early stops the workers. `progress` is told how many of how many are done. `executor` runs the jobs
    elsewhere, e.g. on a dask cluster; then `jobs` is the number of its workers.

    Raises:
        EngineFault: if a job fails in a way nobody planned for, or worker processes keep dying.
        JianfuError: what a job raised on purpose.
        UsageError: if `jobs` is below one, or no worker process can be started.
    """
    if jobs < 1:
        raise UsageError(zh=f"并行进程数至少为 1，现为 {jobs}", en=f"at least one job is needed, not {jobs}")
    run = _Run(job, indices, progress, store)
    if executor is None and min(jobs, len(indices)) <= 1:
        return run.here()
    return run.in_workers(min(jobs, len(indices)), executor)


class _Run(Generic[K, T]):
    """One call of `replicate`: what waits to be yielded, by place in `indices`."""

    def __init__(
        self,
        job: Callable[[K], T],
        indices: Sequence[K],
        progress: Callable[[int, int], None] | None,
        store: Shelf[K, T] | None,
    ) -> None:
        self.job, self.indices, self.progress, self.store = job, indices, progress, store
        self.ready: dict[int, T] = {}
        self.running: dict[Future[T | Failure], int] = {}
        self.asked = 0
        self.done = 0

    def here(self) -> Generator[T]:
        """Do the work in this process."""
        for place, index in enumerate(self.indices):
            if not self._found(place):
                self._finish(place, run_job(self.job, index))
            yield self.ready.pop(place)

    def in_workers(self, jobs: int, executor: Executor | None) -> Generator[T]:
        """Do the work in worker processes, or where `executor` does it."""
        with ExitStack() as stack:
            crew = stack.enter_context(Crew(self.job, jobs, executor))
            stack.callback(self._rescue)  # before the crew is stopped
            for place in range(len(self.indices)):
                self._ask(crew, 2 * jobs)
                while place not in self.ready:
                    self._collect(crew)
                yield self.ready.pop(place)

    def _ask(self, crew: Crew[K, T], at_most: int) -> None:
        """Keep the workers busy."""
        while self.asked < len(self.indices) and len(self.ready) + len(self.running) < at_most:
            if not self._found(self.asked):
                self.running[crew.submit(self.indices[self.asked])] = self.asked
            self.asked += 1

    def _collect(self, crew: Crew[K, T]) -> None:
        """Wait for a result; replace the crew when one of it has died."""
        finished, _ = wait(self.running, return_when=FIRST_COMPLETED)
        lost = []
        for future in sorted(finished, key=self.running.__getitem__):
            place = self.running.pop(future)
            if isinstance(future.exception(), BrokenExecutor):
                lost.append(place)
            else:
                self._take(place, future)
        if lost:
            self._recover(crew, lost)

    def _recover(self, crew: Crew[K, T], lost: list[int]) -> None:
        """Run again, once, what was under way when a worker died."""
        crew.deaths += 1
        if crew.deaths >= LIVES:
            raise EngineFault(
                f"worker processes died {LIVES} times, last at replication {self.indices[min(lost)]} or one run beside "
                "it: perhaps memory is short (fewer jobs need less), or a library crashed"
            )
        crew.replace()
        for future, place in list(self.running.items()):  # the whole crew is gone, so these are decided now
            if _has_result(future):
                self._take(place, future)
            else:
                lost.append(place)
            self.running.pop(future)
        for place in sorted(lost):
            self.running[crew.submit(self.indices[place])] = place

    def _take(self, place: int, future: Future[T | Failure]) -> None:
        result = future.result()
        if isinstance(result, Failure):
            raise result.error()
        self._finish(place, result)

    def _finish(self, place: int, result: T) -> None:
        if self.store is not None:
            self.store.save(self.indices[place], result)
        self._count(place, result)

    def _found(self, place: int) -> bool:
        """Take a result from the store, where it is."""
        kept = None if self.store is None else self.store.load(self.indices[place])
        if kept is not None:
            self._count(place, kept)
        return kept is not None

    def _count(self, place: int, result: T) -> None:
        self.ready[place] = result
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, len(self.indices))

    def _rescue(self) -> None:
        """Keep what finished but was not collected before the end came."""
        for future, place in self.running.items():
            result = future.result() if _has_result(future) else None
            if self.store is not None and result is not None and not isinstance(result, Failure):
                self.store.save(self.indices[place], result)


def _has_result(future: Future[T | Failure]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
