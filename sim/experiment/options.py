"""How a study is run."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.engine.simulate import Engine
    from sim.experiment.store import Store


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
    """Worker processes."""
    store: Store | None = None
    """Where finished replications are kept, so that an interrupted study goes on."""
    progress: Callable[[int, int], None] | None = None
    """Told how many replications of how many are done."""
    only: tuple[str, ...] | None = None
    """Names of the levers to pull; all where none are given."""
