"""The interface of all crews of workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from sim.errors import EngineFault

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sim.experiment.crews.attempt import Failure

K = TypeVar("K")
T = TypeVar("T")
K_contra = TypeVar("K_contra", contravariant=True)


class Crew(Protocol[K_contra, T]):
    """Workers for one job, started at the first submission and stopped at the end of the `with` block."""

    @property
    def size(self) -> int:
        """Replications that can run at a time."""

    @property
    def alone(self) -> bool:
        """Whether it is a single worker on this machine, so that this process can do the work itself."""
        return self.size <= 1

    def __enter__(self) -> Self:
        """Prepare to start."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop; finished results are kept, others may be lost."""

    def submit(self, index: K_contra, /) -> Future[T | Failure]:
        """Submit one replication; the future raises `BrokenExecutor` if its worker was lost.

        Raises:
            UsageError: no worker can be started or reached.
        """

    def result(self, future: Future[T | Failure], index: K_contra, /) -> T | Failure:
        """Return the result of replication `index`, whose future is done.

        Raises:
            BrokenExecutor: its worker was lost; it can be submitted again after `replace`.
            JianfuError: no worker can do this work.
        """
        return future.result()

    def replace(self, index: K_contra, /) -> None:
        """Discard the workers after one was lost during replication `index`; the next submission starts new ones.

        Raises:
            EngineFault: workers died repeatedly.
        """
        return

    def look_after(self) -> None:
        """Check that workers are alive; called from time to time while no result arrives.

        Raises:
            UsageError: no worker is alive.
        """
        return


def too_many_deaths(times: int, index: object) -> EngineFault:
    """Return the error that workers died repeatedly."""
    return EngineFault(
        f"worker processes died {times} times, last at replication {index} or one run beside it: perhaps memory is "
        "short (fewer jobs need less), or a library crashed"
    )
