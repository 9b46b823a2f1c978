"""Threads of this process, for work that releases the GIL, as numpy and the compiled kernel do.

They share imports, compiled code, and the memory that one year frees. A thread cannot be stopped from outside, so
stopping waits for the running replications, which are kept.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakSet

from sim.engine.compiled.kept_memory import keep_memory
from sim.experiment.crews.attempt import attempt
from sim.experiment.crews.crew import Crew

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.experiment.crews.attempt import Failure

K = TypeVar("K")
T = TypeVar("T")

LOG = logging.getLogger("jianfu")


class Threads(Crew[K, T]):
    """A pool of threads."""

    def __init__(self, job: Callable[[K], T], size: int) -> None:
        self.job, self._size = job, size
        keep_memory()
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="replication")
        self._asked: WeakSet[Future[T | Failure]] = WeakSet()

    @property
    def size(self) -> int:
        """Replications that can run at a time."""
        return self._size

    def __exit__(self, *error: object) -> None:
        """Cancel waiting replications and wait for running ones."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        running = sum(future.running() for future in self._asked)
        if running and error[0] is KeyboardInterrupt:
            LOG.info(
                {
                    "zh": f"正在停止：先做完手上的 {running} 次重复",
                    "en": f"stopping: {running} running replications are finished first",
                }
            )
        self._pool.shutdown(wait=True)

    def submit(self, index: K, /) -> Future[T | Failure]:
        """Submit one replication."""
        future = self._pool.submit(attempt, self.job, index)
        self._asked.add(future)
        return future
