"""The options of a run: replications, root, engine, workers and store."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sim.compiling.functions import obstacle
from sim.engine.simulate import say_nothing_compiles
from sim.experiment.crews.cluster import Cluster
from sim.experiment.crews.processes import Processes
from sim.experiment.crews.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.engine.simulate import Engine
    from sim.experiment.crews.crew import Crew
    from sim.experiment.kept.store import Store
    from sim.scenario.scenario import RunPlan

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True)
class RunOptions:
    """The options of a run; only `root`, `engine` and `only` change the result of a replication."""

    replications: int | None = None
    """Number of replications; None for the scenario's own."""
    precision: float | None = None
    """Half width to reach, as a share of the primary outcome's difference; None for a fixed number of replications."""
    root: int | None = None
    """Root of the random numbers; None for the scenario's own."""
    engine: Engine = "auto"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    """Workers."""
    cluster: str | None = None
    """Address of a dask scheduler, or `local` for a cluster on this machine; None for workers of this process."""
    store: Store | None = None
    """Store of finished replications, from which an interrupted study resumes; None to save nothing."""
    progress: Callable[[int, int], None] | None = None
    """Called with the number of finished replications and the number of all."""
    only: tuple[str, ...] | None = None
    """Names of the levers to apply; None for all."""
    settings: tuple[str, ...] = ()
    """Values changed for this call, `path=value`, as they are recorded in the manifest."""

    @property
    def quick(self) -> Store | None:
        """The store of results that are made again in seconds, or None without a store."""
        return None if self.store is None else self.store.quick

    def over(self, run: RunPlan) -> RunPlan:
        """Return a scenario's run with the replications and the root of these options in place of its own."""
        root = run.root if self.root is None else self.root
        return run.replace(replications=self.replications or run.replications, root=root)

    def crew(self, job: Callable[[K], T], size: int) -> Crew[K, T]:
        """Return the workers: the named cluster, threads for the compiled engine, processes for plain Python."""
        if self.cluster is not None:
            return Cluster(job, size, self.cluster)
        if self.engine == "reference":
            return Processes(job, size)
        if reason := obstacle():
            say_nothing_compiles(*reason.args)
            return Processes(job, size)
        return Threads(job, size)
