"""Metrics split up by post, unit, issuer and obligation: who has the hours, and who demands them.

The scope of a split is its kind and its name: `post:village/secretary`, `unit:county_office.01/township.01`,
`issuer:village/department`, `obligation:village/county_meeting`; a unit type comes first, that of the unit that has the
work. Means are over the real cadres and units of the split.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import CATEGORIES, Category
from sim.metrics.booked import APPOINTMENTS, by_group
from sim.metrics.counted import COUNTED_ROWS
from sim.metrics.hours import FORMAL
from sim.metrics.sample import divide, in_hours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from sim.metrics.metric import Values
    from sim.metrics.sample import Sample

RESIDENTS = "residents"
SPLITS: dict[str, tuple[str, ...]] = {
    "post": ("formality_hours", "service_hours", "overtime_hours", "total_hours"),
    "unit": ("formality_hours", "overtime_hours", *COUNTED_ROWS),
    "issuer": ("hours_by_issuer", *COUNTED_ROWS),
    "obligation": ("hours_by_issuer", *COUNTED_ROWS, *APPOINTMENTS),
}
"""Metrics of each kind of split; what an issuer or an obligation does not cause is left out."""
_SERVICE = CATEGORIES.index(Category.SERVICE)


def kind_of_split(scope: str) -> str:
    """Return the kind of split that a scope names."""
    return scope.partition(":")[0]


def measure_splits(sample: Sample) -> Values:
    """Compute the metrics of `SPLITS`: hours per cadre and ordinary week, counts per unit and year."""
    setting, unit_of_cadre = sample.setting, sample.plan.roster.cadre_unit
    types, type_of_unit = np.unique(setting.unit_types, return_inverse=True)
    posts = [
        f"{setting.unit_types[unit]}/{name.rpartition('/')[2].partition('.')[0]}"
        for unit, name in zip(unit_of_cadre.tolist(), setting.cadre_names, strict=True)
    ]
    values = _hours(sample, "post", posts)
    values |= _hours(sample, "unit", [setting.unit_names[unit] for unit in unit_of_cadre.tolist()])
    place = sample.of_unit(np.arange(len(setting.unit_names)))
    values |= _counts(sample, "unit", setting.unit_names, place, sample.unit_represents)
    weeks = np.bincount(type_of_unit[unit_of_cadre], sample.ordinary_weeks * setting.represents, len(types))
    real = np.bincount(type_of_unit, sample.unit_represents, len(types))
    issuers = (*setting.issuers, RESIDENTS)
    made_by = np.where(sample.rows.issuer < 0, len(issuers) - 1, sample.rows.issuer)
    entries = [name.partition(".")[2] for name in setting.obligations]
    for kind, words, number in (("issuer", issuers, made_by), ("obligation", entries, sample.rows.obligation)):
        names = [f"{above}/{word}" for above, word in product(types.tolist(), words)]
        place = sample.of_unit(type_of_unit) * len(words) + number
        seconds = np.bincount(place, sample.log.worked * sample.row_represents, len(names))
        found = _named(kind, "hours_by_issuer", names, divide(in_hours(seconds), np.repeat(weeks, len(words))))
        found |= _counts(sample, kind, names, place, np.repeat(real, len(words)))
        values |= {key: value for key, value in found.items() if value}
    return values | _appointments(sample, entries)


def _appointments(sample: Sample, entries: Sequence[str]) -> Values:
    """Count the appointments of each obligation, and the shares that are moved, short-handed and cancelled."""
    booked = sample.setting.booked
    if booked is None:
        return {}
    values: Values = {}
    for metric, numbers in by_group(booked, booked.obligation, len(entries)).items():
        found = _named("obligation", metric, entries, numbers)
        values |= {key: value for key, value in found.items() if value}
    return values


def _hours(sample: Sample, kind: str, split_of_cadre: Sequence[str]) -> Values:
    """Compute hours per cadre and ordinary week of each split; hours for residents only of cadres who serve."""
    names, place = np.unique(split_of_cadre, return_inverse=True)
    worked, overtime = sample.log.seconds.sum(axis=1), sample.log.overtime_seconds.sum(axis=1)
    per_cadre: Mapping[str, NDArray[Any]] = {
        "formality_hours": worked[:, FORMAL].sum(axis=1),
        "service_hours": np.where(sample.serves, worked[:, _SERVICE] + sample.outreach.sum(axis=1), 0),
        "overtime_hours": overtime,
        "total_hours": sample.available.sum(axis=1) + overtime,
    }

    def total(numbers: NDArray[Any]) -> NDArray[np.float64]:
        added: NDArray[np.float64] = np.bincount(place, numbers * sample.setting.represents, len(names)).astype(
            np.float64
        )
        return added

    weeks = total(sample.ordinary_weeks)
    values: Values = {}
    for metric in SPLITS[kind]:
        if metric in per_cadre:
            values |= _named(kind, metric, names.tolist(), divide(in_hours(total(per_cadre[metric])), weeks))
    return values


def _counts(sample: Sample, kind: str, names: Sequence[str], place: NDArray[Any], real: NDArray[Any]) -> Values:
    """Count the rows of each split per real unit and year."""
    values: Values = {}
    for metric, chosen in COUNTED_ROWS.items():
        rows = np.flatnonzero(chosen(sample))
        count = np.bincount(place[rows], sample.row_represents[rows], len(names))
        values |= _named(kind, metric, names, divide(count, real))
    return values


def _named(kind: str, metric: str, names: Sequence[str], numbers: NDArray[np.float64]) -> Values:
    """Key numbers by metric and scope; NaN is left out."""
    pairs = zip(names, numbers.tolist(), strict=True)
    return {(metric, f"{kind}:{name}"): value for name, value in pairs if np.isfinite(value)}
