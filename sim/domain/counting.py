"""Counting: the limits by which metrics count.

A limit is a definition, so it has no range: a draw of uncertain inputs that moved it would compare one metric with
another.
"""

from __future__ import annotations

from sim.domain.frozen import Frozen
from sim.domain.quantity import ASSUMED, CountQ, DurationQ, ShareQ, WorkdaysQ
from sim.units import HOUR, Duration, Share, Workdays


class Counting(Frozen):
    """Limits that metrics count by; they change no piece of work."""

    long_week: DurationQ = DurationQ(
        value=Duration(48 * HOUR), source=ASSUMED, note="forty hours and a working day more"
    )
    """Hours of a cadre's week, home visits and patrol included, beyond which the week is long."""
    holiday_week: ShareQ = ShareQ(value=Share(0.5), source=ASSUMED, note="more days off than days worked")
    """Share of an ordinary week's regular hours; a week with fewer hours for every cadre is a holiday week."""
    short_notice: WorkdaysQ = WorkdaysQ(value=Workdays(1), source=ASSUMED, note="asked for today, due tomorrow")
    """Working days from request to deadline up to which a form comes at short notice."""
    fewest_ranked: CountQ = CountQ(value=5, source=ASSUMED, note="of fewer units a rank correlation is mostly chance")
    """Units below which the fidelity of an appraisal is not computed."""
