"""Runs one function for many replications on any workers, with results in the order of the indices."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import ExitStack
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from sim.errors import UsageError
from sim.experiment.crews.attempt import Failure, run_job
from sim.experiment.crews.processes import Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from sim.experiment.crews.crew import Crew

K = TypeVar("K")
T = TypeVar("T")
K_contra = TypeVar("K_contra", contravariant=True)

GLANCE = 5.0
"""Seconds without a result after which the crew is checked."""


class Shelf(Protocol[K_contra, T]):
    """Stores results, so that nothing is simulated twice."""

    def load(self, index: K_contra, /) -> T | None:
        """Return a kept result, or None."""

    def save(self, index: K_contra, result: T, /) -> None:
        """Save a result; never raises."""


def replicate(
    job: Callable[[K], T],
    indices: Sequence[K],
    *,
    jobs: int = 1,
    crew: Callable[[Callable[[K], T], int], Crew[K, T]] = Processes,
    progress: Callable[[int, int], None] | None = None,
    store: Shelf[K, T] | None = None,
) -> Generator[T]:
    """Yield `job(index)` for each index, in order, the same for any number of workers.

    `job` is pure and, for workers in other processes, picklable. `crew` makes the workers from the job and their number
    (`Processes`, `Threads`, `Cluster`); a single worker on this machine is this process itself. At most `2 * jobs`
    results wait at a time. Each result is saved in `store` as soon as it is finished, so an interruption loses no
    finished result; closing the iterator early stops the workers. `progress` is called with the number of finished
    results and of all.

    Raises:
        EngineFault: a job raises an unexpected exception, or worker processes die repeatedly.
        JianfuError: raised by a job.
        UsageError: `jobs` is below one, or no worker can be started or reached.
    """
    if jobs < 1:
        raise UsageError(zh=f"并行数至少为 1，现为 {jobs}", en=f"at least one job is needed, not {jobs}")
    run = _Run(job, indices, progress, store)
    workers = crew(job, max(1, min(jobs, len(indices))))
    return run.here() if workers.alone else run.with_crew(workers)


class _Run(Generic[K, T]):
    """One call of `replicate`: results that wait to be yielded, by place in `indices`."""

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

    def with_crew(self, crew: Crew[K, T]) -> Generator[T]:
        """Let the workers do the work."""
        with ExitStack() as stack:
            stack.callback(self._rescue)  # last, when the crew has stopped: some workers finish their task
            stack.enter_context(crew)
            for place in range(len(self.indices)):
                self._ask(crew)
                while place not in self.ready:
                    self._collect(crew)
                yield self.ready.pop(place)

    def _ask(self, crew: Crew[K, T]) -> None:
        """Submit replications until enough are waiting."""
        while self.asked < len(self.indices) and len(self.ready) + len(self.running) < 2 * crew.size:
            if not self._found(self.asked):
                self.running[crew.submit(self.indices[self.asked])] = self.asked
            self.asked += 1

    def _collect(self, crew: Crew[K, T]) -> None:
        """Wait for a result; replace the workers if one of them was lost."""
        finished, _ = wait(self.running, timeout=GLANCE, return_when=FIRST_COMPLETED)
        if not finished:
            crew.look_after()
        lost = []
        for future in sorted(finished, key=self.running.__getitem__):
            place = self.running.pop(future)
            try:
                result = crew.result(future, self.indices[place])
            except BrokenExecutor:
                lost.append(place)
            else:
                self._take(place, result)
        if lost:
            self._recover(crew, lost)

    def _recover(self, crew: Crew[K, T], lost: list[int]) -> None:
        """Submit the running replications again after a worker was lost."""
        crew.replace(self.indices[min(lost)])
        for future, place in list(self.running.items()):  # all workers are gone, so these futures are done
            if _has_result(future):
                self._take(place, future.result())
            else:
                lost.append(place)
            self.running.pop(future)
        for place in sorted(lost):
            self.running[crew.submit(self.indices[place])] = place

    def _take(self, place: int, result: T | Failure) -> None:
        if isinstance(result, Failure):
            raise result.error()
        self._finish(place, result)

    def _finish(self, place: int, result: T) -> None:
        if self.store is not None:
            self.store.save(self.indices[place], result)
        self._count(place, result)

    def _found(self, place: int) -> bool:
        """Take a result from the store; return whether it was there."""
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
        """Save results that finished but were not collected before the end."""
        for future, place in self.running.items():
            result = future.result() if _has_result(future) else None
            if self.store is not None and result is not None and not isinstance(result, Failure):
                self.store.save(self.indices[place], result)


def _has_result(future: Future[T | Failure]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
