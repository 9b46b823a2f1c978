"""Compares two regimes: their pairs of years become rows with intervals, cadres, a passport and a manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.domain.demand import ResidentRequest
from sim.experiment.accumulator import Accumulator
from sim.experiment.comparison import Comparison
from sim.experiment.kept.manifest import content_hash, make_manifest, own_program
from sim.experiment.passport import typical_passport
from sim.metrics.measure import describe_ground
from sim.metrics.table import METRICS
from sim.plan.year import plan_year, without_work
from sim.units import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.domain.frozen import Label
    from sim.domain.regime import Regime
    from sim.experiment.comparison import YearPair
    from sim.experiment.options import RunOptions
    from sim.experiment.years import RegimePair


def compare(
    regimes: RegimePair, years: Iterable[YearPair], titles: tuple[Label, Label], options: RunOptions
) -> Comparison:
    """Return the comparison of two regimes over their pairs of years, in index order.

    A comparison that was made before by the same program is read from the store, and its years are not.

    Raises:
        EngineFault: a measured metric is not in the table of metrics.
    """
    quick = options.quick
    if quick is None:
        return _compare(regimes, years, titles, options)
    key = comparison_key(regimes, titles, options)
    comparison = quick.load_comparison(key)
    if comparison is None:
        comparison = _compare(regimes, years, titles, options)
        quick.save_comparison(key, comparison)
    return comparison


def comparison_key(regimes: RegimePair, titles: tuple[Label, Label], options: RunOptions) -> str:
    """Return the key of a comparison: a hash of everything it is made from."""
    return content_hash(
        {
            "manifest": _manifest(regimes, regimes.run.replications, options),
            "program": own_program(),
            "run": regimes.run.model_dump(),
            "precision": options.precision,
            "touched": sorted(regimes.touched),
            "titles": [title.model_dump() for title in titles],
        }
    )


def _compare(
    regimes: RegimePair, years: Iterable[YearPair], titles: tuple[Label, Label], options: RunOptions
) -> Comparison:
    both = (regimes.before, regimes.after)
    grounds = tuple(describe_ground(plan_year(without_work(regime), regimes.root, 0)) for regime in both)
    gathered = Accumulator(METRICS, grounds[0], grounds[1], regimes.run.primaries)
    for pair in years:
        gathered.add(pair)
    before, after = gathered.sides(titles[0].model_dump(), titles[1].model_dump())
    return Comparison(
        before=before,
        after=after,
        ground=grounds[0],
        rows=gathered.rows(),
        splits=gathered.splits(),
        primaries=gathered.primaries,
        cadres=gathered.cadres(),
        twin_check=gathered.twin_check,
        passport=typical_passport(regimes, regimes.primary[1], options),
        labels=labels_of(regimes.after),
        replications=gathered.replications,
        root=regimes.root,
        manifest=_manifest(regimes, gathered.replications, options),
    )


def _manifest(regimes: RegimePair, replications: int, options: RunOptions) -> dict[str, Any]:
    return make_manifest(
        before=regimes.keys[0].regime,
        after=regimes.keys[1].regime,
        root=regimes.root,
        replications=replications,
        engine=regimes.engine,
        options={
            "only": None if options.only is None else list(options.only),
            **({"settings": list(options.settings)} if options.settings else {}),
            "service_level_hours": promised_hours(regimes.after),
            "jurisdictions": regimes.before.organisation.jurisdictions.value,
        },
    )


def promised_hours(regime: Regime) -> dict[str, float]:
    """Return the promised hours until a resident's matter is begun, by stream of demand."""
    return {
        name: int(entry.service_level.value) / HOUR
        for name, entry in regime.demand.items()
        if isinstance(entry, ResidentRequest)
    }


def labels_of(regime: Regime) -> dict[str, dict[str, str]]:
    """Return labels in zh and en for `role.X`, `unit.X`, and for obligations and demand as `obligation.X`."""
    labels = {f"role.{name}": label for name, label in regime.organisation.roles.items()}
    labels |= {f"unit.{name}": unit.label for name, unit in regime.organisation.units.items()}
    labels |= {f"assignment.{name}": entry.label for name, entry in regime.assignments.items()}
    labels |= {f"obligation.{name}": entry.label for name, entry in {**regime.obligations, **regime.demand}.items()}
    return {name: label.model_dump() for name, label in labels.items()}
