"""Limits of the computation: sizes and tails at which it stops, chosen so wide that no answer depends on them."""

from __future__ import annotations

OCCURRENCES = 20_000_000
"""Occurrences of one obligation in a year, over all units that owe it, and cadres of one unit type; a nation is
simulated in shards of less."""
CASE_STEPS = 1_000
"""Stops of one approval at most; from there on nobody sends it back."""
DAYS_AFTER = 400
"""Working days listed after the year's last one, so that deadlines of its work have a date."""
TIMELINES = 32
"""Calendars of shifts that are kept between replications."""
ARRIVAL_DEVIATIONS, FEWEST_ARRIVALS = 8, 16
"""A stream draws so many standard deviations more arrivals than its mean, and never fewer than so many."""
NOTICE_DEVIATIONS, FEWEST_NOTICES = 10, 20
"""The same for the table of Poisson probabilities of notices a check."""
NORMAL_TAIL = 1e-9
"""Probability beyond which a normal number is cut off."""
