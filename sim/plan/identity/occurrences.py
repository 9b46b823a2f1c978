"""Occurrences: the times at which the series of an obligation fall due, by calendar slots or by a rate."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING, Self

import numpy as np

from sim.domain.recurrence import PERIOD_MONTHS, SLOT_MONTHS
from sim.plan import limits
from sim.units import MONTHS_PER_YEAR

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
    every, months = recurrence.every or "daily", recurrence.months
    if every == "yearly":
        listed = months if isinstance(months, tuple) else SLOT_MONTHS["yearly"]
        return _yearly(listed, stream, keys, timeline, chance)
    if every in PERIOD_MONTHS and every != "monthly" and months != "period_end":
        return _in_months(every, months, stream, keys, timeline, chance)
    slots = timeline.slots(every)
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


def _in_months(
    every: str,
    listed: tuple[int, ...] | None,
    stream: str,
    keys: NDArray[np.uint64],
    timeline: Timeline,
    chance: Chance,
) -> Occurrences:
    """Draw one occurrence in each listed month, or in the months that belong to the series."""
    kept = kept_months("monthly", every, stream, keys, chance)
    if listed is not None:
        kept = np.broadcast_to(np.isin(np.arange(1, MONTHS_PER_YEAR + 1), listed), kept.shape)
    series, month = np.nonzero(kept)
    all_months = timeline.slots("monthly")
    first, count = all_months.first[month], all_months.count[month]
    return Occurrences(series, month + 1, _second(stream, keys[series], month + 1, first, count, timeline, chance))


def kept_months(
    every: str, to: str, stream: str, keys: NDArray[np.uint64], chance: Chance, *, at_end: bool = False
) -> NDArray[np.bool_]:
    """Return True for months that a lower frequency `to` keeps of slots that recur `every`, shape (series, 12).

    The month of the quarter, the quarter of the half and the half of the year belong to the series, so the months of a
    lower frequency are among those of a higher one. With `at_end` they are the last ones.
    """
    kept = np.ones((len(keys), MONTHS_PER_YEAR), dtype=np.bool_)
    month = np.arange(MONTHS_PER_YEAR)
    lengths = list(PERIOD_MONTHS.values())
    for shorter, longer in pairwise(lengths):
        if PERIOD_MONTHS.get(every, 0) < longer <= PERIOD_MONTHS[to]:
            parts = longer // shorter
            part = np.full(len(keys), parts - 1)
            if not at_end:
                part = np.floor(chance.uniform(stream, f"part of {longer}", keys) * parts).astype(np.int64)
            kept &= month % longer // shorter == part[:, None]
    return kept


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
