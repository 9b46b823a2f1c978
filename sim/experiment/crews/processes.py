"""Worker processes: each holds the job, computes on one thread, and ends with its parent process."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import fields, is_dataclass
from functools import partial
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sim.errors import EngineFault, UsageError
from sim.experiment.crews.attempt import attempt
from sim.experiment.crews.crew import Crew, too_many_deaths

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.experiment.crews.attempt import Failure

K = TypeVar("K")
T = TypeVar("T")

THREAD_COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Environment variables with the thread numbers of libraries; 1 in every worker."""
LIVES = 2
"""Pools that are tried: the running replications of a dead worker are run again once."""

_held: Callable[[Any], Any] | None = None
"""The job of this worker process, sent once instead of with each replication."""


def _settle(job: Callable[[Any], Any]) -> None:
    """Initialise a worker process: store the job, ignore Ctrl-C, and end with the parent."""
    global _held  # noqa: PLW0603 - state of a process that does nothing else
    _held = job
    logging.getLogger("jianfu").addHandler(logging.NullHandler())  # the parent logs each message once
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    """End this process when its parent has ended, even if the parent was killed."""
    wait([sentinel])
    os._exit(1)


def _attempt_held(index: Any) -> Any:
    if _held is None:
        raise EngineFault("a worker process was not given its job")
    return attempt(_held, index)


class Processes(Crew[K, T]):
    """A pool of worker processes on this machine."""

    def __init__(self, job: Callable[[K], T], size: int) -> None:
        self.job, self._size = job, size
        self._lives = LIVES
        self._pool: ProcessPoolExecutor | None = None
        self._environment: dict[str, str | None] = {}

    @property
    def size(self) -> int:
        """Replications that can run at a time."""
        return self._size

    def __enter__(self) -> Self:
        """Save the environment, because workers start with a changed one."""
        self._environment = {name: os.environ.get(name) for name in THREAD_COUNTS}
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel waiting replications, end running ones, restore the environment."""
        self._stop()
        for name, value in self._environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    def submit(self, index: K, /) -> Future[T | Failure]:
        """Submit one replication; if the pool is broken, return a future that raises `BrokenExecutor`.

        Raises:
            UsageError: no process can be started.
        """
        try:
            self._pool = self._pool or self._started()
            return self._pool.submit(_attempt_held, index)
        except BrokenExecutor as error:
            broken: Future[T | Failure] = Future()
            broken.set_exception(error)
            return broken
        except (OSError, NotImplementedError) as error:
            raise UsageError(
                zh=f"本机无法启动并行进程（{error}）；请改用 -j 1",
                en=f"worker processes cannot be started here ({error}); try -j 1",
            ) from error

    def replace(self, index: K, /) -> None:
        """Discard a broken pool; the next submission starts a new one.

        Raises:
            EngineFault: processes died repeatedly.
        """
        self._lives -= 1
        if not self._lives:
            raise too_many_deaths(LIVES, index)
        self._stop()

    def _started(self) -> ProcessPoolExecutor:
        """Start the pool from a clean server process if possible: safe beside threads, and fast the second time."""
        os.environ.update(dict.fromkeys(THREAD_COUNTS, "1"))
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["__main__", __name__, *_homes(self.job)])
        return ProcessPoolExecutor(self._size, mp_context=context, initializer=_settle, initargs=(self.job,))

    def _stop(self) -> None:
        """Cancel waiting replications and end running ones."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # `terminate_workers` is public from Python 3.14 on only.
        for process in list((pool._processes or {}).values()):
            with contextlib.suppress(ValueError):  # already closed
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _homes(job: Any) -> list[str]:
    """List the modules of a job and of the functions inside it, which workers import at their start."""
    if isinstance(job, partial):
        return _homes(job.func)
    inside = (getattr(job, field.name) for field in fields(job)) if is_dataclass(job) else ()
    home = getattr(job, "__module__", None) or type(job).__module__
    return [str(home), *(name for part in inside if callable(part) for name in _homes(part))]
