"""The straight line: read, apply levers, plan, simulate, measure, compare, draw, write.

Commands, benchmarks and tests call this file; nothing is computed anywhere else.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.engine.simulate import simulate
from sim.errors import UsageError
from sim.experiment.compare import Accumulator
from sim.experiment.comparison import Comparison
from sim.experiment.horizon import in_year
from sim.experiment.jurisdictions import by_replication, mean_outcome, mean_pair, place_of, shards_of
from sim.experiment.kept.manifest import canonical_text, code_fingerprint, make_manifest
from sim.experiment.kept.record import passport_from_data, plain
from sim.experiment.kept.store import Pair, PairShelf, Years, YearShelf
from sim.experiment.labels import promised_hours, words_for
from sim.experiment.passport import stamp_passport, trace_year, typical_cadre_week
from sim.experiment.precision import Goal, Watch, until_precise
from sim.experiment.replicate import replicate
from sim.experiment.single import Measured, gather_rows
from sim.experiment.twins import twin_check
from sim.experiment.uncertainty import draw_inputs
from sim.files.scenario import read_scenario
from sim.files.study import STUDY, read_study, refuse_unknown
from sim.metrics.measure import describe_ground, measure
from sim.metrics.table import METRICS
from sim.plan.year import plan_year, without_work
from sim.scenario.apply import apply_levers, touched_entries
from sim.scoreboard.claims import score_claims
from sim.scoreboard.inputs import input_row
from sim.scoreboard.targets import score_targets, untestable_row

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path
    from typing import TypeVar

    from sim.domain.evidence import Evidence
    from sim.domain.regime import Regime
    from sim.engine.simulate import Engine
    from sim.experiment.comparison import Passport
    from sim.experiment.options import RunOptions
    from sim.experiment.replicate import Shelf
    from sim.metrics.outcome import Outcome
    from sim.scenario.scenario import Scenario
    from sim.scoreboard.targets import ScoreRow

    T = TypeVar("T")

MOST_REPLICATIONS = 1_000
"""Where run-to-precision ends in any case."""


@dataclass(frozen=True)
class Year:
    """One replication of one regime, or a shard of it."""

    regime: Regime
    root: int
    engine: Engine

    def __call__(self, shard: int) -> Outcome:
        """Plan, simulate, measure, one jurisdiction after the other."""
        replication, jurisdictions = place_of(self.regime, shard)
        return mean_outcome((self.in_one(replication, place), 1) for place in jurisdictions)

    def in_one(self, replication: int, jurisdiction: int) -> Outcome:
        """Plan, simulate, measure."""
        plan = plan_year(self.regime, self.root, replication, jurisdiction)
        return measure(plan, simulate(plan, engine=self.engine))


@dataclass(frozen=True)
class YearPair:
    """One replication of a comparison, or a shard of it: the same year under two regimes, with the same luck."""

    before: Regime
    after: Regime
    touched: frozenset[str]
    """Obligations and demand that levers act on, as `section.name`."""
    root: int
    engine: Engine

    def __call__(self, shard: int) -> Pair:
        """Plan, check the twins, simulate, measure, one jurisdiction after the other."""
        replication, jurisdictions = place_of(self.before, shard)
        return mean_pair((self.in_one(replication, place), 1) for place in jurisdictions)

    def in_one(self, replication: int, jurisdiction: int) -> Pair:
        """Plan, simulate, measure, and check the twins."""
        before = plan_year(self.before, self.root, replication, jurisdiction)
        was = measure(before, simulate(before, engine=self.engine))
        after = plan_year(self.after, self.root, replication, jurisdiction)
        check = twin_check(before, after, self.touched)
        del before  # a plan is large, and the second year is simulated without the first
        return Pair(before=was, after=measure(after, simulate(after, engine=self.engine)), twin_check=check)


def compare_scenarios(before: Scenario, after: Scenario, options: RunOptions) -> Comparison:
    """Compare two scenarios over paired replications.

    Raises:
        ScenarioError: if levers collide or do not fit.
        UsageError: if no worker process can be started.
    """
    regimes = apply_levers(before), apply_levers(after, options.only)
    root = options.root if options.root is not None else after.run.root
    touched = touched_entries(before, *regimes) | touched_entries(after, *regimes)
    job = YearPair(*regimes, touched=touched, root=root, engine=options.engine)
    primary = (after.run.primary, after.run.primary_scope)
    grounds = tuple(describe_ground(plan_year(without_work(regime), root, 0)) for regime in regimes)
    gathered = Accumulator(METRICS, grounds[0], grounds[1], primary)
    for pair in _years(job, primary, options.replications or after.run.replications, options):
        gathered.add(pair.before, pair.after, pair.twin_check)
    sides = gathered.sides(before.title.model_dump(), after.title.model_dump())
    return Comparison(
        before=sides[0],
        after=sides[1],
        ground=grounds[0],
        rows=gathered.rows(),
        primary=primary,
        cadres=gathered.cadres(),
        twin_check=gathered.twin_check,
        passport=_kept_passport(job, primary[1], options),
        labels=words_for(regimes[1]),
        replications=gathered.replications,
        root=root,
        manifest=make_manifest(
            before=canonical_text(regimes[0]),
            after=canonical_text(regimes[1]),
            root=root,
            replications=gathered.replications,
            engine=options.engine,
            options={
                "only": options.only,
                "service_level_hours": promised_hours(regimes[1]),
                "jurisdictions": regimes[0].organisation.jurisdictions.value,
            },
        ),
    )


def _years(job: YearPair, primary: tuple[str, str], replications: int, options: RunOptions) -> Iterator[Pair]:
    """Run the replications, in order; to a wanted precision where one is asked for."""
    shelf = None
    if options.store is not None:
        shelf = PairShelf(options.store, _named(job.before, job), _named(job.after, job), tuple(sorted(job.touched)))
    most = MOST_REPLICATIONS if options.precision else replications
    shards = range(most * shards_of(job.before, job.after))
    years = by_replication(_replicated(job, shards, options, shelf), job.before, mean_pair)
    if not options.precision:
        return years
    nothing = float("nan")
    watch = Watch(Goal(options.precision, most))
    return until_precise(
        years, lambda pair: (pair.before.values.get(primary, nothing), pair.after.values.get(primary, nothing)), watch
    )


def _replicated(
    job: Callable[[int], T], indices: range, options: RunOptions, shelf: Shelf[int, T] | None = None
) -> Generator[T]:
    return replicate(job, indices, jobs=options.jobs, crew=options.crew, progress=options.progress, store=shelf)


def _named(regime: Regime, job: Year | YearPair) -> Years:
    return Years(canonical_text(regime), code_fingerprint(), job.root, job.engine)


def follow_years(before: Scenario, after: Scenario, years: int, options: RunOptions) -> list[Comparison]:
    """Compare the same two scenarios in several years in a row; levers go on from the first one, and erode.

    Raises:
        ScenarioError: if the holidays of one of the years are not known.
    """
    first = after.calendar.year
    later = [(in_year(before, first + past), in_year(after, first + past)) for past in range(1, years)]
    return [compare_scenarios(*pair, options) for pair in ((before, after), *later)]


def _kept_passport(job: YearPair, role: str, options: RunOptions) -> Passport | None:
    """Trace the typical cadre of the role, unless that was done before."""
    store = options.store
    if store is None:
        return make_passport(job, role=role, jobs=options.jobs)
    key = PairShelf(store, _named(job.before, job), _named(job.after, job)).key("passport", role)
    kept = store.load_numbers(key)
    if kept is not None:
        return passport_from_data(kept["passport"])
    passport = make_passport(job, role=role, jobs=options.jobs)
    store.save_numbers(key, {"passport": plain(passport)})
    return passport


def make_passport(
    job: YearPair, *, role: str, name: str = "", week: int | None = None, jobs: int = 1
) -> Passport | None:
    """Trace one cadre's week before and after, in the first replication.

    The cadre whose name holds `name`, of the role where several do: the one with the median change, in a week that is
    typical for it where none is given. With several `jobs` both years are simulated at once.
    """
    with ThreadPoolExecutor(min(jobs, 2)) as threads:  # all engines give equal logs
        before, after = threads.map(lambda regime: trace_year(regime, job.root, 0, "auto"), (job.before, job.after))
    chosen = typical_cadre_week(before, after, role, name)
    if chosen is None:
        return None
    return stamp_passport(before, after, chosen[0], chosen[1] if week is None else week)


def trace_week(
    before: Scenario, after: Scenario, *, root: int | None, unit: str, cadre: str, week: int | None
) -> tuple[Passport, dict[str, dict[str, str]]]:
    """Trace a week of the cadre whose name ends in `cadre`, in the unit whose name ends in `unit`.

    Raises:
        UsageError: if there is no such cadre or week.
    """
    regimes = apply_levers(before), apply_levers(after)
    job = YearPair(*regimes, frozenset(), after.run.root if root is None else root, "auto")
    name = f"{unit}/{cadre}" if unit else cadre
    passport = make_passport(job, role="" if name else after.run.primary_scope, name=name, week=week)
    if passport is None:
        raise UsageError(zh=f"没有干部“{name}”", en=f"there is no cadre '{name}'")
    return passport, words_for(regimes[1])


def run_scenario(scenario: Scenario, options: RunOptions) -> Measured:
    """Run one scenario by itself.

    Raises:
        ScenarioError: if levers collide or do not fit.
    """
    regime = apply_levers(scenario, options.only)
    root = options.root if options.root is not None else scenario.run.root
    job = Year(regime, root, options.engine)
    shelf = None if options.store is None else YearShelf(options.store, _named(regime, job))
    replications = options.replications or scenario.run.replications
    shards = range(replications * shards_of(regime))
    outcomes = by_replication(_replicated(job, shards, options, shelf), regime, mean_outcome)
    rows, work, years = gather_rows(outcomes, METRICS)
    text = canonical_text(regime)
    manifest = make_manifest(before=text, after=text, root=root, replications=years, engine=options.engine)
    return Measured(scenario.title.model_dump(), rows, words_for(regime), years, root, work, manifest)


@dataclass(frozen=True)
class ScoredDraw:
    """One draw of the uncertain inputs: the year before, after, and after with the levers' strengths left open."""

    before: Scenario
    after: Scenario
    root: int
    engine: Engine
    left_open: bool
    """Whether the third year is asked for; otherwise the year after stands in for it."""

    def __call__(self, draw: int) -> tuple[Outcome, Outcome, Outcome]:
        """Draw the inputs, then plan, simulate and measure the three years."""
        scenarios = (
            draw_inputs(self.before, self.root, draw),
            draw_inputs(self.after, self.root, draw),
            draw_inputs(self.after, self.root, draw, strengths=True),
        )
        asked = scenarios if self.left_open else scenarios[:2]
        years = [Year(apply_levers(scenario), self.root, self.engine).in_one(draw, 0) for scenario in asked]
        return years[0], years[1], years[-1]


def score_place(folder: Path, evidence: Evidence, options: RunOptions) -> list[ScoreRow]:
    """Set the published figures of a place beside what comes out.

    Raises:
        ScenarioError: if a file of the place is wrong.
    """
    study = read_study(folder / STUDY)
    refuse_unknown(folder / STUDY, study, evidence)
    before, after = read_scenario(folder / "before.yaml"), read_scenario(folder / "after.yaml")
    rows = [input_row(folder.name, name, evidence, (after, before)) for name in study.inputs]
    if study.targets or study.claims:
        root = after.run.root if options.root is None else options.root
        job = ScoredDraw(before, after, root, options.engine, left_open=bool(study.targets))
        years = list(_replicated(job, range(options.replications or after.run.replications), options))
        rows += score_targets(folder.name, study.targets, evidence, years)
        rows += score_claims(folder.name, study.claims, years)
    return rows + [untestable_row(folder.name, one) for one in study.untestable]
