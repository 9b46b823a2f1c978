"""What the kernel reads and writes: tables of integers.

A table is a two-dimensional array when the kernel runs compiled and a list of lists when it runs as plain Python; the
kernel cannot tell. Tables stand column by column, `rows[DUE][row]`, as they do in the plan; only units stand one after
the other, `units[unit][CLOSING]`, since what is known of one is handed about together.

Where there is no instant, the horizon stands, which is never reached; where there is no key, `Rules.no_key`. Both are
as small as can be, because plain Python compares small numbers faster.
"""

from __future__ import annotations

from typing import NamedTuple

Line = list[int]
Table = list[list[int]]

APART = -2
"""Where a team is that stands in no chain."""
EVERYBODY, SOME = -1, -2
NONE, MANY = -1, -2
"""In place of a team whose queue grew: none, or several."""

# Rows: the plan's columns.
UNIT, TEAM, SEATS, RELEASE, DUE, START, EFFORT, TRAVEL, PATIENCE, INTERRUPTIBLE, CATEGORY = range(11)
ORDER = 11
"""The first key of its rank and, where the discipline looks at it, due: (rank << due bits | due) << bits."""
PREDECESSOR = 12

# Links between rows.
HEIR = 0
"""The first row that follows this one, -1 if none."""
SIBLING = 1
"""The next row that follows the same predecessor, -1 if none."""
LINK_COLUMNS = 2

# Log: what happened to each row, as in `RunLog`.
BEGUN, FINISHED, RELEASED, BY = range(4)
"""Columns that begin with -1."""
OVERTIME, WORKED = 4, 5
LEFT = 6
"""Seconds of work left."""
LOG_COLUMNS = 7

# Counts: what happened to each row and is small.
INTERRUPTIONS, MISSED, GAVE_UP = range(3)
COUNT_COLUMNS = 3

# Places for keys, as many as there are rows.
HEAP = 0
"""What dispatch sees of each team's queue: a binary heap of keys."""
REST = 1
"""In an evening, what is not due: keys in no order."""
ARRIVED = 2
"""Rows of each unit in the order of their release."""
TIMERS = 3
"""What will happen to rows of each unit: a heap of instant << bits | number of the row inside its unit. A row not
released yet is released then; one that is gives up."""
HEAP_COLUMNS = 4

# Cadres, and after them two marks for each unit: where its circle begins, and where in it work begins.
HAND = 0
"""Row in hand, or the last that was; -1 before the first."""
KEY = 1
"""Key of the work in hand if it may be interrupted, else -1."""
BEGAN = 2
"""Since when flexible work in hand runs unbooked; -1 if none runs."""
ENDS = 3
"""When the work in hand will be finished; the horizon if not before the window closes; -1 while he is idle."""
AFTER, BEFORE = 4, 5
"""Neighbours in the circle (`kernel_circle.py`). None is after a cadre outside it: -1."""
OWN_TEAMS, OWN_TEAMS_END = 6, 7
"""His teams: from where to where in the lists."""
LAST_ROW, LAST_END, LAST_SPAN = 8, 9, 10
"""Row, end and place of the last span."""
WEEK_SLOT, SECONDS_SLOT = 11, 12
"""Where his time in the last window is booked, by week, and by week and category."""
AWAY = 13
"""1 while he is away, else 0."""
CADRE_FIELDS = 14

# Teams.
HEAD = 0
"""First key of the heap, never that of a row that gave up; `no_key` if there is none."""
BASE, SIZE, RESTING = 1, 2, 3
"""Where its keys begin, how many are in the heap, how many in the rest."""
CHAIN = 4
"""The next team whose queue grew beside others, or whose window changed, since the last look for victims. -1 at the end
of the chain, `APART` outside it. A queue that grows alone is looked at without the chain."""
MEMBERS, MEMBERS_END = 5, 6
"""Its members, ascending: from where to where in the lists."""
WHO = 7
"""Its member where it has just one; `EVERYBODY` where it is all of its unit, else `SOME` of them."""
TEAM_FIELDS = 8

# Units.
NUMBER = 0
ALARM = 2
"""First instant of the timers."""
WAITING = 3
"""Rows queued and not given up."""
CLOSING = 4
"""When the open window closes, -1 while none is open."""
MIDNIGHT = 5
"""In an evening window the end of its day, else -1."""
CHANGE, MEETING = 6, 7
"""When a window opens or closes next, and when an appointment starts."""
STIRRED = 8
"""First team of the chain, -1 if none."""
ARRIVALS = 9
"""Rows released so far."""
EVENTS = 10
"""All but releases and finishes, which the log tells."""
FIRST_ROW, FIRST_CADRE, CADRES_END = 11, 12, 13
CIRCLE, WORK = 14, 1
"""The two marks of its circle, as places among the cadres."""
ALARMS = 15
"""Number of its timers, which stand from `FIRST_ROW` on."""
WINDOW, WINDOWS_END = 16, 17
"""The next window to open."""
OPENINGS, OPENINGS_END = 18, 19
"""When its regular windows open: from where to where in the lists."""
NEXT_RELEASE, RELEASES_END = 20, 21
"""What the plan itself still releases, by (release, row): from where to where in the lists."""
NEXT_MEETING, MEETINGS_END = 22, 23
"""Appointments still to come, by (start, rank, row): from where to where in the lists."""
ALL_TEAMS, ALL_TEAMS_END = 24, 25
"""Its teams: from where to where in the lists."""
DAY_SLOT = 26
"""Where its idle time of the day of the last window is booked."""
WEEK = 27
"""Week of the last window, -1 before the first."""
EDGE, EDGES_END = 28, 29
"""Who leaves or comes back still: from where to where in the lists, each as second, then cadre << 1 | coming back."""
UNIT_FIELDS = 30

# Windows: opening, closing, evening or not.
OPENS, CLOSES, EVENING = range(3)

# Weeks: by cadre * weeks + week.
OVERTIME_SECONDS, IDLE = range(2)

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
    """Bits of the number of a row inside its unit, and of the order of its arrival there."""
    rank_bits: int
    """Bits of a key below the rank."""
    no_key: int
    """Behind any place in a queue; the first key of a rank there is not."""
    weakest: int
    """Keys from here on interrupt nobody in regular hours: those of the last rank, all where nothing is preempted."""
    impatient: int
    """Whether anything may give up."""
    keep_spans: int


class World(NamedTuple):
    """Everything."""

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
    """Every list of numbers that a field above gives the place of, one after the other."""
    groups: Table
    """Units that send work to each other, after those they only receive from: from where to where in the lists."""
    rounds: Line
    """When regular windows open, over all shifts."""
    seconds: Line
    """By (cadre * weeks + week) * categories + category."""
    weeks: Table
    unit_idle: Line
    """By unit * days + day."""
    spans: Table
    """What does not fit is counted only."""
    span_count: Line
    """One number."""
    rules: Rules
