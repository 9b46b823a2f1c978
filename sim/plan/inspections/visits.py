"""Starting times of visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.plan.identity.timeline import Timeline
    from sim.plan.rows.draft import Draft


def visit_start(
    draft: Draft, stream: str, identity: tuple[ArrayLike, ...], day: NDArray[np.int64], timeline: Timeline
) -> NDArray[np.int64]:
    """Return the second at which each visit starts, in the morning or the afternoon of its day."""
    afternoon = draft.chance.uniform(stream, "half", *identity) < draft.lags.visits_afternoon.value
    opens, _ = timeline.half_day(day, afternoon)
    return opens + int(draft.lags.visits_begin.value)
