"""The outcome of booking, written into the rows of a draft: times, people, and the work that moves along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.contract.booked import Altered, Booked
from sim.contract.plan import DAY, Roster
from sim.plan.booking.tables import NOT_HELD
from sim.plan.rows.appointments import End

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.plan.booking.layout import Taking
    from sim.plan.booking.tables import Tables
    from sim.plan.rows.draft import Draft

ALTERED = ("release", "due", "start", "effort", "team")
"""Columns that booking writes."""


@dataclass(frozen=True)
class Outcome:
    """The appointments of a draft as booked; rows are handles until `booked`."""

    tables: Tables
    taking: Taking
    roster: Roster
    """The roster with a team for each group of cadres booked together."""
    teams: int
    """Number of teams before."""
    obligation: NDArray[np.int64]
    seats: NDArray[np.int64]
    filled: NDArray[np.int64]
    in_vain: NDArray[np.int64]
    unreceived: NDArray[np.int64]
    altered: dict[str, NDArray[Any]]
    """Handles and columns as wanted."""
    left_out: dict[str, NDArray[Any]]

    def present(self, handles: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the share of the callers wanted who come to the appointments of some rows; 1 if none are wanted."""
        appointment = self.taking.appointment[np.searchsorted(self.taking.handle, handles)]
        wanted, come = self.seats[appointment, End.CALLERS], self.filled[appointment, End.CALLERS]
        share: NDArray[np.float64] = np.where(wanted > 0, come / np.maximum(wanted, 1), 1.0)
        return share

    def times(self, appointment: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the time booked for some appointments; `wanted` where there is none or it is not held."""
        start = np.append(self.tables.start, NOT_HELD)[appointment]
        return np.where(start >= 0, start, wanted)

    def held(self, appointment: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return True for appointments that are held, and where there is none (-1)."""
        held: NDArray[np.bool_] = (appointment < 0) | (np.append(self.tables.start, NOT_HELD)[appointment] >= 0)
        return held

    def booked(self, draft: Draft, row_of: NDArray[np.int64]) -> Booked:
        """Return the appointments for the metrics; handle h becomes `row_of[h]`."""
        found, altered = draft.appointments, dict(self.altered)
        altered["row"] = row_of[altered.pop("handle")]
        kept = altered["row"] >= 0
        return Booked(
            obligation=self.obligation,
            unit=found.column("unit"),
            identity=found.column("identity"),
            wanted=found.column("wanted"),
            start=self.tables.start,
            seats=self.seats,
            filled=self.filled,
            outside=found.column("outside"),
            in_vain=_kept(row_of[self.in_vain]),
            unreceived=_kept(row_of[self.unreceived]),
            teams=self.teams,
            altered=Altered(**{name: column[kept] for name, column in altered.items()}),
            left_out=self.left_out,
        )


def _kept(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return rows[rows >= 0]


def write_outcome(draft: Draft, taking: Taking, tables: Tables, roster: Roster) -> Outcome:
    """Write the booked times and people into the rows, and return them with the demand.

    A row keeps its number of seats; its team becomes exactly the cadres booked. Rows of cancelled appointments, and
    rectification after them, are moved to the end of the year, which leaves them out.
    """
    row = _unsorted(np.arange(len(taking.order)), taking.order)
    booked = _booked_teams(tables, roster)
    begin = _begins(tables)[row]
    held = tables.start[taking.appointment] >= 0
    columns = {
        "team": booked.team[row],
        "start": np.where(held, begin, -1),
        "effort": tables.effort[row] + tables.longer[taking.appointment],
    }
    wanted = {name: _written(draft, taking, name) for name in ALTERED}
    dropped = taking.handle[~held & (wanted["release"] < draft.horizon)]
    left_out = draft.rows.pick(np.sort(dropped))
    ends = np.cumsum([len(at.appointment) for _, at in draft.appointments.seats])
    for (place, at), end in zip(draft.appointments.seats, ends.tolist(), strict=True):
        mine = slice(end - len(at.appointment), end)
        _rewrite(draft, place, held[mine], {name: column[mine] for name, column in columns.items()})
    altered = held & ((columns["team"] != wanted["team"]) | (columns["start"] != wanted["start"]))
    altered |= held & (columns["effort"] != wanted["effort"])
    parts = [{"handle": taking.handle[altered], **{name: wanted[name][altered] for name in ALTERED}}]
    in_vain, gone = _move_along(draft, tables, parts)
    seats, filled = _seats(tables, taking, row)
    late = tables.late[row].astype(np.bool_) & held & (tables.filled[row] == 0)
    return Outcome(
        tables=tables,
        taking=taking,
        roster=booked.roster,
        teams=len(roster.team_unit),
        obligation=_obligations(draft),
        seats=seats,
        filled=filled,
        in_vain=in_vain,
        unreceived=taking.handle[late],
        altered={name: np.concatenate([part[name] for part in parts]) for name in parts[0]},
        left_out={name: np.concatenate((column, gone[name])) for name, column in left_out.items()},
    )


def _obligations(draft: Draft) -> NDArray[np.int64]:
    sources = {name: number for number, name in enumerate(draft.sources)}
    return draft.appointments.spread([sources.get(one.terms.source, -1) for one in draft.appointments.batches])


def _unsorted(values: NDArray[Any], order: NDArray[np.int64]) -> NDArray[Any]:
    given = np.empty_like(values)
    given[order] = values
    return given


def _written(draft: Draft, taking: Taking, name: str) -> NDArray[Any]:
    return np.concatenate([draft.rows.family(place, name) for place, _ in draft.appointments.seats])


def _begins(tables: Tables) -> NDArray[np.int64]:
    """Return the second at which each row of the tables begins; any number for rows that are not held."""
    appointment = np.repeat(np.arange(len(tables.start)), np.diff(tables.first_row))
    start = np.maximum(tables.start[appointment], 0)
    day = tables.shifted[tables.later * tables.year + start // DAY]
    begins: NDArray[np.int64] = day * DAY + start % DAY + tables.offset
    return begins


def _rewrite(draft: Draft, place: int, held: NDArray[np.bool_], columns: dict[str, NDArray[Any]]) -> None:
    """Write one family: times, efforts and teams of rows that are held; the others are moved behind the year."""
    for name, column in columns.items():
        draft.rows.rewrite(place, name, column)
    draft.rows.rewrite(place, "release", np.where(held, columns["start"], draft.horizon))


def _move_along(
    draft: Draft, tables: Tables, parts: list[dict[str, NDArray[Any]]]
) -> tuple[NDArray[np.int64], dict[str, NDArray[Any]]]:
    """Date the work that follows appointments anew; add it to `parts` as it was.

    Return the preparation for cancelled appointments, and the rows that are left out with them.
    """
    first, none = draft.rows.first_of(), np.zeros(0, dtype=np.int64)
    in_vain, gone = [none], [none]
    wanted = draft.appointments.column("wanted")
    for place, follows in draft.appointments.followers:
        start, was = tables.start[follows.appointment], wanted[follows.appointment]
        after = follows.within is not None
        moved = np.flatnonzero((start >= 0) & (start != was))
        off = np.flatnonzero((start < 0) & (was < draft.horizon))
        if after:
            gone.append(first[place] + off)
        else:
            in_vain.append(first[place] + off[start[off] == NOT_HELD])
        if len(moved):
            columns = {name: draft.rows.family(place, name)[moved] for name in ALTERED}
            parts.append({"handle": first[place] + moved, **columns})
            dates = follows.dates(draft.staff.timeline(follows.on), start[moved], moved)
            for name, date in zip(("release", "due"), dates, strict=True):
                column = draft.rows.family(place, name).copy()
                column[moved] = date
                draft.rows.rewrite(place, name, column)
    left_out = np.concatenate(gone)
    picked = draft.rows.pick(np.sort(left_out))
    for place, follows in draft.appointments.followers:
        off = tables.start[follows.appointment] < 0
        if follows.within is not None and off.any():
            release = draft.rows.family(place, "release")
            draft.rows.rewrite(place, "release", np.where(off, draft.horizon, release))
    return np.concatenate(in_vain), picked


def _seats(tables: Tables, taking: Taking, row: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the seats wanted and filled at each end, those outside included, shape (appointments, 3)."""
    count, ends = len(tables.start), len(End)
    cell = np.repeat(np.arange(count), np.diff(tables.first_row)) * ends + tables.end

    def added(number: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(cell, number, minlength=count * ends).astype(np.int64).reshape(count, ends)

    seats, filled = added(tables.seats), added(tables.filled)
    seats[:, End.CALLERS] += tables.outside
    filled[:, End.CALLERS] += np.where(tables.start >= 0, tables.outside, 0)
    return seats, filled


@dataclass(frozen=True)
class _Teams:
    team: NDArray[np.int64]
    """Team of the cadres booked, by row of the tables."""
    roster: Roster


def _booked_teams(tables: Tables, roster: Roster) -> _Teams:
    """Number the groups of cadres booked together.

    A whole team keeps its number, and a single cadre's team has the number of the cadre. New teams follow.
    """
    sizes = np.diff(roster.team_offset)
    whole = tables.filled == sizes[tables.team]
    team = tables.team.copy()
    members, units, lengths = [roster.team_members], [roster.team_unit], [sizes]
    number = len(roster.team_unit)
    one = ~whole & (tables.filled == 1)
    team[one] = tables.persons[tables.first_person[one]]
    for count in np.unique(tables.filled[~whole & (tables.filled != 1)]).tolist():
        mine = np.flatnonzero(~whole & (tables.filled == count))
        people = np.sort(tables.persons[tables.first_person[mine, None] + np.arange(count)], axis=1)
        key = tables.unit[mine].astype(np.int64)
        for column in people.T:
            _, key = np.unique(key * len(roster.cadre_unit) + column, return_inverse=True)
        _, chosen, place = np.unique(key, return_index=True, return_inverse=True)
        team[mine] = number + place
        members.append(people[chosen].ravel())
        units.append(tables.unit[mine][chosen])
        lengths.append(np.full(len(chosen), count))
        number += len(chosen)
    narrow = np.int32
    return _Teams(
        team,
        replace(
            roster,
            team_unit=np.concatenate(units).astype(narrow),
            team_offset=np.concatenate(([0], np.cumsum(np.concatenate(lengths)))).astype(narrow),
            team_members=np.concatenate(members).astype(narrow),
        ),
    )
