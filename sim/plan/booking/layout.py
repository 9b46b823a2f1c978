"""The tables of booking, laid out from a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.plan import DAY
from sim.domain.category import Category
from sim.domain.regime import RANKS
from sim.plan.booking.calendars import Calendars
from sim.plan.booking.tables import NOT_HELD, Tables
from sim.plan.rows.appointments import End

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.contract.plan import Roster
    from sim.plan.rows.appointments import At, Terms
    from sim.plan.rows.draft import Draft

RANK_BITS = len(Category).bit_length()
"""Bits of the rank in the key by which appointments are ordered."""
KEY_BITS = np.iinfo(np.uint64).bits


@dataclass(frozen=True)
class Taking:
    """Rows that take part in appointments, in the order of writing; all arrays have shape (rows,)."""

    place: NDArray[np.int64]
    """Family of the row."""
    handle: NDArray[np.int64]
    appointment: NDArray[np.int64]
    order: NDArray[np.int64]
    """Rows sorted by appointment and end, as in `Tables`."""


def taking_part(draft: Draft) -> Taking:
    """List the rows that take part in appointments."""
    first = draft.rows.first_of()
    families = draft.appointments.seats
    sizes = [len(at.appointment) for _, at in families]
    appointment = np.concatenate([at.appointment for _, at in families])
    return Taking(
        place=np.repeat([place for place, _ in families], sizes),
        handle=np.concatenate([np.arange(first[place], first[place + 1]) for place, _ in families]),
        appointment=appointment,
        order=np.argsort(appointment * len(End) + np.repeat([int(at.end) for _, at in families], sizes), kind="stable"),
    )


def lay_out(draft: Draft, taking: Taking, roster: Roster) -> Tables:
    """Return the tables before the first booking."""
    calendars = Calendars(draft.regime, draft.staff)
    found, terms = draft.appointments, [batch.terms for batch in draft.appointments.batches]
    wanted = found.column("wanted")
    appointments: dict[str, Any] = {
        "order": np.argsort(_keys(draft, terms), kind="stable"),
        "wanted": wanted.copy(),
        "clock": wanted % DAY,
        "parent": found.column("parent"),
        "after": found.spread([calendars.steps(one.terms.between[-1], one.after) for one in found.batches]),
        "length": found.column("length"),
        "outside": found.column("outside"),
        "is_visit": found.spread([int(one.is_visit) for one in terms]),
        "closes": found.spread([draft.staff.timeline(one.between[-1]).closes[-1] for one in terms]),
        "days": found.spread([calendars.common(one.between) for one in terms]),
        **_rules(draft, terms),
    }
    appointments |= _half_days(draft, terms, calendars, appointments)
    rows = _rows(draft, taking, calendars, wanted)
    shifted = calendars.shifted()
    rows["offset"] = _offsets(
        rows.pop("start"), rows["later"], wanted[taking.appointment[taking.order]], shifted, calendars
    )
    sizes = np.diff(roster.team_offset)[rows["team"]]
    rows["first_person"] = np.concatenate(([0], np.cumsum(np.minimum(rows["seats"], sizes))[:-1]))
    appointments |= _seats(rows, sizes, taking, found.column("surprise"), appointments["outside"])
    return Tables(
        **{name: np.ascontiguousarray(column, dtype=np.int64) for name, column in (appointments | rows).items()},
        **{
            name: column.astype(np.int64) for name, column in (calendars.day_tables() | calendars.time_tables()).items()
        },
        shifted=shifted,
        **_cadres(draft, roster),
        **_books(rows, len(roster.cadre_unit), calendars.year),
        **_results(rows, sizes, len(wanted)),
        year=calendars.year,
    )


def _keys(draft: Draft, terms: list[Terms]) -> NDArray[np.uint64]:
    """Return the key by which each appointment is ordered: turns of one cadre, then rank, parents first, identity."""
    found, ranks = draft.appointments, RANKS[draft.regime.policy.order]
    first = [(int(not one.own_turn) << RANK_BITS | ranks.get(one.category, 0)) for one in terms]
    depth = found.column("parent") >= 0
    key = (found.spread(first).astype(np.uint64) << np.uint64(1)) | depth.astype(np.uint64)
    bits = RANK_BITS + 2
    ordered: NDArray[np.uint64] = (key << np.uint64(KEY_BITS - bits)) | (found.column("identity") >> np.uint64(bits))
    return ordered


def _rules(draft: Draft, terms: list[Terms]) -> dict[str, Any]:
    """Return tolerance and quorums; an obligation's own numbers come before those of the policy."""
    policy, spread = draft.regime.policy.booking, draft.appointments.spread
    own = [one.booking for one in terms]
    return {
        name: spread([int((getattr(one, name, None) or usual).value) for one in own])
        for name, usual in (("tolerance", policy.tolerance), ("callers", policy.quorum), ("called", policy.quorum))
    }


def _half_days(
    draft: Draft, terms: list[Terms], calendars: Calendars, appointments: dict[str, Any]
) -> dict[str, NDArray[Any]]:
    """Return the half-day of each appointment, its seconds after the opening, and whether it keeps its time of day.

    It keeps it if it is told so, or is wanted outside regular hours.
    """
    keeps = draft.appointments.spread([one.keeps_clock for one in terms]).astype(np.bool_)
    half, after = np.full(len(keeps), -1), np.zeros(len(keeps), dtype=np.int64)
    for number in np.unique(appointments["days"]).tolist():
        mine = np.flatnonzero(appointments["days"] == number)
        clock = appointments["clock"][mine]
        for place, (opens, closes) in enumerate(calendars.hours(number)):
            inside = (clock >= opens) & (clock < closes)
            half[mine[inside]], after[mine[inside]] = place, clock[inside] - opens
    return {"half": np.maximum(half, 0), "after_opening": after, "keeps_clock": keeps | (half < 0)}


