"""The kernel's tables of integers.

A table is a two-dimensional array when the kernel runs compiled and a list of lists when it runs as plain Python; the
kernel uses both alike. Tables are stored by column, `rows[DUE][row]`, as in the plan. Only units are stored by row,
`units[unit][CLOSING]`, since the kernel passes a whole unit to its functions.

The horizon stands for "no instant", because it is never reached, and `Rules.no_key` for "no key". Both are as small as
possible, because plain Python compares small integers faster.
"""

from __future__ import annotations

from typing import NamedTuple

Line = list[int]
Table = list[list[int]]

APART = -2
"""Value of `CHAIN` for a team outside the chain."""
EVERYBODY, SOME = -1, -2
NONE, MANY = -1, -2
"""In place of the number of the team whose queue grew: no team, or several."""

# Rows: the plan's columns.
UNIT, TEAM, SEATS, RELEASE, DUE, START, EFFORT, TRAVEL, PATIENCE, INTERRUPTIBLE, CATEGORY = range(11)
ORDER = 11
"""The smallest key of the row's rank and, under `earliest_due`, due: (rank << due bits | due) << bits."""
PREDECESSOR = 12

# Links between rows.
HEIR = 0
"""The first successor of a row, -1 if none."""
SIBLING = 1
"""The next row with the same predecessor, -1 if none."""
LINK_COLUMNS = 2

# Log: one entry a row, with the meanings of `RunLog`.
BEGUN, FINISHED, RELEASED, BY = range(4)
"""Columns whose initial value is -1."""
OVERTIME, WORKED = 4, 5
LEFT = 6
"""Remaining seconds of work."""
LOG_COLUMNS = 7

# Counts: small numbers, one entry a row.
INTERRUPTIONS, MISSED, GAVE_UP = range(3)
COUNT_COLUMNS = 3

# Heaps: as many places as there are rows.
HEAP = 0
"""The rows of each team's queue that dispatch considers: a binary heap of keys."""
REST = 1
"""Rows of each team's queue that are not due in an evening window: keys, not sorted."""
ARRIVED = 2
"""Rows of each unit in the order of their release."""
TIMERS = 3
"""Scheduled events of each unit: a heap of instant << bits | number of the row inside its unit. The event is the row's
release, or, if it is released already, its give-up."""
HEAP_COLUMNS = 4

# Cadres, followed by two marks for each unit: the beginning of its circle, and the beginning of the busy cadres in it.
HAND = 0
"""Row in hand, or the last one; -1 before the first."""
KEY = 1
"""Key of the work in hand if it is interruptible, else -1."""
BEGAN = 2
"""Second from which running flexible work is not booked yet; -1 if none runs."""
ENDS = 3
"""Finish of the work in hand; the horizon if it will not finish in this window; -1 while idle."""
AFTER, BEFORE = 4, 5
"""Neighbours in the circle (`kernel_circle.py`). `AFTER` is -1 for a cadre outside it."""
OWN_TEAMS, OWN_TEAMS_END = 6, 7
"""The cadre's teams: begin and end in the lists."""
LAST_ROW, LAST_END, LAST_SPAN = 8, 9, 10
"""Row, end and place of the last span."""
WEEK_SLOT, SECONDS_SLOT = 11, 12
"""Places where the time in the last window is booked: by week, and by week and category."""
AWAY = 13
"""1 while away, else 0."""
FREE = 14
"""Opening of the last window, or the cadre's last finish or interruption in it."""
SHORTEST = 15
"""Seconds that a gap must last to be usable."""
CADRE_FIELDS = 16

# Teams.
HEAD = 0
"""Smallest key of the heap, never that of a row that gave up; `no_key` if the heap is empty."""
BASE, SIZE, RESTING = 1, 2, 3
"""First place of the team's keys, number of keys in the heap, number of keys in the rest."""
CHAIN = 4
"""The next team of the chain: teams whose window changed, or whose queue grew together with others, since the last
search for victims. -1 at the end of the chain, `APART` outside it. A queue that grows alone is searched without the
chain."""
MEMBERS, MEMBERS_END = 5, 6
"""The team's members, ascending: begin and end in the lists."""
WHO = 7
"""The only member of a team of one; `EVERYBODY` if the team is its whole unit, else `SOME`."""
TEAM_FIELDS = 8

