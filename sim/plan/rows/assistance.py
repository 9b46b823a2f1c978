"""Steps assisted by a tool: a share of their time, and the time to check the tool's output.

The measure acts on the step, never on a result; the share is drawn for each piece of work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.calendar import months_of
from sim.plan.identity.occurrences import reached
from sim.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.domain.category import Part
    from sim.domain.obligations.base import Assistance
    from sim.domain.regime import Regime
    from sim.domain.rule import Guard
    from sim.plan.identity.chance import Chance


def assisted(
    regime: Regime,
    chance: Chance,
    stream: str,
    part: Part,
    identity: NDArray[np.uint64],
    second: NDArray[np.int64],
    effort: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the seconds of each piece of work of a step; unchanged where no tool assists."""
    assistance, guards = _assistance(regime, stream)
    if assistance is None or part not in assistance.parts:
        return effort
    year = regime.calendar.year
    starts = np.array([month.first for month in months_of(year)])
    month = np.clip(np.searchsorted(starts, second // DAY, side="right"), 1, MONTHS_PER_YEAR)
    used = reached(assistance, month, year, chance.uniform(stream, "assistant", identity), guards)
    low, high = assistance.quickest.value, assistance.slowest.value
    factor = low + (high - low) * chance.uniform(stream, "assistant_factor", identity)
    checking = assistance.verification.value.quantile(chance.uniform(stream, "assistant_checked", identity))
    with_tool = np.rint(factor * effort).astype(np.int64) + checking
    return np.where(used, np.maximum(with_tool, 1), effort)


def _assistance(regime: Regime, stream: str) -> tuple[Assistance | None, tuple[Guard, ...]]:
    """Return the rule on the entry behind a stream (None if there is none) and the guards of the entry."""
    section, _, name = stream.partition(".")
    entry = regime.entries(section).get(name)
    return getattr(entry, "assistance", None), getattr(entry, "guards", ())
