"""How a study is run."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sim.engine.compiled.run import can_compile
from sim.engine.simulate import say_there_is_no_numba
from sim.experiment.crews.cluster import Cluster
from sim.experiment.crews.processes import Processes
from sim.experiment.crews.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.engine.simulate import Engine
    from sim.experiment.crews.crew import Crew
    from sim.experiment.kept.store import Store

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True)
class RunOptions:
    """How a study is run; of all this only `root` and `engine` enter what one replication comes to."""

    replications: int | None = None
    """Replications; the scenario's own number where none is given."""
    precision: float | None = None
    """Half width wanted, as a share of the difference of the primary outcome, instead of a number of replications."""
    root: int | None = None
    """Root of chance; the scenario's own where none is given."""
    engine: Engine = "auto"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    """Workers."""
    cluster: str | None = None
    """Address of a dask scheduler, or `local` for a cluster on this machine; plain workers where none is given."""
    store: Store | None = None
    """Where finished replications are kept, so that an interrupted study goes on."""
    progress: Callable[[int, int], None] | None = None
    """Told how many replications of how many are done."""
    only: tuple[str, ...] | None = None
    """Names of the levers to pull; all where none are given."""

    def crew(self, job: Callable[[K], T], size: int) -> Crew[K, T]:
        """Choose the workers: compiled code and arrays let threads run at once, plain Python needs processes."""
        if self.cluster is not None:
            return Cluster(job, size, self.cluster)
        if self.engine == "reference":
            return Processes(job, size)
        if not can_compile():
            say_there_is_no_numba()
            return Processes(job, size)
        return Threads(job, size)
