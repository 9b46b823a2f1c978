"""Compliance: each body keeps to a rule in all of its work or in none, as its own number decides.

The number belongs to the body and the kind of rule. So two occurrences of one body on one day never differ, a body may
keep to one measure and not to another, and the bodies that keep to a weaker rule are among those of a stronger one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim.contract.plan import DAY
from sim.domain.calendar import days_of, months_of
from sim.plan import limits
from sim.plan.identity.chance import combine, text_key
from sim.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.domain.rule import Guard, Rule
    from sim.plan.identity.chance import Chance


def reached(
    rule: Rule,
    chance: Chance,
    year: int,
    body: ArrayLike,
    second: NDArray[np.int64],
    piece: tuple[str, tuple[ArrayLike, ...]],
    guards: tuple[Guard, ...] = (),
) -> NDArray[np.bool_]:
    """Return True for pieces of work that a rule reaches: their body keeps to it on their day.

    Of a rule with a strength below 1 only pieces count whose own number is below the strength; `piece` is the stream
    and the identity columns of that number. `body` (keys), `second` (of the year) and the columns have one shape, or
    broadcast to one. A second before the year counts as its first day, one after it as its last.
    """
    shares = _issuers_by_day(rule, year, guards)
    day = np.clip(second // DAY, 0, len(shares) - 1)
    kept: NDArray[np.bool_] = chance.uniform("compliance", type(rule).__name__, body) < shares[day]
    if rule.strength < 1:
        stream, identity = piece
        kept &= chance.uniform(stream, f"strength {type(rule).__name__}", *identity) < rule.strength
    return kept


def share_on(rule: Rule, year: int, second: NDArray[np.int64], guards: tuple[Guard, ...]) -> NDArray[np.float64]:
    """Return the share of the affected work that a rule reaches on the day of each second of the year."""
    shares = _issuers_by_day(rule, year, guards)
    return rule.strength * shares[np.clip(second // DAY, 0, len(shares) - 1)]


def real_bodies(kind: str, units: NDArray[np.uint64], number: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the key of each real unit of a type by its number, shape as `number`.

    `units` are the keys of the simulated units, which have the first numbers; the other real units have keys of their
    own.
    """
    others = combine(text_key(kind), number)
    return np.where(number < len(units), units[np.minimum(number, len(units) - 1)], others)


def _issuers_by_day(rule: Rule, year: int, guards: tuple[Guard, ...]) -> NDArray[np.float64]:
    """Return the share of issuers that keep to the rule on each day of the year, shape (days,)."""
    turn = 1 if rule.starts is None else rule.starts.day
    shares = np.array(
        [
            [rule.issuers_in_month(year, month, guards, day) for month in range(1, MONTHS_PER_YEAR + 1)]
            for day in (1, turn)
        ]
    )
    month, day_of_month = _dates_of(year)
    return shares[(day_of_month >= turn).astype(np.int64), month - 1]


@lru_cache(maxsize=limits.TIMELINES)
def _dates_of(year: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the month and the day of the month of each day of the year, both of shape (days,)."""
    months = months_of(year)
    lengths = [month.after - month.first for month in months]
    number = np.repeat(np.arange(1, MONTHS_PER_YEAR + 1), lengths)
    return number, np.arange(days_of(year)) - np.repeat([month.first for month in months], lengths) + 1
