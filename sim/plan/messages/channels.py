"""Chat groups and check-ins; the identity is cadre and day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.plan import limits
from sim.plan.issuing.assigned import is_abolished, is_ignored, is_refused, is_spare
from sim.plan.issuing.bodies import demanding_body
from sim.plan.issuing.issuing import at_desk, cadre_series, occurrences
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Channel, CheckIn
    from sim.plan.identity.occurrences import Occurrences
    from sim.plan.issuing.issuing import Series
    from sim.plan.rows.draft import Draft


def plan_channel(draft: Draft, name: str, channel: Channel) -> None:
    """Write one row for each time a cadre goes through the groups."""
    source, chance = Source(f"obligations.{name}", channel.issuer), draft.chance
    series, cadre = cadre_series(draft, channel)
    found = at_desk(draft, cadre, occurrences(draft, source.name, channel, series))
    checks = channel.checks.value
    place, check = np.repeat(np.arange(len(found)), checks), np.tile(np.arange(checks), len(found))
    timeline = draft.staff.timeline(channel.on)
    who, day = found.series[place], timeline.day_of(found.second)[place]
    identity = (series.key[who], found.slot[place], check)
    groups, notices = _groups(draft, name, channel, series, found)
    u, mean = chance.uniform(source.name, "notices", *identity), notices[place] / max(checks, 1)
    count = np.zeros(len(u), dtype=np.int64)
    for some in np.unique(mean):
        count[mean == some] = poisson(some, u[mean == some])
    pace = channel.reading.value.quantile(chance.uniform(source.name, "reading", *identity))
    share = (check + chance.uniform(source.name, "time", *identity)) / max(checks, 1)
    draft.add(
        source, Part.READ, Category.CHANNELS, identity,
        unit=series.unit[who], team=cadre[who],
        effort=np.maximum(1, count * pace + groups[place] * int(channel.switching.value)),
        release=timeline.at_share_of_day(day, share), due=timeline.close_of(day),
    )  # fmt: skip


def _of_cadres(draft: Draft, name: str, obligation: Channel | CheckIn, series: Series, found: Occurrences) -> Keyed:
    """Return the days on which cadres read or check in, with the cadre as identity."""
    unit, programme = series.unit[found.series], series.programme[found.series]
    body = demanding_body(draft, name, obligation, unit, programme, found.slot)
    cadre = (series.key[found.series],)
    return Keyed(draft, f"obligations.{name}", cadre, found.second, body, obligation.guards)


def _groups(
    draft: Draft, name: str, channel: Channel, series: Series, found: Occurrences
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the groups that a cadre reads and the messages, copies included, on each day.

    The messages of an assignment come and go with its groups. If only groups come or go, the messages come in the
    others, and copies vary with the number of other groups.
    """
    many, copies = channel.groups.value, float(channel.duplicates.value)
    there = _there(draft, name, channel, many, series, found)
    on_behalf = _there(draft, name, _by_assignment(channel), many, series, found)
    messages = channel.notices.value * (on_behalf / many if many else np.ones(len(found)))
    others = np.maximum(there - 1, 0) / (many - 1) if many > 1 else np.ones(len(found))
    return there, messages * (1 + copies * others)


def _by_assignment(channel: Channel) -> Channel:
    """Return the channel with only those rules that act on the assignments whose part it is."""
    culls = tuple(cull for cull in channel.culls if channel.part_of in cull.of)
    singles = {name: getattr(channel, name) for name in ("admission", "licence", "creep")}
    others = {name: None for name, rule in singles.items() if rule is not None and channel.part_of not in rule.of}
    return channel.replace(culls=culls, **others)


def _there(
    draft: Draft, name: str, obligation: Channel | CheckIn, many: int, series: Series, found: Occurrences
) -> NDArray[np.int64]:
    """Return how many groups or entries there are on each day, shape (days,)."""
    there = np.full(len(found), many)
    if not (obligation.culls or obligation.admission or obligation.licence or obligation.creep):
        return there
    for number in range(many if obligation.creep is None else 2 * many):
        alike = replace(series, programme=np.full_like(series.programme, number))
        ended = is_abolished(draft, name, obligation, alike, found)
        ended |= is_refused(draft, name, obligation, alike, found) | is_ignored(draft, name, obligation, alike, found)
        if number < many:
            there -= ended
        else:
            there += ~ended & ~is_spare(draft, name, obligation, alike, found)
    return there


def plan_check_in(draft: Draft, name: str, check_in: CheckIn) -> None:
    """Write one row for each day on which a cadre has to use the app."""
    source, chance = Source(f"obligations.{name}", check_in.issuer), draft.chance
    series, cadre = cadre_series(draft, check_in)
    found = at_desk(draft, cadre, occurrences(draft, source.name, check_in, series))
    found = found.where((chance.uniform(source.name, "present", series.key) < check_in.present.value)[found.series])
    left = _there(draft, name, check_in, check_in.entries.value, series, found)
    entries = _entries(check_in, left, _of_cadres(draft, name, check_in, series, found))
    found, entries = found.where(entries > 0), entries[entries > 0]
    identity = (series.key[found.series], found.slot)
    entry = check_in.entering.value.quantile(chance.uniform(source.name, "entering", *identity))
    timeline = draft.staff.timeline(check_in.on)
    draft.add(
        source, Part.CHECK_IN, Category.CHANNELS, identity,
        unit=series.unit[found.series], team=cadre[found.series],
        effort=np.maximum(1, entries * entry), release=found.second,
        due=timeline.close_of(timeline.day_of(found.second)),
    )  # fmt: skip


def _entries(check_in: CheckIn, left: NDArray[np.int64], days: Keyed) -> NDArray[np.int64]:
    """Return the number of entries that a cadre makes on each day."""
    if check_in.unscored is None:
        return left
    return np.where(days.reached(check_in.unscored), np.minimum(check_in.unscored.entries.value, left), left)


def poisson(mean: float, u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the Poisson quantiles of `u` by inversion of the cumulative probabilities."""
    most = int(mean + limits.NOTICE_DEVIATIONS * np.sqrt(mean) + limits.FEWEST_NOTICES)
    number = np.arange(most)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(number[1:]))))
    log_mass = number * np.log(mean) - mean - log_factorial if mean > 0 else np.where(number == 0, 0.0, -np.inf)
    return np.searchsorted(np.cumsum(np.exp(log_mass)), u).astype(np.int64)
