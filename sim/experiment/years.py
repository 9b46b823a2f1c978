"""The years of a study: simulated replication by replication, each saved, up to a number or a precision."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiment.jurisdictions import Sharded, by_replication, mean_outcome, mean_pair, shards_of
from sim.experiment.kept.shelves import PairShelf, YearShelf, keys_of
from sim.experiment.precision import Goal, Watch, until_precise
from sim.experiment.replicate import replicate

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import TypeVar

    from sim.domain.regime import Regime
    from sim.engine.simulate import Engine
    from sim.experiment.comparison import YearPair
    from sim.experiment.kept.shelves import YearKeys
    from sim.experiment.options import RunOptions
    from sim.experiment.replicate import Shelf
    from sim.metrics.outcome import Outcome
    from sim.scenario.scenario import RunPlan

    T = TypeVar("T")

MOST_REPLICATIONS = 1_000
"""Most replications of a run to a precision."""


@dataclass(frozen=True)
class RegimePair:
    """The two regimes of a comparison, with the run and the engine for both."""

    before: Regime
    after: Regime
    touched: frozenset[str]
    """Obligations and demand that levers act on, as `section.name`."""
    run: RunPlan
    """Replications, root of the random numbers and primary outcomes."""
    engine: Engine

    @property
    def root(self) -> int:
        """Root of the random numbers."""
        return self.run.root

    @property
    def primary(self) -> tuple[str, str]:
        """Metric and scope of the first primary outcome."""
        return self.run.primaries[0]

    @cached_property
    def keys(self) -> tuple[YearKeys, YearKeys]:
        """Keys of the years before and after in the store."""
        return keys_of(self.before, self.root, self.engine), keys_of(self.after, self.root, self.engine)

    def shelf(self, options: RunOptions) -> PairShelf | None:
        """Return the shelf of this comparison in the store, or None without a store."""
        return None if options.store is None else PairShelf(options.store, *self.keys, tuple(sorted(self.touched)))


def single_years(
    simulate: Callable[[int, int], Outcome], regime: Regime, run: RunPlan, options: RunOptions
) -> Generator[Outcome]:
    """Simulate the replications of one regime; `simulate` takes a replication and a jurisdiction."""
    shelf = None if options.store is None else YearShelf(options.store, keys_of(regime, run.root, options.engine))
    shards = range(run.replications * shards_of(regime))
    job = Sharded(simulate, regime, mean_outcome)
    return by_replication(run_all(job, shards, options, shelf), regime, mean_outcome)


def paired_years(
    simulate: Callable[[int, int], YearPair], regimes: RegimePair, options: RunOptions
) -> Generator[YearPair]:
    """Simulate the replications of a comparison; `simulate` takes a replication and a jurisdiction.

    With `options.precision` they end when the difference of the first primary outcome is precise.

    Raises:
        UsageError: with `options.precision`, the primary outcome is unknown in most replications.
    """
    regime, primary = regimes.before, regimes.primary
    most = MOST_REPLICATIONS if options.precision else regimes.run.replications
    shards = range(most * shards_of(regime, regimes.after))
    job = Sharded(simulate, regime, mean_pair)
    years = by_replication(run_all(job, shards, options, regimes.shelf(options)), regime, mean_pair)
    if not options.precision:
        return years
    return _until_precise(years, primary, Watch(Goal(options.precision, most)))


def _until_precise(years: Generator[YearPair], primary: tuple[str, str], watch: Watch) -> Generator[YearPair]:
    nothing = float("nan")
    yield from until_precise(
        years,
        lambda pair: (pair.before.values.get(primary, nothing), pair.after.values.get(primary, nothing)),
        watch,
    )
    if watch.verdict.reason == "unknown":
        name, done = "{}[{}]".format(*primary), watch.verdict.replications
        raise UsageError(
            zh=f"模拟了 {done} 年，主要指标 {name} 在多数年份没有值，达不到 --precision；请另选 run.primary，或改用 -n",
            en=f"the primary outcome {name} has no value in most of {done} simulated years, so no --precision can be"
            " reached; choose another run.primary, or use -n",
        )


def run_all(
    job: Callable[[int], T], indices: range, options: RunOptions, shelf: Shelf[int, T] | None = None
) -> Generator[T]:
    """Run the job for every index, with the workers and the progress that the options name."""
    return replicate(job, indices, jobs=options.jobs, crew=options.crew, progress=options.progress, store=shelf)
