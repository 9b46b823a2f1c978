"""A cluster of machines, or one on this machine, by dask.distributed, whose scheduler reruns the work of a lost worker.

Only this module imports dask. The scheduler stores the job and sends it to each worker once; a worker refuses a job of
other code than its own, so that one result never comes from two programs.
"""

from __future__ import annotations

import logging
import pickle
import signal
import time
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sim.errors import UsageError
from sim.experiment.crews.attempt import attempt
from sim.experiment.crews.crew import Crew, too_many_deaths
from sim.experiment.crews.processes import THREAD_COUNTS
from sim.experiment.kept.manifest import own_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from distributed import Client

    from sim.experiment.crews.attempt import Failure

K = TypeVar("K")
T = TypeVar("T")

LOCAL = "local"
"""Address that means a cluster on this machine."""
EXTRA = "jianfu[cluster]"
REACH_SECONDS = 5.0
"""Seconds to wait for the scheduler's answer."""
PATIENCE_SECONDS = 60.0
"""Seconds that work waits without any worker, as when all workers are restarted."""
OWN_CLUSTER = {
    "threads_per_worker": 1,
    "memory_limit": None,
    "dashboard_address": ":0",
    "silence_logs": logging.ERROR,
    "env": dict.fromkeys(THREAD_COUNTS, "1"),
}
"""Settings of the workers on this machine."""


@contextmanager
def _leaving_interrupts_to_this_thread() -> Iterator[None]:
    """Context in which threads and processes start that never receive Ctrl-C; an early one arrives at the end."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # it would otherwise start later and lift the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True)
class _SameCode(Generic[K, T]):
    """A job that runs only in workers with the same code as the sender."""

    job: Callable[[K], T]
    code: str

    def __call__(self, index: K) -> T:
        """Run the job.

        Raises:
            UsageError: this worker has another version of the program or of its libraries.
        """
        if own_code() != self.code:
            raise _other_code()
        return self.job(index)


class Cluster(Crew[K, T]):
    """The workers of a scheduler; with the address `local`, `size` workers on this machine."""

    def __init__(self, job: Callable[[K], T], size: int, address: str) -> None:
        self.job, self.address, self._wanted = job, address, size
        self._open = ExitStack()
        self._client: Client | None = None
        self._executor: Any = None
        self._held: Any = None
        self._last_seen = 0.0

    @property
    def size(self) -> int:
        """Replications that can run at a time; it changes when the cluster grows or shrinks."""
        return self._wanted if self.address == LOCAL or self._client is None else max(1, self._threads(self._client))

    @property
    def alone(self) -> bool:
        """Always False: a named cluster does the work itself."""
        return False

    def __exit__(self, *_: object) -> None:
        """Cancel waiting tasks and disconnect; running tasks finish, and their results are discarded."""
        self._open.close()

    def submit(self, index: K, /) -> Future[T | Failure]:
        """Submit one replication.

        Raises:
            UsageError: the scheduler cannot be reached, has no workers, or these lack this program.
        """
        if self._client is None:
            self._client = self._joined()
            self._hand_out(self._client)
        future: Future[T | Failure] = self._executor.submit(attempt, self._held, index)
        return future

    def result(self, future: Future[T | Failure], index: K, /) -> T | Failure:
        """Return the result of replication `index`.

        Raises:
            EngineFault: workers died repeatedly while running it.
            UsageError: the scheduler is gone, or a worker lacks this program.
        """
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker as error:
            raise too_many_deaths(error.allowed_failures + 1, index) from error
        except CancelledError as error:
            raise self._gone() from error
        except Exception as error:
            raise _strangers(error) from error

    def look_after(self) -> None:
        """Check that there is a worker.

        Raises:
            UsageError: there has been none for a minute, or the scheduler is gone.
        """
        if self._client is None:
            return
        if self._threads(self._client):
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > PATIENCE_SECONDS:
            raise UsageError(
                zh=f"集群 {self.address} 已有 {PATIENCE_SECONDS:g} 秒没有任何工作进程；已完成的重复都保留着",
                en=f"the cluster {self.address} has had no worker for {PATIENCE_SECONDS:g} s; what finished is kept",
            )

    def _joined(self) -> Client:
        """Connect to the scheduler, or start one here, and wait for its workers."""
        try:
            from distributed import Client, LocalCluster

            from sim.experiment.crews.greeting import greet
        except ImportError as missing:
            raise UsageError(
                zh=f"--cluster 需要 dask.distributed：请安装 {EXTRA}",
                en=f"--cluster needs dask.distributed: install {EXTRA}",
            ) from missing
        try:
            if self.address == LOCAL:
                with _leaving_interrupts_to_this_thread():
                    there = self._open.enter_context(LocalCluster(n_workers=self._wanted, **OWN_CLUSTER))
            else:
                there = self.address
                greet(there, REACH_SECONDS)
            client = self._open.enter_context(Client(there, timeout=REACH_SECONDS, set_as_default=False))
            client.wait_for_workers(1, timeout=REACH_SECONDS)
        except TimeoutError as error:
            raise UsageError(
                zh=f"集群 {self.address} 没有工作进程；用 dask worker {self.address} 启动",
                en=f"the cluster {self.address} has no workers; start some with: dask worker {self.address}",
            ) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(
                zh=f"无法连接集群 {self.address}（{error}）", en=f"cannot reach the cluster {self.address} ({error})"
            ) from error
        self._last_seen = time.monotonic()
        return client

    def _hand_out(self, client: Client) -> None:
        """Compare the code of all workers, then send them the job; the scheduler recreates it for a lost worker."""
        try:
            codes = client.run(own_code)
        except Exception as error:
            raise _strangers(error) from error
        if set(codes.values()) - {own_code()}:
            raise _other_code()
        self._executor = client.get_executor(pure=False)
        self._open.callback(self._executor.shutdown, wait=False)
        self._held = client.submit(pickle.loads, pickle.dumps(_SameCode(self.job, own_code())), pure=False)
        try:
            client.replicate(self._held)
        except Exception as error:
            raise _strangers(error) from error

    def _threads(self, client: Client) -> int:
        """Return the number of tasks that the workers can run at a time."""
        try:
            return sum(client.nthreads().values())
        except OSError as error:
            raise self._gone() from error

    def _gone(self) -> UsageError:
        return UsageError(
            zh=f"与集群 {self.address} 的连接中断；已完成的重复都保留着，再运行同一命令即从那里继续",
            en=f"the connection to the cluster {self.address} was lost; finished replications are kept: the same "
            "command again resumes from there",
        )


def _other_code() -> UsageError:
    return UsageError(
        zh="集群上某个进程的程序或 numpy、scipy 版本与本机不同；请在所有机器上安装同样的版本",
        en="a worker of the cluster has another version of the program, numpy or scipy; "
        "install the same one everywhere",
    )


def _strangers(error: Exception) -> UsageError:
    """Return the error that a worker cannot start the job."""
    reason = f"{type(error).__name__}: {error}"
    return UsageError(
        zh=f"集群上的进程不能运行本程序（{reason}）；请在所有机器上安装同样的版本",
        en=f"a worker of the cluster cannot run this program ({reason}); install the same version everywhere",
    )
