"""Places in the calendar: the search for the time at which an appointment lacks the fewest seats.

Like the kernel of the engine these functions run as plain Python on lists, and compiled on arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.contract.plan import DAY
from sim.plan.booking.presence import book_row, count_free
from sim.plan.booking.tables import BEYOND, NEVER, NOT_HELD

if TYPE_CHECKING:
    from sim.plan.booking.tables import Tables

CALLERS, CALLED, ESCORT = 0, 1, 2
"""Ends of an appointment, as in `End`."""


def book_all(tables: Tables) -> None:
    """Book every appointment in order; then the hosts of visits without notice."""
    for place in range(len(tables.order)):
        book_one(tables, tables.order[place])
    for place in range(len(tables.order)):
        if tables.start[tables.order[place]] >= 0:
            receive(tables, tables.order[place])


def book_one(tables: Tables, appointment: int) -> None:
    """Book one appointment at its best time; leave it out if there is none within its tolerance."""
    wanted = wanted_time(tables, appointment)
    tables.wanted[appointment] = wanted
    if wanted < 0 or wanted >= tables.year * DAY:
        tables.start[appointment] = NOT_HELD if wanted == NOT_HELD else BEYOND
        return
    tables.start[appointment] = best_time(tables, appointment, wanted)
    if tables.start[appointment] >= 0:
        take(tables, appointment, tables.start[appointment])


def wanted_time(tables: Tables, appointment: int) -> int:
    """Return the wanted time; that of an appointment with a parent depends on the day of the parent."""
    parent = tables.parent[appointment]
    if parent < 0:
        return int(tables.wanted[appointment])
    if tables.start[parent] < 0:
        return int(tables.start[parent])
    return day_after(tables, tables.after[appointment], tables.start[parent] // DAY) * DAY + int(
        tables.clock[appointment]
    )


def day_after(tables: Tables, calendar: int, day: int) -> int:
    """Return the day that a calendar of working days reaches from a day."""
    return int(tables.shifted[calendar * tables.year + day])


def best_time(tables: Tables, appointment: int, wanted: int) -> int:
    """Return the time that lacks the fewest seats, the nearest of these, the earlier of two; `NOT_HELD` if none.

    The visitors and the extra time noted are those of this time.
    """
    days, today = tables.days[appointment], wanted // DAY
    first = tables.first_day[days]
    here = tables.before[days * (tables.year + 1) + today]
    works = first + here < tables.first_day[days + 1] and tables.day[first + here] == today
    fewest = lacking(tables, appointment, wanted, NEVER) if works else NEVER
    if fewest <= tables.least[appointment]:
        return wanted
    return search(tables, appointment, wanted, here, int(works), fewest)


def search(tables: Tables, appointment: int, wanted: int, here: int, works: int, fewest: int) -> int:
    """Return the best time among the candidates; `here` is the place of the wanted day among the common days.

    `works` is 1 if both ends work on the wanted day, `fewest` the seats that the wanted time lacks. Candidates are
    numbered by day and time of day; the wanted time, or its place among them, parts them.
    """
    days, tolerance = tables.days[appointment], tables.tolerance[appointment]
    low = max(here - tolerance, 0)
    high = min(here + tolerance + works, tables.first_day[days + 1] - tables.first_day[days])
    own, times = own_clock(tables, appointment)
    best, first = wanted if fewest < NEVER else NOT_HELD, tables.first_day[days] + low
    right, end = (here - low) * times + own * works, (high - low) * times
    left = right - 1
    right += works
    earlier = candidate(tables, appointment, first, own, times, left) if left >= 0 else -NEVER
    later = candidate(tables, appointment, first, own, times, right) if right < end else NEVER
    while left >= 0 or right < end:
        if wanted - earlier <= later - wanted:
            number, time = left, earlier
            left -= 1
            earlier = candidate(tables, appointment, first, own, times, left) if left >= 0 else -NEVER
        else:
            number, time = right, later
            right += 1
            later = candidate(tables, appointment, first, own, times, right) if right < end else NEVER
        lacks = lacking(tables, appointment, time, fewest) if fits(tables, appointment, own, number % times) else NEVER
        if lacks < fewest:
            best, fewest = time, lacks
            if lacks <= tables.least[appointment]:
                return best
    if best != NOT_HELD:
        lacking(tables, appointment, best, NEVER)
    return best


def own_clock(tables: Tables, appointment: int) -> tuple[int, int]:
    """Return the place of the wanted time of day among the times at which it may begin, and their number."""
    if tables.keeps_clock[appointment]:
        return 0, 1
    days = tables.days[appointment]
    return tables.half[appointment], tables.first_half[days + 1] - tables.first_half[days]


def candidate(tables: Tables, appointment: int, first_day: int, own: int, times: int, number: int) -> int:
    """Return the time of a candidate: days from `first_day` on, each half-day as long after its opening as wanted."""
    day, place = tables.day[first_day + number // times], number % times
    if place == own:
        return int(day * DAY + tables.clock[appointment])
    half = tables.first_half[tables.days[appointment]] + place
    return int(day * DAY + tables.opens[half] + tables.after_opening[appointment])


def fits(tables: Tables, appointment: int, own: int, place: int) -> bool:
    """Return whether it lies within one half-day; the wanted time of day is always allowed."""
    if place == own:
        return True
    half = tables.first_half[tables.days[appointment]] + place
    begin = tables.opens[half] + tables.after_opening[appointment]
    return bool(begin + tables.length[appointment] <= tables.until[half])


def begin_of(tables: Tables, row: int, time: int) -> int:
    """Return the second at which a row begins if its appointment begins at `time`."""
    day, later = time // DAY, tables.later[row]
    if later:
        day = day_after(tables, later, day)
    return int(day * DAY + time % DAY + tables.offset[row])


def lacking(tables: Tables, appointment: int, time: int, bound: int) -> int:
    """Return the seats that stay empty at a time; `NEVER` below a quorum, or if at least `bound` seats stay empty.

    Note the visitors and the extra time.
    """
    wanted, seats, longer = tables.caller_seats[appointment], tables.called_seats[appointment], 0
    visitors = free_at(tables, appointment, time, 0, CALLERS, NEVER if tables.is_visit[appointment] else bound)
    if tables.is_visit[appointment]:
        while 0 < visitors < wanted:
            longer = extra_time(tables, appointment, time, wanted, visitors)
            if longer == 0 or free_at(tables, appointment, time, longer, CALLERS, NEVER) >= visitors:
                break
            visitors -= 1
            longer = 0
    if visitors < min(tables.callers[appointment], wanted) or visitors < 0:
        return NEVER
    left = bound - (wanted - visitors)
    hosts = free_at(tables, appointment, time, longer, CALLED, left)
    if hosts < min(tables.called[appointment], seats) or hosts < 0:
        return NEVER
    left -= seats - hosts
    escort = free_at(tables, appointment, time, longer, ESCORT, left)
    left -= tables.escort_seats[appointment] - escort
    if escort < 0 or left <= 0:
        return NEVER
    tables.visitors[appointment], tables.longer[appointment] = visitors, longer
    return int(bound - left)


def extra_time(tables: Tables, appointment: int, time: int, wanted: int, visitors: int) -> int:
    """Return the seconds by which fewer visitors take longer; none beyond the close of the visited unit's day."""
    length = tables.length[appointment]
    most = max(length, tables.closes[appointment] - time % DAY)
    return int(min((length * wanted + visitors - 1) // visitors, most) - length)


def free_at(tables: Tables, appointment: int, time: int, longer: int, side: int, bound: int) -> int:
    """Count the seats at one end that free cadres can take, callers outside included.

    Return -1 if the time is impossible, or at least `bound` seats stay empty.
    """
    free, empty = tables.outside[appointment] if side == CALLERS else 0, 0
    first, last = tables.first_row[appointment], tables.first_row[appointment + 1]
    if side == CALLERS:
        last = tables.first_called[appointment]
    elif side == CALLED:
        first, last = tables.first_called[appointment], tables.first_escort[appointment]
    else:
        first = tables.first_escort[appointment]
    for row in range(first, last):
        if not tables.late[row]:
            found = seats_filled(tables, row, time, longer)
            free += found
            empty += tables.seats[row] - found
            if found < 0 or empty >= bound:
                return -1
    return int(free)


def seats_filled(tables: Tables, row: int, time: int, longer: int) -> int:
    """Count the seats of one row that free cadres can take: all of them after the year, -1 at an impossible time."""
    begin = begin_of(tables, row, time)
    end = begin + tables.effort[row] + longer
    if begin < 0 or runs_into_opening(tables, tables.unit[row], begin, end):
        return -1
    return int(tables.seats[row]) if begin >= tables.year * DAY else count_free(tables, row, begin, end)


def runs_into_opening(tables: Tables, unit: int, begin: int, end: int) -> bool:
    """Return whether work runs from before a change of the unit's cadres beyond its next opening (rule 16)."""
    for place in range(tables.first_edge[unit], tables.first_edge[unit + 1]):
        if tables.edge[place] > begin:
            return bool(end > tables.reopens[place])
    return False


def take(tables: Tables, appointment: int, time: int) -> None:
    """Book the cadres of an appointment; of the callers only those who are free for the whole of it."""
    left = tables.visitors[appointment] - tables.outside[appointment]
    for row in range(tables.first_row[appointment], tables.first_row[appointment + 1]):
        if not tables.late[row]:
            begin, most = begin_of(tables, row, time), tables.seats[row]
            if tables.end[row] == CALLERS:
                most = min(most, left)
            if begin < tables.year * DAY:
                end = begin + tables.effort[row] + tables.longer[appointment]
                most = book_row(tables, row, begin, end, most)
            if tables.end[row] == CALLERS:
                left -= most


def receive(tables: Tables, appointment: int) -> None:
    """Book the hosts of a visit without notice: those who are free for the whole of it."""
    for row in range(tables.first_row[appointment], tables.first_row[appointment + 1]):
        begin = begin_of(tables, row, tables.start[appointment])
        if tables.late[row] and begin < tables.year * DAY:
            end = begin + tables.effort[row] + tables.longer[appointment]
            book_row(tables, row, begin, end, tables.seats[row])
