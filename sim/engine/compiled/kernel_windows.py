"""Opening and closing of windows: effects on the work in hand and on the queues (rules 9 and 10)."""

from __future__ import annotations

from sim.contract.plan import DAY as DAY_SECONDS
from sim.engine.compiled.kernel_books import book, book_gap
from sim.engine.compiled.kernel_circle import leave, line_up, rest
from sim.engine.compiled.kernel_dispatch import interrupt
from sim.engine.compiled.kernel_queue import is_on, sort_out
from sim.engine.compiled.kernel_tables import (
    AFTER,
    ALL_TEAMS,
    ALL_TEAMS_END,
    AWAY,
    BEGAN,
    CADRES_END,
    CHANGE,
    CLOSES,
    CLOSING,
    DAY_SLOT,
    EDGE,
    EDGES_END,
    ENDS,
    EVENING,
    EVENTS,
    FINISHED,
    FIRST_CADRE,
    FREE,
    HAND,
    KEY,
    LEFT,
    MIDNIGHT,
    NUMBER,
    OPENS,
    SECONDS_SLOT,
    START,
    WEEK,
    WEEK_SLOT,
    WINDOW,
    WINDOWS_END,
    Line,
    World,
)


def change_window(world: World, office: Line, now: int, waiting: int) -> int:
    """Process a window change (rules 9 and 10) and cadres who leave or come back (rule 16).

    `waiting` is the number of queued rows. Return the number of rows that went back to the queue.
    """
    windows, window = world.windows, office[WINDOW]
    ends, away, hand, start = world.cadres[ENDS], world.cadres[AWAY], world.cadres[HAND], world.rows[START]
    free = world.cadres[FREE]
    settle(world, office, now)
    office[EVENTS] += 1
    office[CLOSING], office[MIDNIGHT], office[CHANGE] = -1, -1, world.rules.horizon
    if window < office[WINDOWS_END]:
        office[CHANGE] = windows[OPENS][window]
    opening = office[CHANGE] == now
    if opening:
        office[WINDOW] = window + 1
        office[CLOSING] = office[CHANGE] = windows[CLOSES][window]
        start_day(world, office, now // DAY_SECONDS)
        if windows[EVENING][window]:
            office[MIDNIGHT] = (now // DAY_SECONDS + 1) * DAY_SECONDS
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        free[cadre] = now
        if ends[cadre] >= 0 and not away[cadre] and start[hand[cadre]] < 0:
            go_on(world, office, cadre, now)
    if opening and waiting > 0:
        for place in range(office[ALL_TEAMS], office[ALL_TEAMS_END]):
            sort_out(world, office, world.lists[place])
    handed_back = 0
    while office[EDGE] < office[EDGES_END] and world.lists[office[EDGE]] == now:
        handed_back += come_or_go(world, office, world.lists[office[EDGE] + 1], now)
        office[EDGE] += 2
    if office[EDGE] < office[EDGES_END]:
        office[CHANGE] = min(world.lists[office[EDGE]], office[CHANGE])
    return handed_back


def has_work(world: World, cadre: int) -> bool:
    """Return whether a cadre runs or holds flexible work."""
    row = world.cadres[HAND][cadre]
    return row >= 0 and world.rows[START][row] < 0 and world.log[FINISHED][row] < 0


def come_or_go(world: World, office: Line, who: int, now: int) -> int:
    """Let a cadre leave or come back while the unit is closed (rule 16); return the number of rows handed back."""
    cadre, back, cadres = who >> 1, who & 1, world.cadres
    cadres[AWAY][cadre] = 1 - back
    if cadres[KEY][cadre] >= 0:
        interrupt(world, office, cadre, now)
        cadres[HAND][cadre], cadres[KEY][cadre] = -1, -1
        return 1
    if back and cadres[AFTER][cadre] < 0 and not has_work(world, cadre):
        rest(world, office, cadre)
    elif cadres[ENDS][cadre] < 0:
        leave(world, cadre)
        cadres[ENDS][cadre] = world.rules.horizon
    return 0


def start_day(world: World, office: Line, day: int) -> None:
    """Set the places where the work of a day is booked."""
    rules = world.rules
    week = (day + rules.first_weekday) // 7
    office[DAY_SLOT] = office[NUMBER] * rules.days + day
    if week == office[WEEK]:
        return
    office[WEEK] = week
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        slot = cadre * rules.weeks + week
        world.cadres[WEEK_SLOT][cadre], world.cadres[SECONDS_SLOT][cadre] = slot, slot * rules.categories


def settle(world: World, office: Line, now: int) -> None:
    """Book all running flexible work, and the gaps of idle cadres, up to now."""
    began, ends = world.cadres[BEGAN], world.cadres[ENDS]
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        if began[cadre] >= 0:
            book(world, office, cadre, now)
        elif ends[cadre] < 0:
            book_gap(world, office, cadre, now)


def go_on(world: World, office: Line, cadre: int, now: int) -> None:
    """After a window change, run or hold the flexible work in hand, as the window demands (rules 9 and 10)."""
    cadres = world.cadres
    row = cadres[HAND][cadre]
    if cadres[AFTER][cadre] >= 0:
        leave(world, cadre)
    cadres[BEGAN][cadre], cadres[ENDS][cadre] = -1, world.rules.horizon
    if office[CLOSING] < 0 or not is_on(world, office, row):
        return
    cadres[BEGAN][cadre] = now
    end = now + world.log[LEFT][row]
    if end <= office[CLOSING]:
        line_up(world, office, cadre, end)
