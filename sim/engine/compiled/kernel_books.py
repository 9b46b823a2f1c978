"""Booking of worked seconds (rules 12, 13 and 15)."""

from __future__ import annotations

from sim.contract.plan import DAY as DAY_SECONDS
from sim.contract.plan import INSPECTION_TRAVEL, INSPECTIONS, OTHER_TRAVEL
from sim.engine.compiled.kernel_tables import (
    BEGAN,
    CADRES_END,
    CATEGORY,
    CLOSES,
    CLOSING,
    DAY_SLOT,
    EFFORT,
    EVENING,
    FIRST_CADRE,
    FREE,
    HAND,
    IDLE,
    LAST_END,
    LAST_ROW,
    LAST_SPAN,
    LEFT,
    MIDNIGHT,
    OPENS,
    OVERTIME,
    OVERTIME_SECONDS,
    SECONDS_SLOT,
    SHORTEST,
    SPAN_BEGIN,
    SPAN_CADRE,
    SPAN_END,
    SPAN_ROW,
    START,
    TRAVEL,
    USABLE,
    WEEK_SLOT,
    WINDOW,
    WINDOWS_END,
    WORKED,
    Line,
    World,
)


def book(world: World, office: Line, cadre: int, now: int) -> None:
    """Book the flexible work in hand up to now; all of it lies in the last window."""
    log, cadres = world.log, world.cadres
    row, begin = cadres[HAND][cadre], cadres[BEGAN][cadre]
    spent, week = now - begin, cadres[WEEK_SLOT][cadre]
    log[LEFT][row] -= spent
    log[WORKED][row] += spent
    world.seconds[cadres[SECONDS_SLOT][cadre] + world.rows[CATEGORY][row]] += spent
    if office[MIDNIGHT] < 0:
        world.weeks[IDLE][week] -= spent
    else:
        log[OVERTIME][row] += spent
        world.weeks[OVERTIME_SECONDS][week] += spent
    if world.rules.keep_spans and spent > 0:
        note(world, cadre, row, begin, now)


def book_gap(world: World, office: Line, cadre: int, now: int) -> None:
    """Book the gap of an idle cadre up to now, if it is usable and a regular window is open."""
    cadres = world.cadres
    gap = now - cadres[FREE][cadre]
    if gap >= cadres[SHORTEST][cadre] and office[CLOSING] >= 0 and office[MIDNIGHT] < 0:
        world.weeks[USABLE][cadres[WEEK_SLOT][cadre]] += gap
        world.unit_usable[office[DAY_SLOT]] += gap


def book_meeting(world: World, office: Line, row: int) -> None:
    """Book a whole appointment for its crew (the cadres who have it in hand), week by week."""
    rows, rules = world.rows, world.rules
    begin, travel = rows[START][row], rows[TRAVEL][row]
    end = begin + rows[EFFORT][row]
    arrival, departure = begin + travel - travel // 2, end - travel // 2
    end = end if end < rules.horizon else rules.horizon
    now = begin
    while now < end:
        week = (now // DAY_SECONDS + rules.first_weekday) // 7
        until = ((week + 1) * 7 - rules.first_weekday) * DAY_SECONDS
        until = until if until < end else end
        there = max(min(until, departure) - max(now, arrival), 0) if travel else until - now
        book_week(world, office, row, week, there, until - now - there)
        now = until
    take_off_regular(world, office, row, begin, end)
    if rules.keep_spans:
        for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
            if world.cadres[HAND][cadre] == row:
                note(world, cadre, row, begin, end)


def book_week(world: World, office: Line, row: int, week: int, there: int, road: int) -> None:
    """Book a week's attendance (`there`) and travel (`road`) in seconds for each of the crew, all as overtime."""
    hand, log, rules = world.cadres[HAND], world.log, world.rules
    for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
        if hand[cadre] == row:
            slot = cadre * rules.weeks + week
            category = world.rows[CATEGORY][row]
            world.seconds[slot * rules.categories + category] += there
            travel = INSPECTION_TRAVEL if category == INSPECTIONS else OTHER_TRAVEL
            world.seconds[slot * rules.categories + travel] += road
            world.weeks[OVERTIME_SECONDS][slot] += there + road
            log[WORKED][row] += there + road
            log[OVERTIME][row] += there + road


def take_off_regular(world: World, office: Line, row: int, begin: int, end: int) -> None:
    """Subtract the part of an appointment inside regular windows from overtime and from idle time."""
    rules, opens, closes, hand = world.rules, world.windows[OPENS], world.windows[CLOSES], world.cadres[HAND]
    window = office[WINDOW]
    if office[CLOSING] >= 0:
        window -= 1
    while window < office[WINDOWS_END] and opens[window] < end:
        if not world.windows[EVENING][window]:
            regular = min(closes[window], end) - max(opens[window], begin)
            day = opens[window] // DAY_SECONDS
            for cadre in range(office[FIRST_CADRE], office[CADRES_END]):
                if hand[cadre] == row:
                    slot = cadre * rules.weeks + (day + rules.first_weekday) // 7
                    world.log[OVERTIME][row] -= regular
                    world.weeks[OVERTIME_SECONDS][slot] -= regular
                    world.weeks[IDLE][slot] -= regular
        window += 1


def note(world: World, cadre: int, row: int, begin: int, end: int) -> None:
    """Record a span; extend the cadre's last span if it has the same row and ends at `begin`."""
    spans, last_row, last_end, last_span = (
        world.spans,
        world.cadres[LAST_ROW],
        world.cadres[LAST_END],
        world.cadres[LAST_SPAN],
    )
    if last_row[cadre] != row or last_end[cadre] != begin:
        place = world.span_count[0]
        world.span_count[0] += 1
        last_row[cadre], last_span[cadre] = row, place
        if place < len(spans[SPAN_END]):
            spans[SPAN_CADRE][place], spans[SPAN_ROW][place], spans[SPAN_BEGIN][place] = cadre, row, begin
    last_end[cadre] = end
    if last_span[cadre] < len(spans[SPAN_END]):
        spans[SPAN_END][last_span[cadre]] = end
