"""Counting: the limits and weights by which metrics count.

A limit is a definition, so it has no range: a draw of uncertain inputs that moved it would compare one metric with
another. The weight of overtime is a judgement about cost and has a range.
"""

from __future__ import annotations

from sim.domain.frozen import Frozen
from sim.domain.quantity import ASSUMED, CountQ, DurationQ, NumberQ, ShareQ
from sim.units import DAY_SECONDS, HOUR, Duration, Share


class Counting(Frozen):
    """Limits and weights that metrics count by; they change no piece of work."""

    long_week: DurationQ = DurationQ(
        value=Duration(48 * HOUR), source=ASSUMED, note="forty hours and a working day more"
    )
    """Hours of a cadre's week, home visits and patrol included, beyond which the week is long."""
    holiday_week: ShareQ = ShareQ(value=Share(0.5), source=ASSUMED, note="more days off than days worked")
    """Share of an ordinary week's regular hours; a week with fewer hours for every cadre is a holiday week."""
    short_notice: DurationQ = DurationQ(value=Duration(DAY_SECONDS), source=ASSUMED, note="asked for today, due today")
    """Time from release to deadline below which work comes at short notice."""
    fewest_ranked: CountQ = CountQ(value=5, source=ASSUMED, note="of fewer units a rank correlation is mostly chance")
    """Units below which the fidelity of an appraisal is not computed."""
    overtime_weight: NumberQ = NumberQ(
        value=2.0,
        range=(1.5, 3.0),
        source=ASSUMED,
        note="labour law pays 150% in the evening, 200% on rest days, 300% on holidays",
    )
    """Weight of an hour of overtime in the premium of queueing; 1 counts it like any other hour."""
