"""What every crew of workers does, wherever it works."""

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
    """Workers for one job: started when first asked, stopped on leaving the `with` block."""

    @property
    def size(self) -> int:
        """Replications that can be under way at a time."""

    @property
    def alone(self) -> bool:
        """Whether it is one worker on this machine, so that this process can as well do the work itself."""
        return self.size <= 1

    def __enter__(self) -> Self:
        """Get ready."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop; what finished is there, the rest may be lost."""

    def submit(self, index: K_contra, /) -> Future[T | Failure]:
        """Ask for one replication; a future that ends in `BrokenExecutor` tells that its worker was lost.

        Raises:
            UsageError: if no worker can be started or reached.
        """

    def result(self, future: Future[T | Failure], index: K_contra, /) -> T | Failure:
        """Take the result of replication `index`, which is there.

        Raises:
            BrokenExecutor: its worker was lost; after `replace` it can be asked for again.
            JianfuError: nobody can do this work.
        """
        return future.result()

    def replace(self, index: K_contra, /) -> None:
        """Let workers go of whom one was lost under replication `index`; whoever is asked next is a new one.

        Raises:
            EngineFault: if workers keep dying.
        """
        return

    def look_after(self) -> None:
        """See, now and then while nothing comes back, that somebody is still at work.

        Raises:
            UsageError: if nobody is.
        """
        return


def too_many_deaths(times: int, index: object) -> EngineFault:
    """Say that workers keep dying."""
    return EngineFault(
        f"worker processes died {times} times, last at replication {index} or one run beside it: perhaps memory is "
        "short (fewer jobs need less), or a library crashed"
    )