# Units.
NUMBER = 0
ALARM = 2
"""First instant of the timers."""
WAITING = 3
"""Number of rows queued and not given up."""
CLOSING = 4
"""Close of the open window, -1 while none is open."""
MIDNIGHT = 5
"""End of the day in an evening window, else -1."""
CHANGE, MEETING = 6, 7
"""Next window change or absence edge, and start of the next appointment."""
STIRRED = 8
"""First team of the chain, -1 if none."""
ARRIVALS = 9
"""Number of rows released so far."""
EVENTS = 10
"""Number of events except releases and finishes, which are counted from the log."""
FIRST_ROW, FIRST_CADRE, CADRES_END = 11, 12, 13
CIRCLE, WORK = 14, 1
"""The two marks of the unit's circle, as places in the table of cadres."""
ALARMS = 15
"""Number of timers; they are stored from `FIRST_ROW` on."""
WINDOW, WINDOWS_END = 16, 17
"""The next window to open, and the end of the unit's windows."""
OPENINGS, OPENINGS_END = 18, 19
"""Openings of the unit's regular windows: begin and end in the lists."""
NEXT_RELEASE, RELEASES_END = 20, 21
"""Rows that the plan still releases, by (release, row): begin and end in the lists."""
NEXT_MEETING, MEETINGS_END = 22, 23
"""Appointments still to come, by (start, rank, row): begin and end in the lists."""
ALL_TEAMS, ALL_TEAMS_END = 24, 25
"""The unit's teams: begin and end in the lists."""
DAY_SLOT = 26
"""Place where usable gaps of the day of the last window are booked."""
WEEK = 27
"""Week of the last window, -1 before the first."""
EDGE, EDGES_END = 28, 29
"""Absence edges still to come: begin and end in the lists; each is a second, then cadre << 1 | coming back."""
UNIT_FIELDS = 30

# Windows: opening, closing, 1 for an evening window.
OPENS, CLOSES, EVENING = range(3)

# Weeks: by cadre * weeks + week.
OVERTIME_SECONDS, IDLE, USABLE = range(3)

# Spans.
SPAN_CADRE, SPAN_ROW, SPAN_BEGIN, SPAN_END = range(4)
SPAN_COLUMNS = 4


class Rules(NamedTuple):
    """Numbers of the whole plan."""

    horizon: int
    preemptive: int
    switching_cost: int
    first_weekday: int
    days: int
    weeks: int
    categories: int
    bits: int
    """Bits of a row's number inside its unit, and of its arrival number."""
    rank_bits: int
    """Bits of a key below the rank."""
    no_key: int
    """Larger than every key: the smallest key of the rank after the last one."""
    weakest: int
    """Keys from here on preempt nothing in regular hours: the keys of the last rank; all keys without preemption."""
    impatient: int
    """1 if some row has patience, else 0."""
    keep_spans: int


class World(NamedTuple):
    """All tables of one run."""

    rows: Table
    links: Table
    log: Table
    counts: Table
    heaps: Table
    cadres: Table
    teams: Table
    units: Table
    windows: Table
    lists: Line
    """All lists whose begin and end stand in the tables, one after the other."""
    groups: Table
    """Groups of units that send work to each other, senders before receivers: begin and end in the lists."""
    rounds: Line
    """Openings of regular windows, over all shifts."""
    seconds: Line
    """By (cadre * weeks + week) * categories + category."""
    weeks: Table
    unit_usable: Line
    """By unit * days + day."""
    spans: Table
    """Spans that do not fit are counted, not stored."""
    span_count: Line
    """One number: spans so far."""
    rules: Rules
