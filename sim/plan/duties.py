"""Duties and routine: flexible work, or turns with a fixed start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.domain.category import Part
from sim.engine.contract import DAY
from sim.plan.draft import Source
from sim.plan.issuing import Series, cadre_series, occurrences, single_series

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.obligations import Duty
    from sim.plan.draft import Draft


def plan_duty(draft: Draft, name: str, duty: Duty) -> None:
    """Write the rows of one duty, by unit or by cadre."""
    source = Source(f"obligations.{name}", duty.issuer)
    offices = draft.offices
    series, team = cadre_series(draft, duty) if duty.per_cadre else _by_unit(draft, duty)
    found = occurrences(draft, source.name, duty, series)
    unit = series.unit[found.series]
    words = (series.key[found.series], found.slot)
    effort = duty.effort.value.quantile(draft.chance.uniform(source.name, "effort", *words))
    if duty.at is not None:
        draft.add(
            source, Part.ROUTINE, duty.category, words,
            unit=unit, team=team[found.series], effort=effort, start=found.second // DAY * DAY + int(duty.at),
            seats=1 if duty.per_cadre else duty.seats.value,
        )  # fmt: skip
    else:
        draft.add(
            source, Part.ROUTINE, duty.category, words,
            unit=unit, team=team[found.series], effort=effort, release=found.second,
            due=offices.timeline(duty.on).due_after(found.second, duty.due),
        )  # fmt: skip


def _by_unit(draft: Draft, duty: Duty) -> tuple[Series, NDArray[np.int32]]:
    series = single_series(draft, duty)
    return series, draft.offices.team(series.unit, duty.posts)
