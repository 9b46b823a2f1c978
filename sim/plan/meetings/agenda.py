"""Joint sittings: meetings of one audience in one window are held as one sitting with several topics.

Windows are cut from the calendar, not counted from the first meeting, so an additional meeting never moves a window. A
lot that belongs to the meeting decides the order of the agenda; the sitting is held on the day of its first topic.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_LIMIT = int(np.iinfo(np.int64).max)
"""Topics of a sitting without a limit."""


@dataclass(frozen=True)
class Agenda:
    """Sittings by topic; all arrays have shape (topics,), in the order given."""

    leader: NDArray[np.int64]
    """Index of the topic under which the sitting is booked; the topic's own index for a single one."""
    length: NDArray[np.int64]
    """Seconds of the whole sitting."""
    turn: NDArray[np.int64]
    """Seconds of the sitting before the topic's turn."""
    talk: NDArray[np.int64]
    """Seconds of the topic's turn."""


def sit_together(
    audience: NDArray[np.int64],
    window: NDArray[np.int64],
    lot: NDArray[np.float64],
    length: NDArray[np.int64],
    further: NDArray[np.int64],
    most: int,
) -> Agenda:
    """Group topics of one audience and window, at most `most` to a sitting.

    The longest topic takes its full `length`, each other one the `further` time that it adds to an agenda.
    """
    order = np.lexsort((lot, window, audience))
    if not len(order):
        return Agenda(*(np.zeros(0, dtype=np.int64) for _ in fields(Agenda)))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (np.diff(audience[order]) != 0) | (np.diff(window[order]) != 0)
    place = np.arange(len(order)) - np.flatnonzero(new)[np.cumsum(new) - 1]
    first = np.flatnonzero(place % most == 0)
    group = np.cumsum(place % most == 0) - 1
    longest = np.zeros(len(order), dtype=np.bool_)
    longest[np.lexsort((-length[order], group))[first]] = True
    talk = np.where(longest, length[order], np.minimum(further, length)[order])
    passed = np.cumsum(talk) - talk
    columns = (order[first][group], np.add.reduceat(talk, first)[group], passed - passed[first][group], talk)
    return Agenda(*(_unsorted(column, order) for column in columns))


def _unsorted(values: NDArray[Any], order: NDArray[np.int64]) -> NDArray[np.int64]:
    given = np.empty(len(order), dtype=np.int64)
    given[order] = values
    return given


def together_at_units(
    leader: NDArray[np.int64], unit: NDArray[np.int64], seats: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Join the calls of one sitting to one unit; return leader, unit, most seats and number of topics of each pair."""
    units = unit.max(initial=0) + 1
    pairs, place = np.unique(leader * units + unit, return_inverse=True)
    most = np.zeros(len(pairs), dtype=np.int64)
    np.maximum.at(most, place, seats)
    return pairs // units, pairs % units, most, np.bincount(place, minlength=len(pairs))
