"""Fields of forms: which ones a form asks for, and what each request for a field means to the unit that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.plan.chance import TO_UNIT, combine, text_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONG_AGO = np.iinfo(np.int64).min // 2


@dataclass(frozen=True)
class Requests:
    """Requests for fields in the order in which they are made at each unit; all arrays of one length."""

    unit: NDArray[np.int64]
    field: NDArray[np.int64]
    second: NDArray[np.int64]
    at_hand: NDArray[np.int64]
    """Seconds for which a gathered field stays at hand."""
    from_store: NDArray[np.bool_]
    """The issuer looks into the shared store first, and puts what it is told there."""
    covered: NDArray[np.bool_]
    """The store holds the field."""
    fresh: NDArray[np.int64]
    """Seconds for which the store trusts an answer that was put there."""


@dataclass(frozen=True)
class Answers:
    """What each request means to the unit."""

    glanced: NDArray[np.bool_]
    """The store has it: only looked over."""
    gathered: NDArray[np.bool_]
    """Entered, and gathered for it."""
    again: NDArray[np.bool_]
    """Entered, and it had been entered before in the year."""


def fields_asked(
    name: str, series: NDArray[np.uint64], fields: int, universe: int, popularity: float
) -> NDArray[np.int64]:
    """Give the fields of each form, shape (forms, fields), all different; `series` says which form it is.

    Popular fields have low numbers; `popularity` 1 asks for all alike, more makes departments overlap more. A field
    drawn twice gives way to the next one. Which fields a form asks for is a fact about the form, not a matter of the
    year, so it does not depend on root or replication.
    """
    fields = min(fields, universe)
    place = np.arange(fields)
    bits = combine(text_key("fields", name), series[:, None], place)
    u = (bits >> np.uint64(11)).astype(np.float64) * TO_UNIT
    drawn = np.sort(np.floor(universe * u**popularity).astype(np.int64), axis=1)
    different = np.maximum.accumulate(drawn - place, axis=1) + place
    return np.minimum(different, universe - fields + place)


def answer(asked: Requests) -> Answers:
    """Follow each field of each unit through the year, request by request.

    All fields are taken together: the n-th requests of all of them, then the next ones.
    """
    order = np.lexsort((np.arange(len(asked.unit)), asked.second, asked.field, asked.unit))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (np.diff(asked.unit[order]) != 0) | (np.diff(asked.field[order]) != 0)
    own = np.cumsum(new) - 1
    turn = np.arange(len(order)) - np.flatnonzero(new)[own]
    gathered_at = np.full(int(new.sum()), _LONG_AGO)
    stored_at, entered = gathered_at.copy(), np.zeros(len(gathered_at), dtype=np.bool_)
    glanced, gathered, again = (np.zeros(len(order), dtype=np.bool_) for _ in range(3))
    by_turn = np.argsort(turn, kind="stable")
    for place in np.split(by_turn, np.cumsum(np.bincount(turn))[:-1]):
        row, what = order[place], own[place]
        now = asked.second[row]
        known = asked.covered[row] | (now - stored_at[what] <= asked.fresh[row])
        glanced[row] = asked.from_store[row] & known
        told = ~glanced[row]
        again[row] = told & entered[what]
        gathered[row] = told & (now - gathered_at[what] > asked.at_hand[row])
        gathered_at[what[gathered[row]]] = now[gathered[row]]
        stored = told & asked.from_store[row]
        stored_at[what[stored]] = now[stored]
        entered[what[told]] = True
    return Answers(glanced, gathered, again)
