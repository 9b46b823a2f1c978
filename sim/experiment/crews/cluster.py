"""A cluster of machines, or one on this machine, by dask.distributed: its scheduler runs again what a lost worker had.

The only module that knows dask. The scheduler keeps the job and gives it to each worker once; workers refuse a job of
other code than theirs, so that one result never comes from two programs.
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
"""The address that stands for a cluster on this machine."""
EXTRA = "jianfu[cluster]"
REACH_SECONDS = 5.0
"""Time for the scheduler to answer."""
PATIENCE_SECONDS = 60.0
"""Time that work waits while there is no worker at all, as when all of them are being restarted."""
OWN_CLUSTER = {
    "threads_per_worker": 1,
    "memory_limit": None,
    "dashboard_address": ":0",
    "silence_logs": logging.ERROR,
    "env": dict.fromkeys(THREAD_COUNTS, "1"),
}
"""How the workers on this machine are started."""


@contextmanager
def _leaving_interrupts_to_this_thread() -> Iterator[None]:
    """Start threads and processes that never hear Ctrl-C; one pressed meanwhile is heard in the end."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # which would lift the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True)
class _SameCode(Generic[K, T]):
    """A job that runs where the code is the one it was sent from."""

    job: Callable[[K], T]
    code: str

    def __call__(self, index: K) -> T:
        """Run the job.

        Raises:
            UsageError: this worker's program or libraries are others.
        """
        if own_code() != self.code:
            raise UsageError(
                zh="集群上某个进程的程序或 numpy、scipy 版本与本机不同；请在所有机器上安装同样的版本",
                en="a worker of the cluster has another version of the program, numpy or scipy; install the same one "
                "everywhere",
            )
        return self.job(index)


class Cluster(Crew[K, T]):
    """The workers of a scheduler: as many as it has, or `size` of our own with the address `local`."""

    def __init__(self, job: Callable[[K], T], size: int, address: str) -> None:
        self.job, self.address, self._wanted = job, address, size
        self._open = ExitStack()
        self._client: Client | None = None
        self._executor: Any = None
        self._held: Any = None
        self._last_seen = 0.0

    @property
    def size(self) -> int:
        """Replications that can be under way at a time; a cluster may grow and shrink."""
        return self._wanted if self.address == LOCAL or self._client is None else max(1, self._threads(self._client))

    @property
    def alone(self) -> bool:
        """Never: whoever names a cluster wants the work done there."""
        return False

    def __exit__(self, *_: object) -> None:
        """Cancel what waits, and leave; a worker of a lasting cluster finishes what it is at, for nobody."""
        self._open.close()

    def submit(self, index: K, /) -> Future[T | Failure]:
        """Ask for one replication.

        Raises:
            UsageError: if the scheduler cannot be reached, has no workers, or these do not know this program.
        """
        if self._client is None:
            self._client = self._joined()
            self._hand_out(self._client)
        future: Future[T | Failure] = self._executor.submit(attempt, self._held, index)
        return future

    def result(self, future: Future[T | Failure], index: K, /) -> T | Failure:
        """Take the result of replication `index`.

        Raises:
            EngineFault: if workers keep dying under it.
            UsageError: if the scheduler is gone, or a worker does not know this program.
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
        """See that there is a worker.

        Raises:
            UsageError: if there has been none for a minute, or the scheduler is gone.
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
        """Reach the scheduler, or start one here, and see that it has workers."""
        try:
            from distributed import Client, LocalCluster
            from distributed.comm import get_address_host_port
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
                get_address_host_port(there)  # a client that is given no address at all complains late and twice
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
        """Give the job to every worker; the scheduler can make it again where a worker with it is lost."""
        self._executor = client.get_executor(pure=False)
        self._open.callback(self._executor.shutdown, wait=False)
        self._held = client.submit(pickle.loads, pickle.dumps(_SameCode(self.job, own_code())), pure=False)
        try:
            client.replicate(self._held)
        except Exception as error:
            raise _strangers(error) from error

    def _threads(self, client: Client) -> int:
        """Count what the workers can do at a time."""
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


def _strangers(error: Exception) -> UsageError:
    """Say that a worker could not even begin."""
    reason = f"{type(error).__name__}: {error}"
    return UsageError(
        zh=f"集群上的进程不能运行本程序（{reason}）；请在所有机器上安装同样的版本",
        en=f"a worker of the cluster cannot run this program ({reason}); install the same version everywhere",
    )
