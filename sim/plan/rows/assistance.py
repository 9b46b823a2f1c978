"""Steps assisted by a tool: a share of their time, and the time to check the tool's output.

The measure acts on the step, never on a result; the share is drawn for each piece of work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.plan.identity.compliance import reached

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
    body: NDArray[np.uint64],
    second: NDArray[np.int64],
    effort: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the seconds of each piece of work of a step; unchanged where its unit `body` uses no tool."""
    assistance, guards = _assistance(regime, stream)
    if assistance is None or part not in assistance.parts:
        return effort
    used = reached(assistance, chance, regime.calendar.year, body, second, (stream, (identity,)), guards)
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
