"""Which rows of a comparison the forest shows: one line a metric, and every role of the primary one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison, Row

LEFT_TO_THE_TABLE = frozenset(
    {
        "hours", "hours_by_issuer", "total_hours", "year_end_ratio", "fields_entered", "index_counted", "index_timed",
        "index_felt", "wait_median", "open_at_year_end", "matters", "found_by_patrol", "found_by_residents",
        "found_by_inspection", "scm_hours", "simulated_hours",
    }
)  # fmt: skip
"""Metrics that say again, or in more detail, what the others say."""


def chosen_rows(comparison: Comparison) -> list[Row]:
    """Choose every role of the primary metric, and of the others the row over all or that of the primary role."""
    metric, scope = comparison.primary
    return [
        row
        for row in comparison.rows
        if row.metric == metric or (row.metric not in LEFT_TO_THE_TABLE and row.scope in ("all", scope))
    ]
