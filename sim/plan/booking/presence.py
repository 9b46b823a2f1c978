"""People and their calendars: who is free from one second to another, and who is booked.

Like the kernel of the engine these functions run as plain Python on lists, and compiled on arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.contract.plan import DAY

if TYPE_CHECKING:
    from sim.plan.booking.tables import Tables


def is_free(tables: Tables, cadre: int, begin: int, end: int) -> bool:
    """Return whether a cadre is at the desk at `begin`, and booked for nothing from then to `end`."""
    for absence in range(tables.first_absence[cadre], tables.first_absence[cadre + 1]):
        if tables.away[absence] <= begin < tables.back[absence]:
            return False
    for day in range(begin // DAY, min((end - 1) // DAY + 1, tables.year)):
        entry = tables.head[cadre * tables.year + day]
        while entry >= 0:
            if tables.begin[entry] < end and begin < tables.finish[entry]:
                return False
            entry = tables.following[entry]
    return True


def fill(tables: Tables, cadre: int, begin: int, end: int) -> None:
    """Book a cadre from `begin` to `end`."""
    tables.booked[cadre] += end - begin
    for day in range(begin // DAY, min((end - 1) // DAY + 1, tables.year)):
        entry, place = tables.entries[0], cadre * tables.year + day
        tables.entries[0] = entry + 1
        tables.begin[entry], tables.finish[entry] = begin, end
        tables.following[entry] = tables.head[place]
        tables.head[place] = entry


def count_free(tables: Tables, row: int, begin: int, end: int) -> int:
    """Count the free members of a row's team; no more than the row has seats."""
    team, seats, free = tables.team[row], tables.seats[row], 0
    for place in range(tables.first_member[team], tables.first_member[team + 1]):
        if free == seats:
            break
        if is_free(tables, tables.member[place], begin, end):
            free += 1
    return free


def book_row(tables: Tables, row: int, begin: int, end: int, most: int) -> int:
    """Book free members of a row's team, at most `most`, those booked for the shortest time first; return how many."""
    team, first = tables.team[row], tables.first_person[row]
    booked = 0
    while booked < most:
        chosen = -1
        for place in range(tables.first_member[team], tables.first_member[team + 1]):
            cadre = tables.member[place]
            if (chosen < 0 or comes_before(tables, cadre, chosen)) and is_free(tables, cadre, begin, end):
                chosen = cadre
        if chosen < 0:
            break
        fill(tables, chosen, begin, end)
        tables.persons[first + booked] = chosen
        booked += 1
    tables.filled[row] = booked
    return booked


def comes_before(tables: Tables, one: int, other: int) -> bool:
    """Return whether one cadre is asked before another: fewer seconds booked so far, then by lot."""
    if tables.booked[one] != tables.booked[other]:
        return bool(tables.booked[one] < tables.booked[other])
    return bool(tables.lot[one] < tables.lot[other])
