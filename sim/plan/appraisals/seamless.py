"""Year-round work in place of a year-end appraisal: exchange of data, readiness, and coaching after a bad trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Category, Part
from sim.domain.recurrence import Recurrence
from sim.domain.scoring import error_spreads
from sim.plan.identity.occurrences import fall_due
from sim.plan.issuing.issuing import department_key, overseer
from sim.plan.issuing.keyed import Keyed
from sim.plan.rows.draft import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Appraisal
    from sim.domain.obligations.appraisal import DataFeed, Seamless, Trend
    from sim.domain.quantity import EffortQ
    from sim.domain.scoring import Scoring
    from sim.plan.rows.draft import Draft

_FEED, _READINESS = 0, 1


def write_seamless(draft: Draft, name: str, appraisal: Appraisal, seamless: Seamless) -> None:
    """Write the year-round rows of a seamless appraisal.

    Of the appraisals that are made seamless together, the first by name has the exchange of data, and the first by name
    of each unit type has its readiness and coaching: units do these once.
    """
    source, feed = Source(f"obligations.{name}", appraisal.issuer), seamless.feed
    if name == min(seamless.of):
        feeders = _feeders(draft, source, feed)
        _recurring(draft, source, appraisal, feeders, feed.fed_by, feed.cycle.value, feed.effort, _FEED)
    if name != min(one for one in seamless.of if draft.regime.obligations[one].on == appraisal.on):
        return
    if seamless.readiness is not None:
        units = draft.staff.units(appraisal.on)
        monthly = Recurrence(every="monthly")
        _recurring(draft, source, appraisal, units, appraisal.on, monthly, seamless.readiness, _READINESS)
    if seamless.trend is not None:
        _coach(draft, source, appraisal, seamless, seamless.trend)


def _feeders(draft: Draft, source: Source, feed: DataFeed) -> NDArray[np.int64]:
    """Return the simulated units that pass data on; lots choose them from all real units of the type."""
    units = draft.staff.units(feed.fed_by)
    real = draft.regime.organisation.real_count(feed.fed_by)
    lots = draft.chance.uniform(source.name, "feeds", np.arange(real))
    chosen = np.argsort(lots, kind="stable")[: feed.departments.value]
    return units[np.sort(chosen[chosen < len(units)])]


def _recurring(
    draft: Draft,
    source: Source,
    appraisal: Appraisal,
    units: NDArray[np.int64],
    unit_type: str,
    often: Recurrence,
    effort: EffortQ,
    what: int,
) -> None:
    """Write a row for each unit and calendar slot that the measure reaches."""
    staff, chance, stream = draft.staff, draft.chance, f"{source.name}.seamless"
    timeline = staff.timeline(unit_type)
    days = (draft.lags.data_passed_on if what == _FEED else draft.lags.records_kept).value
    found = fall_due(often, stream, staff.keys[units], timeline, chance, {})
    unit, keys = units[found.series], staff.keys[units][found.series]
    identity = (np.full(len(keys), what), found.slot, keys)
    kept = _reached(appraisal, Keyed(draft, stream, identity, found.second, keys, appraisal.guards))
    drawn = effort.value.quantile(chance.uniform(stream, "effort", *identity))
    draft.add(
        source, Part.UPKEEP, Category.REPORTS if what == _FEED else Category.INSPECTIONS, (what, found.slot[kept]),
        unit=unit[kept], team=staff.team(unit[kept], None), release=found.second[kept], effort=drawn[kept],
        due=timeline.due_after(found.second[kept], days),
    )  # fmt: skip


def _coach(draft: Draft, source: Source, appraisal: Appraisal, seamless: Seamless, trend: Trend) -> None:
    """Write the coaching of units whose routine data declined over several years; coaching does not change a score."""
    staff, chance = draft.staff, draft.chance
    units = staff.units(appraisal.on)
    keys, timeline = staff.keys[units], staff.timeline(appraisal.on)
    assert appraisal.scoring is not None, "the lever refuses an appraisal without scoring"
    declined = _slope(draft, keys, seamless, trend, appraisal.scoring) < -trend.coached_below.value
    once = Recurrence(every="yearly", months=(draft.lags.coaching_month.value,))
    found = fall_due(once, f"{source.name}.coaching", keys, timeline, chance, {})
    kept = declined & _reached(appraisal, Keyed(draft, source.name, (keys,), found.second, keys, appraisal.guards))
    unit, second, slot = units[kept], found.second[kept], found.slot[kept]
    effort = trend.coaching.value.quantile(chance.uniform(source.name, "coaching", keys))[kept]
    none = np.zeros(len(unit), dtype=np.int64)
    coach = overseer(draft, source.name, appraisal.issuer, unit, *department_key(draft, appraisal, none, slot, unit))
    inside = coach >= 0
    for who, mine in ((unit, np.ones(len(unit), dtype=np.bool_)), (coach, inside)):
        draft.add(
            source, Part.COACH, Category.INSPECTIONS, (slot[mine], keys[kept][mine]),
            unit=who[mine], team=staff.team(who[mine], None), release=second[mine], effort=effort[mine],
            due=timeline.due_after(second[mine], draft.lags.coaching_done.value),
        )  # fmt: skip


def _reached(appraisal: Appraisal, keyed: Keyed) -> NDArray[np.bool_]:
    """Return True where the unit keeps to the seamless appraisal, shape (rows,)."""
    if appraisal.seamless is None:
        return np.zeros(len(keyed.body), dtype=np.bool_)
    return keyed.reached(appraisal.seamless)


def _slope(
    draft: Draft, keys: NDArray[np.uint64], seamless: Seamless, trend: Trend, scoring: Scoring
) -> NDArray[np.float64]:
    """Return the change in points a year that the exchanged data show, true change plus own errors, shape (units,).

    The common error of a unit is the same in all years, so it is not part of a change.
    """
    from scipy.special import ndtri

    steps = trend.years.value - 1
    changed, wrong = (ndtri(draft.chance.uniform("performance", what, keys)) for what in ("change", "error"))
    error = error_spreads(scoring)[1] / np.sqrt(seamless.feed.looks)
    shown = scoring.drift.value * np.sqrt(steps) * changed + error * np.sqrt(2) * wrong
    slope: NDArray[np.float64] = shown / steps
    return slope
