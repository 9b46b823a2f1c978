"""Worker processes: each holds the job, computes on one thread, and ends with the process that started it."""

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
"""Environment variables that libraries take their number of threads from; 1 in every worker."""
LIVES = 2
"""Pools that are tried: what was under way when a worker process died is run again, once."""

_held: Callable[[Any], Any] | None = None
"""The job of this worker process, so that it crosses the pipe once and not with each replication."""


def _settle(job: Callable[[Any], Any]) -> None:
    """Begin a worker process: hold the job, leave Ctrl-C to the parent, and do not outlive it."""
    global _held  # noqa: PLW0603 - state of a process that does nothing else
    _held = job
    logging.getLogger("jianfu").addHandler(logging.NullHandler())  # what is to be said, the parent says once
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    """End this process when its parent is gone, even if that was killed."""
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
        """Replications that can be under way at a time."""
        return self._size

    def __enter__(self) -> Self:
        """Remember the environment; workers start with another one."""
        self._environment = {name: os.environ.get(name) for name in THREAD_COUNTS}
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel what waits, end what runs."""
        self._stop()
        for name, value in self._environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    def submit(self, index: K, /) -> Future[T | Failure]:
        """Ask for one replication; a crew that is gone answers at once with a broken promise.

        Raises:
            UsageError: if no process can be started.
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
        """Let a broken pool go; the next replication asked for starts a new one.

        Raises:
            EngineFault: if processes keep dying.
        """
        self._lives -= 1
        if not self._lives:
            raise too_many_deaths(LIVES, index)
        self._stop()

    def _started(self) -> ProcessPoolExecutor:
        """Start from a clean server process where there is one: safe beside threads, and fast the second time."""
        os.environ.update(dict.fromkeys(THREAD_COUNTS, "1"))
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["__main__", __name__, *_homes(self.job)])
        return ProcessPoolExecutor(self._size, mp_context=context, initializer=_settle, initargs=(self.job,))

    def _stop(self) -> None:
        """Cancel what waits, end what runs."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # `terminate_workers` is public from Python 3.14 on only.
        for process in list((pool._processes or {}).values()):
            with contextlib.suppress(ValueError):  # closed already
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _homes(job: Any) -> list[str]:
    """List the modules of a job and of the functions inside it, so that workers start with them imported."""
    if isinstance(job, partial):
        return _homes(job.func)
    inside = (getattr(job, field.name) for field in fields(job)) if is_dataclass(job) else ()
    home = getattr(job, "__module__", None) or type(job).__module__
    return [str(home), *(name for part in inside if callable(part) for name in _homes(part))]
