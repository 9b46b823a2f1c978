"""Booking read as its rules, in plain Python: the oracle of `sim.plan.booking`.

It takes the tables before booking, enumerates every candidate of every appointment and takes the best. It shares no
logic with the booking itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sim.plan.booking.tables import BEYOND, NOT_HELD
from tests.regimes import DAY

if TYPE_CHECKING:
    from sim.plan.booking.tables import Tables

CALLERS, CALLED, ESCORT = range(3)
Stretch = tuple[int, int]


class Try(NamedTuple):
    """A candidate: sorting it puts the best one first."""

    lacks: int
    distance: int
    time: int
    visitors: int
    longer: int


@dataclass
class Diaries:
    """The books: stretches of time for which each cadre is booked."""

    tables: Tables
    busy: dict[tuple[int, int], set[Stretch]] = field(default_factory=dict)
    """Stretches by cadre and day that they touch."""
    spent: Counter[int] = field(default_factory=Counter)
    """Seconds booked, by cadre."""
    start: dict[int, int] = field(default_factory=dict)
    longer: dict[int, int] = field(default_factory=dict)
    persons: dict[int, list[int]] = field(default_factory=dict)
    """Cadres booked, by row."""

    def members(self, row: int) -> list[int]:
        team = self.tables.team[row]
        return list(self.tables.member[self.tables.first_member[team] : self.tables.first_member[team + 1]])

    def free(self, row: int, begin: int, end: int) -> list[int]:
        """List the members who are there and have no other appointment, those booked for the shortest time first."""
        found = []
        for cadre in self.members(row):
            absences = range(self.tables.first_absence[cadre], self.tables.first_absence[cadre + 1])
            away = any(self.tables.away[k] <= begin < self.tables.back[k] for k in absences)
            near = set().union(*(self.busy.get((cadre, day), ()) for day in days_of(begin, end)))
            clash = any(first < end and begin < last for first, last in near)
            if not away and not clash:
                found.append(cadre)
        return sorted(found, key=lambda cadre: (self.spent[cadre], self.tables.lot[cadre]))

    def rows(self, appointment: int) -> range:
        return range(self.tables.first_row[appointment], self.tables.first_row[appointment + 1])

    def stretch(self, row: int, time: int, longer: int) -> Stretch:
        day = self.tables.shifted[self.tables.later[row] * self.tables.year + time // DAY]
        begin = day * DAY + time % DAY + self.tables.offset[row]
        return begin, begin + self.tables.effort[row] + longer

    def filled(self, appointment: int, time: int, longer: int, end: int) -> int | None:
        """Count the seats that can be filled at one end; None if the time is impossible."""
        total = self.tables.outside[appointment] if end == CALLERS else 0
        for row in self.rows(appointment):
            if self.tables.end[row] != end or self.tables.late[row]:
                continue
            begin, finish = self.stretch(row, time, longer)
            unit = self.tables.unit[row]
            edges = range(self.tables.first_edge[unit], self.tables.first_edge[unit + 1])
            if begin < 0 or any(self.tables.edge[k] > begin and finish > self.tables.reopens[k] for k in edges):
                return None
            if begin >= self.tables.year * DAY:
                total += self.tables.seats[row]
            else:
                total += min(self.tables.seats[row], len(self.free(row, begin, finish)))
        return int(total)

    def wanted(self, appointment: int, end: int) -> int:
        seats = sum(
            self.tables.seats[row]
            for row in self.rows(appointment)
            if self.tables.end[row] == end and not self.tables.late[row]
        )
        return int(seats + (self.tables.outside[appointment] if end == CALLERS else 0))

    def visitors(self, appointment: int, time: int) -> tuple[int, int] | None:
        """Return the most visitors who are free for as long as so many take, and the seconds that they take longer."""
        there = self.filled(appointment, time, 0, CALLERS)
        wanted, length = self.wanted(appointment, CALLERS), self.tables.length[appointment]
        if there is None or not self.tables.is_visit[appointment] or there == wanted:
            return None if there is None else (there, 0)
        most = max(length, self.tables.closes[appointment] - time % DAY)
        for visitors in range(there, 0, -1):
            longer = min(-(-length * wanted // visitors), most) - length
            if (self.filled(appointment, time, longer, CALLERS) or 0) >= visitors:
                return visitors, longer
        return 0, 0

    def attempt(self, appointment: int, time: int, wanted: int) -> Try | None:
        """Return a candidate; None if it is impossible or below a quorum."""
        come = self.visitors(appointment, time)
        if come is None:
            return None
        visitors, longer = come
        hosts = self.filled(appointment, time, longer, CALLED)
        escort = self.filled(appointment, time, longer, ESCORT)
        if hosts is None or escort is None:
            return None
        seats = [self.wanted(appointment, end) for end in (CALLERS, CALLED, ESCORT)]
        if visitors < min(self.tables.callers[appointment], seats[CALLERS]):
            return None
        if hosts < min(self.tables.called[appointment], seats[CALLED]):
            return None
        lacks = sum(seats) - visitors - hosts - escort
        return Try(lacks, abs(time - wanted), time, visitors, longer)

    def candidates(self, appointment: int, wanted: int) -> set[int]:
        tables, days = self.tables, self.tables.days[appointment]
        common = list(tables.day[tables.first_day[days] : tables.first_day[days + 1]])
        today = wanted // DAY
        near = [day for day in common if day < today][-int(tables.tolerance[appointment]) or len(common) :]
        near += [day for day in common if day > today][: int(tables.tolerance[appointment])]
        clocks = {int(tables.clock[appointment])}
        if not tables.keeps_clock[appointment]:
            halves = range(tables.first_half[days], tables.first_half[days + 1])
            own = next(k for k in halves if tables.opens[k] <= tables.clock[appointment] < tables.until[k])
            after = tables.clock[appointment] - tables.opens[own]
            clocks |= {
                int(tables.opens[k] + after)
                for k in halves
                if tables.opens[k] + after + tables.length[appointment] <= tables.until[k]
            }
        near += [today] if today in common else []
        return {int(day) * DAY + clock for day in near for clock in clocks}

    def book(self, appointment: int) -> None:
        tables, parent = self.tables, self.tables.parent[appointment]
        wanted = int(tables.wanted[appointment])
        if parent >= 0 and self.start[parent] >= 0:
            day = tables.shifted[tables.after[appointment] * tables.year + self.start[parent] // DAY]
            wanted = int(day * DAY + tables.clock[appointment])
        elif parent >= 0:
            self.start[appointment] = self.start[parent]
            return
        if wanted >= tables.year * DAY:
            self.start[appointment] = BEYOND
            return
        tries = [self.attempt(appointment, time, wanted) for time in self.candidates(appointment, wanted)]
        best = min((one for one in tries if one is not None), default=None)
        self.start[appointment] = NOT_HELD if best is None else best.time
        if best is None:
            return
        self.longer[appointment] = best.longer
        left = best.visitors - tables.outside[appointment]
        for row in self.rows(appointment):
            if tables.late[row]:
                continue
            most = min(left, tables.seats[row]) if tables.end[row] == CALLERS else tables.seats[row]
            taken = self.take(row, best.time, best.longer, most)
            left -= taken if tables.end[row] == CALLERS else 0

    def take(self, row: int, time: int, longer: int, most: int) -> int:
        begin, end = self.stretch(row, time, longer)
        if begin >= self.tables.year * DAY:
            return int(most)
        chosen = self.free(row, begin, end)[:most]
        for cadre in chosen:
            self.spent[cadre] += end - begin
            for day in days_of(begin, end):
                self.busy.setdefault((cadre, day), set()).add((begin, end))
        self.persons[row] = chosen
        return len(chosen)


def book_by_the_rules(tables: Tables) -> Diaries:
    """Book all appointments in order, then the hosts of visits without notice."""
    diaries = Diaries(tables)
    for appointment in tables.order:
        diaries.book(int(appointment))
    for appointment in tables.order:
        if diaries.start[int(appointment)] < 0:
            continue
        for row in diaries.rows(appointment):
            if tables.late[row]:
                one = int(appointment)
                diaries.take(row, diaries.start[one], diaries.longer[one], int(tables.seats[row]))
    return diaries


def days_of(begin: int, end: int) -> range:
    return range(int(begin) // DAY, int(end - 1) // DAY + 1)
