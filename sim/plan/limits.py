"""Limits of the computation: sizes and tails at which it stops, so wide that no result depends on them."""

from __future__ import annotations

OCCURRENCES = 20_000_000
"""Most occurrences of one obligation in a year, over all units that owe it, and most cadres of one unit type. A nation
is simulated in shards below this size."""
CASE_STEPS = 1_000
"""Most stops of one approval; after them no examination sends the case back."""
DAYS_AFTER = 400
"""Weekdays listed after the year, so that deadlines of the year's work have a date."""
TIMELINES = 32
"""Calendars of shifts that are kept between replications."""
ARRIVAL_DEVIATIONS, FEWEST_ARRIVALS = 8, 16
"""Arrivals drawn for a stream: the mean, `ARRIVAL_DEVIATIONS` standard deviations more, and `FEWEST_ARRIVALS` more."""
NOTICE_DEVIATIONS, FEWEST_NOTICES = 10, 20
"""The same for the length of the table of Poisson probabilities."""
NORMAL_TAIL = 1e-9
"""Probability of a tail beyond which a normal number is clipped."""
