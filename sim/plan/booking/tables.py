"""The tables of booking: flat columns of integers, as arrays for compiled code and as lists for plain Python."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.contract.booked import BEYOND, NOT_HELD

__all__ = ["BEYOND", "NEVER", "NOT_HELD", "Tables", "as_arrays", "as_lists", "empty_tables"]

NEVER = int(np.iinfo(np.int64).max) // 2
"""More seats than any appointment has, and more seconds than any year: the time cannot be taken."""


class Tables(NamedTuple):
    """Appointments, their rows, the calendars, the cadres; all columns are one-dimensional, of integers."""

    # Appointments
    order: Any
    """Appointments in the order of booking."""
    wanted: Any
    clock: Any
    """Second of the day at which it is wanted."""
    parent: Any
    after: Any
    """Calendar by which it follows its parent."""
    length: Any
    outside: Any
    caller_seats: Any
    """Seats of the callers, those outside included."""
    called_seats: Any
    escort_seats: Any
    is_visit: Any
    keeps_clock: Any
    tolerance: Any
    callers: Any
    """Quorum of the callers."""
    called: Any
    """Quorum of the called."""
    days: Any
    """Set of days on which both ends work."""
    half: Any
    """Place of its half-day among the common hours of a day."""
    after_opening: Any
    """Seconds from the opening of its half-day."""
    closes: Any
    """Second of the day at which the visited unit closes."""
    least: Any
    """Seats that no time can fill."""
    first_row: Any
    """First of its rows, sorted by end, with the end of all rows behind: shape (appointments + 1,)."""
    first_called: Any
    """First of its rows whose cadres are called; the callers stand before them."""
    first_escort: Any
    # Rows
    end: Any
    late: Any
    """1 for hosts of a visit without notice: whoever is there when it comes."""
    team: Any
    unit: Any
    seats: Any
    offset: Any
    later: Any
    """Calendar by which the row lies days after the appointment."""
    effort: Any
    first_person: Any
    """Place of the row's first cadre in `persons`, shape (rows,)."""
    # Calendars
    first_day: Any
    """Ranges of `day`, shape (sets + 1,)."""
    day: Any
    before: Any
    """Days of the set before each day of the year, shape (sets x (days + 1),)."""
    first_half: Any
    """Ranges of `opens`, shape (sets + 1,)."""
    opens: Any
    """Opening of a half-day: a stretch of regular hours that both ends have in common."""
    until: Any
    """Its close."""
    shifted: Any
    """Day reached from each day of the year by each calendar of working days, shape (calendars x days,)."""
    # Cadres
    first_member: Any
    member: Any
    lot: Any
    """Order of cadres who were booked for equally long."""
    first_absence: Any
    away: Any
    back: Any
    first_edge: Any
    """Ranges of `edge` by unit, shape (units + 1,)."""
    edge: Any
    reopens: Any
    """Next opening after each second at which a cadre of the unit leaves or comes back."""
    # Books
    head: Any
    """First entry of each cadre and day, -1 for none, shape (cadres x days,)."""
    following: Any
    begin: Any
    finish: Any
    entries: Any
    """Number of entries, shape (1,)."""
    booked: Any
    """Seconds for which each cadre is booked."""
    # Result
    start: Any
    visitors: Any
    """Callers who come, those outside included."""
    longer: Any
    """Seconds by which the appointment takes longer."""
    filled: Any
    """Cadres booked, by row."""
    persons: Any
    """Cadres booked, one range a row."""
    # Numbers
    year: int
    """Days of the year."""


def as_lists(tables: Tables) -> Tables:
    """Return the tables as Python lists, because plain Python reads single items of a list far faster."""
    columns: dict[str, Any] = tables._asdict()
    return Tables(**{name: column.tolist() if name != "year" else column for name, column in columns.items()})


def as_arrays(tables: Tables) -> Tables:
    """Return the tables as arrays again."""
    columns: dict[str, Any] = tables._asdict()
    year = columns.pop("year")
    return Tables(**{name: np.array(column, dtype=np.int64) for name, column in columns.items()}, year=year)


NARROW = ("head", "following", "begin", "finish")
"""Columns of 32-bit integers; there is an entry for each cadre and day."""


def empty_tables() -> Tables:
    """Return tables without any row, whose columns have the types of all tables."""
    columns: dict[str, Any] = {
        name: np.zeros(0, dtype=np.int32 if name in NARROW else np.int64) for name in Tables._fields if name != "year"
    }
    return Tables(**columns, year=0)
