"""Chat groups and check-ins: identity is the person-day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.plan.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Channel, CheckIn
    from sim.plan.draft import Draft


def plan_channel(draft: Draft, name: str, channel: Channel) -> None:
    """Write one row for each time a cadre goes through the groups."""
    source = Source(f"obligations.{name}", channel.issuer)
    timeline = draft.offices.timeline(channel.on)
    checks = channel.checks.value
    cadre, day, check = _person_days(draft, channel.on, channel.posts, checks)
    words = (draft.offices.cadre_keys[cadre], day, check)
    mean = channel.notices.value * (1 + channel.duplicates.value) / checks
    count = poisson(mean, draft.chance.uniform(source.name, "notices", *words))
    pace = channel.reading.value.quantile(draft.chance.uniform(source.name, "reading", *words))
    share = (check + draft.chance.uniform(source.name, "time", *words)) / checks
    draft.add(
        source, Part.READ, Category.CHANNELS, words,
        unit=draft.offices.cadre_unit[cadre].astype(np.int64), team=cadre.astype(np.int32),
        effort=np.maximum(1, count * pace + channel.groups.value * int(channel.switching.value)),
        release=timeline.at_share_of_day(day, share), due=timeline.close_of(day),
    )  # fmt: skip


def plan_check_in(draft: Draft, name: str, check_in: CheckIn) -> None:
    """Write one row a day for each cadre who has to use the app."""
    source = Source(f"obligations.{name}", check_in.issuer)
    timeline = draft.offices.timeline(check_in.on)
    cadre, day, _ = _person_days(draft, check_in.on, check_in.posts, 1)
    uses = draft.chance.uniform(source.name, "present", draft.offices.cadre_keys[cadre]) < check_in.present.value
    cadre, day = cadre[uses], day[uses]
    words = (draft.offices.cadre_keys[cadre], day)
    entry = check_in.entering.value.quantile(draft.chance.uniform(source.name, "entering", *words))
    draft.add(
        source, Part.CHECK_IN, Category.CHANNELS, words,
        unit=draft.offices.cadre_unit[cadre].astype(np.int64), team=cadre.astype(np.int32),
        effort=np.maximum(1, check_in.entries.value * entry),
        release=timeline.at_share_of_day(day, draft.chance.uniform(source.name, "time", *words)),
        due=timeline.close_of(day),
    )  # fmt: skip


def _person_days(
    draft: Draft, unit_type: str, posts: tuple[str, ...] | None, times: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Cross cadres, working days and times of a day."""
    timeline = draft.offices.timeline(unit_type)
    cadres = draft.offices.holders(unit_type, posts)
    days = timeline.days[: timeline.in_year]
    grid = np.meshgrid(cadres, days, np.arange(times), indexing="ij")
    cadre, day, time = (axis.ravel().astype(np.int64) for axis in grid)
    return cadre, day, time


def poisson(mean: float, u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give Poisson quantiles of `u` by inversion of the cumulative probabilities."""
    most = int(mean + 10 * np.sqrt(mean) + 20)
    number = np.arange(most)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(number[1:]))))
    log_mass = number * np.log(mean) - mean - log_factorial if mean > 0 else np.where(number == 0, 0.0, -np.inf)
    return np.searchsorted(np.cumsum(np.exp(log_mass)), u).astype(np.int64)
