"""Occurrences: the times at which the series of an obligation fall due, by calendar slots or by a rate."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import numpy as np

from sim.domain.recurrence import SLOT_MONTHS
from sim.plan import limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.recurrence import Recurrence
    from sim.plan.identity.chance import Chance
    from sim.plan.identity.timeline import Timeline


@dataclass(frozen=True)
class Occurrences:
    """Occurrences of several series; all arrays have shape (occurrences,)."""

    series: NDArray[np.int64]
    """Index of the series."""
    slot: NDArray[np.int64]
    """Calendar slot (month, week or day), or the ordinal of an arrival; series and slot together are the identity."""
    second: NDArray[np.int64]
    """Second at which the occurrence falls due; with calendar slots, within the regular hours of the day drawn."""

    def where(self, keep: NDArray[np.bool_]) -> Self:
        """Return the occurrences for which `keep` is True."""
        return type(self)(*(getattr(self, f.name)[keep] for f in fields(self)))

    def __len__(self) -> int:
        """Count the occurrences."""
        return len(self.series)


def fall_due(
    recurrence: Recurrence,
    stream: str,
    keys: NDArray[np.uint64],
    timeline: Timeline,
    chance: Chance,
    seasons: dict[str, tuple[float, ...]],
) -> Occurrences:
    """Draw the occurrences of each series in the year; `keys` are the identities of the series."""
    if recurrence.rate is not None:
        weights = seasons[recurrence.season] if recurrence.season is not None else None
        return arrivals(recurrence.rate.in_year(timeline.in_year), stream, keys, timeline, chance, weights)
    if recurrence.every == "yearly":
        return _yearly(recurrence.months or SLOT_MONTHS["yearly"], stream, keys, timeline, chance)
    slots = timeline.slots(recurrence.every or "daily")
    series = np.repeat(np.arange(len(keys)), len(slots.ids))
    place = np.tile(np.arange(len(slots.ids)), len(keys))
    slot = slots.ids[place]
    return Occurrences(
        series, slot, _second(stream, keys[series], slot, slots.first[place], slots.count[place], timeline, chance)
    )


def _yearly(
    months: tuple[int, ...], stream: str, keys: NDArray[np.uint64], timeline: Timeline, chance: Chance
) -> Occurrences:
    all_months = timeline.slots("monthly")
    chosen = np.floor(chance.uniform(stream, "month", keys) * len(months)).astype(np.int64)
    slot = np.asarray(months, dtype=np.int64)[chosen]
    first, count = all_months.first[slot - 1], all_months.count[slot - 1]
    return Occurrences(np.arange(len(keys)), slot, _second(stream, keys, slot, first, count, timeline, chance))


def _second(
    stream: str,
    key: NDArray[np.uint64],
    slot: NDArray[np.int64],
    first: NDArray[np.int64],
    count: NDArray[np.int64],
    timeline: Timeline,
    chance: Chance,
) -> NDArray[np.int64]:
    day = timeline.days[first + np.floor(chance.uniform(stream, "day", key, slot) * count).astype(np.int64)]
    return timeline.at_share_of_day(day, chance.uniform(stream, "time", key, slot))


def arrivals(
    rate: float | NDArray[np.float64],
    stream: str,
    keys: NDArray[np.uint64],
    timeline: Timeline,
    chance: Chance,
    weights: tuple[float, ...] | None = None,
) -> Occurrences:
    """Draw Poisson streams of `rate` arrivals a year over regular working time.

    `rate` is one for all streams or one for each. Arrival n of a stream lies after the same number of mean gaps at
    every rate, so the arrivals at the lower of two rates are the first arrivals at the higher one.
    """
    rates = np.broadcast_to(np.asarray(rate, dtype=np.float64), len(keys))
    highest = float(rates.max(initial=0))
    most = int(highest + limits.ARRIVAL_DEVIATIONS * np.sqrt(highest) + limits.FEWEST_ARRIVALS) if highest > 0 else 0
    ordinal = np.arange(most)
    gaps = -np.log1p(-chance.uniform(stream, "gap", keys[:, None], ordinal))
    passed = np.cumsum(gaps, axis=1)
    series, slot = np.nonzero(passed < rates[:, None])
    return Occurrences(series, slot, timeline.clock(passed[series, slot] / rates[series], weights))
