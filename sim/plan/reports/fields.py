"""Fields of forms: the fields that a form asks for, and the work that each request for a field causes at the unit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from sim.plan.identity.chance import text_key, uniforms
from sim.plan.rows.ordering import order_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONG_AGO = np.iinfo(np.int64).min // 2


@dataclass(frozen=True)
class Requests:
    """Requests for fields; all arrays have shape (requests,), one entry a form and field."""

    unit: NDArray[np.int64]
    field: NDArray[np.int64]
    second: NDArray[np.int64]
    at_hand: NDArray[np.int64]
    """Seconds for which a gathered field stays at hand."""
    from_store: NDArray[np.bool_]
    """True where the issuer reads the shared store first, and stores the unit's answer there."""
    covered: NDArray[np.bool_]
    """True where the store holds the field at this request, whoever stored answers."""
    fresh: NDArray[np.int64]
    """Seconds for which the store uses an answer that was stored there."""


@dataclass(frozen=True)
class Answers:
    """Work of the unit for each request; all arrays have shape (requests,)."""

    read: NDArray[np.bool_]
    """True where the issuer has the field from the store, so that the unit does not enter it."""
    looked: NDArray[np.bool_]
    """True where the unit enters the field and takes it from the store, because it is not at hand."""
    gathered: NDArray[np.bool_]
    """True where the field is entered and has to be gathered first."""
    again: NDArray[np.bool_]
    """True where the field is entered and was entered before in the year."""


def fields_asked(
    name: str, series: NDArray[np.uint64], fields: int, universe: int, popularity: float
) -> NDArray[np.int64]:
    """Return the fields of each form, shape (forms, fields), all different; `series` is the identity of the form.

    Popular fields have low numbers. With `popularity` 1 all fields are equally likely; a higher value lets departments
    overlap more. A field drawn twice is replaced by the next one. The fields of a form do not depend on root or
    replication.
    """
    fields = min(fields, universe)
    place = np.arange(fields)
    u = uniforms(text_key("fields", name), series[:, None], place)
    drawn = np.sort(np.floor(universe * u**popularity).astype(np.int64), axis=1)
    different = np.maximum.accumulate(drawn - place, axis=1) + place
    return np.minimum(different, universe - fields + place)


def answer(asked: Requests) -> Answers:
    """Return the work for each request, in the order of `asked`; requests for one field of a unit are taken by time.

    A field that was gathered, looked up in the store or read there is at hand from then on. All fields are computed
    together: the first requests of all of them, then the second ones, and so on. Fields are sorted by their number of
    requests, so the fields with an n-th request are a leading slice.
    """
    places, turns = _turns(asked)
    if not (np.any(asked.from_store) or np.any(asked.covered)):
        return _without_store(asked, places, turns)
    now, at_hand, fresh = asked.second[places], asked.at_hand[places], asked.fresh[places]
    from_store, covered = asked.from_store[places], asked.covered[places]
    most = int(turns.max(initial=0))
    had_at, stored_at = (np.full(most, _LONG_AGO) for _ in range(2))
    entered = np.zeros(most, dtype=np.bool_)
    answers = Answers(*(np.empty(len(places), dtype=np.bool_) for _ in fields(Answers)))
    end = 0
    for count in turns.tolist():
        here, end = slice(end, end + count), end + count
        held = now[here] - stored_at[:count] <= fresh[here]
        held |= covered[here]
        read = held & from_store[here]
        told = ~read
        missing = (now[here] - had_at[:count] > at_hand[here]) & told
        answers.read[here], answers.looked[here], answers.gathered[here] = read, missing & held, missing & ~held
        answers.again[here] = told & entered[:count]
        np.copyto(had_at[:count], now[here], where=missing | read)
        np.copyto(stored_at[:count], now[here], where=told & from_store[here])
        entered[:count] |= told
    return Answers(*(_put_back(getattr(answers, f.name), places) for f in fields(Answers)))


def _without_store(asked: Requests, places: NDArray[np.int64], turns: NDArray[np.int64]) -> Answers:
    """Return the work without a store: every field is entered, and requests after the first count as entered again."""
    now, at_hand = asked.second[places], asked.at_hand[places]
    gathered_at = np.full(int(turns.max(initial=0)), _LONG_AGO)
    gathered, again = np.empty(len(places), dtype=np.bool_), np.ones(len(places), dtype=np.bool_)
    again[: int(turns[0]) if len(turns) else 0] = False
    end = 0
    for count in turns.tolist():
        here, end = slice(end, end + count), end + count
        np.greater(now[here] - gathered_at[:count], at_hand[here], out=gathered[here])
        np.copyto(gathered_at[:count], now[here], where=gathered[here])
    none = np.zeros(len(places), dtype=np.bool_)
    return Answers(none, none, _put_back(gathered, places), _put_back(again, places))


def _put_back(told: NDArray[np.bool_], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    given = np.empty_like(told)
    given[places] = told
    return given


def _turns(asked: Requests) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the indices of requests turn by turn, fields in one order in all turns, and the size of each turn."""
    order = order_by(asked.unit, asked.field, asked.second)
    unit, field = asked.unit[order], asked.field[order]
    first = np.flatnonzero(np.append(True, (unit[1:] != unit[:-1]) | (field[1:] != field[:-1]))[: len(order)])
    counts = np.diff(first, append=len(order))
    by_count = order_by(counts.max(initial=0) - counts)
    turns = np.searchsorted(-counts[by_count], -np.arange(counts.max(initial=0)))
    rank = np.empty_like(by_count)
    rank[by_count] = np.arange(len(by_count))
    turn = np.arange(len(order)) - np.repeat(first, counts)
    places = np.empty_like(order)
    places[(np.cumsum(turns) - turns)[turn] + np.repeat(rank, counts)] = order
    return places, turns