def _rows(draft: Draft, taking: Taking, calendars: Calendars, wanted: NDArray[np.int64]) -> dict[str, Any]:
    """Return the columns of the rows, sorted by appointment."""
    families, on = draft.appointments.seats, [one.terms.between[-1] for one in draft.appointments.batches]
    first = np.cumsum([0, *(len(one.wanted) for one in draft.appointments.batches)])

    def calendar(at: At) -> int:
        batch = int(np.searchsorted(first, at.appointment[0], side="right")) - 1 if len(at.appointment) else 0
        return calendars.steps(on[batch], at.later)

    sizes = [len(at.appointment) for _, at in families]
    rows: dict[str, Any] = {
        name: np.concatenate([draft.rows.family(place, name) for place, _ in families])[taking.order]
        for name in ("team", "unit", "seats", "effort", "start")
    }
    rows["end"] = np.repeat([int(at.end) for _, at in families], sizes)[taking.order]
    rows["later"] = np.repeat([calendar(at) for _, at in families], sizes)[taking.order]
    return rows


def _offsets(
    start: NDArray[np.int64],
    later: NDArray[np.int64],
    wanted: NDArray[np.int64],
    shifted: NDArray[np.int64],
    calendars: Calendars,
) -> NDArray[np.int64]:
    """Return the seconds from each row's appointment, some working days later, to the row's start."""
    day = np.clip(wanted // DAY, 0, calendars.year - 1)
    reached = np.where(later > 0, shifted[later * calendars.year + day], wanted // DAY)
    offset: NDArray[np.int64] = start - reached * DAY - wanted % DAY
    return offset


def _seats(
    rows: dict[str, Any],
    sizes: NDArray[np.int64],
    taking: Taking,
    surprise: NDArray[np.bool_],
    outside: NDArray[np.int64],
) -> dict[str, Any]:
    """Return the seats of each end and those that nobody can fill; mark the hosts of visits without notice."""
    appointment = taking.appointment[taking.order]
    count = len(surprise)
    rows["late"] = surprise[appointment] & (rows["end"] == End.CALLED)
    booked = np.where(rows["late"], 0, rows["seats"])

    place = appointment * len(End) + rows["end"]

    def added(chosen: NDArray[np.bool_] | slice, number: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(appointment[chosen], number[chosen], minlength=count).astype(np.int64)

    return {
        "caller_seats": added(rows["end"] == End.CALLERS, booked) + outside,
        "called_seats": added(rows["end"] == End.CALLED, booked),
        "escort_seats": added(rows["end"] == End.ESCORT, booked),
        "least": added(slice(None), np.maximum(booked - sizes, 0)),
        "first_row": np.searchsorted(appointment, np.arange(count + 1)),
        "first_called": np.searchsorted(place, np.arange(count) * len(End) + End.CALLED),
        "first_escort": np.searchsorted(place, np.arange(count) * len(End) + End.ESCORT),
    }


def _cadres(draft: Draft, roster: Roster) -> dict[str, Any]:
    """Return teams, the lots and the absences of cadres, and the seconds at which somebody leaves or comes back."""
    cadres, units = len(roster.cadre_unit), len(roster.unit_shift)
    cadre, away, back = roster.absences.T
    lot = draft.chance.uniform("booking", "lot", draft.staff.cadre_keys)
    place = np.empty(cadres, dtype=np.int64)
    place[np.argsort(lot, kind="stable")] = np.arange(cadres)
    horizon = draft.horizon
    pairs = np.unique(np.stack((np.tile(roster.cadre_unit[cadre], 2), np.concatenate((away, back))), axis=1), axis=0)
    unit, edge = pairs[pairs[:, 1] < horizon].T
    opens = [np.append(draft.staff.timelines[name].windows.opens, horizon) for name in draft.staff.shifts]
    reopens = [
        opens[roster.unit_shift[u]][np.searchsorted(opens[roster.unit_shift[u]][:-1], e)]
        for u, e in zip(unit, edge, strict=True)
    ]
    columns = {
        "first_member": roster.team_offset,
        "member": roster.team_members,
        "lot": place,
        "first_absence": np.searchsorted(cadre, np.arange(cadres + 1)),
        "away": away,
        "back": back,
        "first_edge": np.searchsorted(unit, np.arange(units + 1)),
        "edge": edge,
        "reopens": np.array(reopens, dtype=np.int64),
    }
    return {name: np.ascontiguousarray(column, dtype=np.int64) for name, column in columns.items()}


def _books(rows: dict[str, Any], cadres: int, year: int) -> dict[str, Any]:
    """Return the empty books, with room for all seats on all days that they touch."""
    room = int((rows["seats"] * (rows["effort"] // DAY + 2 + 1)).sum())
    narrow = np.int32
    return {
        "head": np.full(cadres * year, -1, dtype=narrow),
        "following": np.empty(room, dtype=narrow),
        "begin": np.empty(room, dtype=narrow),
        "finish": np.empty(room, dtype=narrow),
        "entries": np.zeros(1, dtype=np.int64),
        "booked": np.zeros(cadres, dtype=np.int64),
    }


def _results(rows: dict[str, Any], sizes: NDArray[np.int64], appointments: int) -> dict[str, Any]:
    return {
        "start": np.full(appointments, NOT_HELD, dtype=np.int64),
        "visitors": np.zeros(appointments, dtype=np.int64),
        "longer": np.zeros(appointments, dtype=np.int64),
        "filled": np.zeros(len(sizes), dtype=np.int64),
        "persons": np.zeros(int(np.minimum(rows["seats"], sizes).sum()), dtype=np.int64),
    }
