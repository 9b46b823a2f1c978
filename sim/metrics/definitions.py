"""Numbers that belong to the definition of a metric, as its key or label says; another number is another metric."""

from __future__ import annotations

MEDIAN = 0.5
"""Quantile of `wait_median`."""
NINE_IN_TEN = 0.9
"""Quantile of the metrics whose key ends in `_p90`."""
WORST_OFF = 0.1
"""Share of the cadres in `formality_worst_tenth`: those with the most formality."""
YEAR_END = frozenset({11, 12, 1})
"""Months of `year_end_ratio`: November to January."""
SPLIT_KINDS = ("post", "unit", "issuer", "obligation")
"""Kinds of split, in the order in which they are shown; `sim/metrics/splits.py` has the metrics of each."""
WAIT_EDGES_HOURS: tuple[float, ...] = (0, 0.25, 0.5, 1, 2, 4, 8, 16, 24, 48, 72, 120, 240)
"""Lower edges of the waiting-time histogram, hours on the clock; the last bin has no upper edge."""
