"""Opening and closing: what happens to the work in hand and in the queues (rules 9 and 10)."""

from __future__ import annotations

from sim.engine.contract import DAY as DAY_SECONDS
from sim.engine.kernel_books import book
from sim.engine.kernel_queue import is_on, sort_out
from sim.engine.kernel_tables import (
    ALL_TEAMS,
    ALL_TEAMS_END,
    BEGAN,
    CADRES_END,
    CHANGE,
    CLOSES,
    CLOSING,
    DAY_SLOT,
    ENDS,
    EVENING,
    EVENTS,
    FINISHED,
    FIRST_CADRE,
    HAND,
    LEFT,
    MIDNIGHT,
    NEVER,
    NUMBER,
    OPENS,
    SECONDS_SLOT,
    SOONEST,
    START,
    WEEK_SLOT,
    WINDOW,
    WINDOWS_END,
    Line,
    World,
)


def change_window(world: World, office: Line, now: int) -> None:
    """Close, open, or both at once (rules 9 and 10)."""
    windows, cadres, rules, window = world.windows, world.cadres, world.rules, office[WINDOW]
    settle(world, office, now)
    opening = window < office[WINDOWS_END] and windows[OPENS][window] == now
    office[CLOSING], office[MIDNIGHT] = -1, -1
    if opening:
        window += 1
        day = now // DAY_SECONDS
        office[CLOSING] = windows[CLOSES][window - 1]
        if windows[EVENING][window - 1]:
            office[MIDNIGHT] = (day + 1) * DAY_SECONDS
        office[DAY_SLOT] = office[NUMBER] * rules.days + day
        for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
            slot = cadre * rules.weeks + (day + rules.first_weekday) // 7
            cadres[cadre][WEEK_SLOT], cadres[cadre][SECONDS_SLOT] = slot, slot * rules.categories
        office[WINDOW] = window
    office[CHANGE] = NEVER
    if opening:
        office[CHANGE] = office[CLOSING]
    elif window < office[WINDOWS_END]:
        office[CHANGE] = windows[OPENS][window]
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        row = cadres[cadre][HAND]
        if row >= 0 and world.rows[START][row] < 0 and world.log[FINISHED][row] < 0:
            go_on(world, office, cadre, now)
    if opening:
        for place in range(office[ALL_TEAMS], office[ALL_TEAMS_END]):
            sort_out(world, office, world.lists[place])
    office[EVENTS] += 1


def settle(world: World, office: Line, now: int) -> None:
    """Book all flexible work that runs, up to now."""
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        if world.cadres[cadre][BEGAN] >= 0:
            book(world, office, cadre, now)


def go_on(world: World, office: Line, cadre: int, now: int) -> None:
    """After a window change, let the flexible work in hand run or rest, as the window wants (rules 9 and 10)."""
    person = world.cadres[cadre]
    row = person[HAND]
    person[BEGAN], person[ENDS] = -1, NEVER
    if office[CLOSING] < 0 or not is_on(world, office, row):
        return
    person[BEGAN] = now
    end = now + world.log[LEFT][row]
    if end <= office[CLOSING]:
        person[ENDS] = end
        office[SOONEST] = min(end, office[SOONEST])
