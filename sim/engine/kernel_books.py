"""Booking of worked seconds (rules 12, 13 and 15)."""

from __future__ import annotations

from sim.engine.contract import DAY as DAY_SECONDS
from sim.engine.contract import TRAVEL_CATEGORY
from sim.engine.kernel_tables import (
    BEGAN,
    CATEGORY,
    CLOSES,
    CLOSING,
    DAY_SLOT,
    EFFORT,
    EVENING,
    HAND,
    IDLE,
    LAST_END,
    LAST_ROW,
    LAST_SPAN,
    LEFT,
    MIDNIGHT,
    NUMBER,
    OPENS,
    OVERTIME,
    OVERTIME_SECONDS,
    SECONDS_SLOT,
    SPAN_BEGIN,
    SPAN_CADRE,
    SPAN_END,
    SPAN_ROW,
    START,
    TRAVEL,
    WEEK_SLOT,
    WINDOW,
    WINDOWS_END,
    WORKED,
    Line,
    World,
)


def book(world: World, office: Line, cadre: int, now: int) -> None:
    """Book the flexible work in hand from when it was last booked up to now, all of it in the last window."""
    log, person = world.log, world.cadres[cadre]
    row, begin = person[HAND], person[BEGAN]
    spent = now - begin
    log[LEFT][row] -= spent
    log[WORKED][row] += spent
    world.seconds[person[SECONDS_SLOT] + world.rows[CATEGORY][row]] += spent
    if office[MIDNIGHT] < 0:
        world.weeks[IDLE][person[WEEK_SLOT]] -= spent
        world.unit_idle[office[DAY_SLOT]] -= spent
    else:
        log[OVERTIME][row] += spent
        world.weeks[OVERTIME_SECONDS][person[WEEK_SLOT]] += spent
    if world.rules.keep_spans and spent > 0:
        note(world, cadre, row, begin, now)


def book_meeting(world: World, office: Line, cadre: int, row: int) -> None:
    """Book an appointment as a whole for one of its crew."""
    rows, log, rules = world.rows, world.log, world.rules
    begin, travel = rows[START][row], rows[TRAVEL][row]
    end = begin + rows[EFFORT][row]
    arrival, departure = begin + travel - travel // 2, end - travel // 2
    end = end if end < rules.horizon else rules.horizon
    log[WORKED][row] += end - begin
    log[OVERTIME][row] += end - begin
    now = begin
    while now < end:
        week = (now // DAY_SECONDS + rules.first_weekday) // 7
        until = ((week + 1) * 7 - rules.first_weekday) * DAY_SECONDS
        until = until if until < end else end
        slot = cadre * rules.weeks + week
        there = max(min(until, departure) - max(now, arrival), 0)
        world.seconds[slot * rules.categories + rows[CATEGORY][row]] += there
        world.seconds[slot * rules.categories + TRAVEL_CATEGORY] += until - now - there
        world.weeks[OVERTIME_SECONDS][slot] += until - now
        now = until
    take_off_regular(world, office, cadre, row, begin, end)
    if rules.keep_spans:
        note(world, cadre, row, begin, end)


def take_off_regular(world: World, office: Line, cadre: int, row: int, begin: int, end: int) -> None:
    """Find the part of an appointment in regular windows: it is neither idle nor overtime."""
    rules, opens, closes = world.rules, world.windows[OPENS], world.windows[CLOSES]
    window = office[WINDOW]
    if office[CLOSING] >= 0:
        window -= 1
    while window < office[WINDOWS_END] and opens[window] < end:
        regular = (closes[window] if closes[window] < end else end) - (
            opens[window] if opens[window] > begin else begin
        )
        if not world.windows[EVENING][window]:
            day = opens[window] // DAY_SECONDS
            slot = cadre * rules.weeks + (day + rules.first_weekday) // 7
            world.log[OVERTIME][row] -= regular
            world.weeks[OVERTIME_SECONDS][slot] -= regular
            world.weeks[IDLE][slot] -= regular
            world.unit_idle[office[NUMBER] * rules.days + day] -= regular
        window += 1


def note(world: World, cadre: int, row: int, begin: int, end: int) -> None:
    """Keep a span; one that goes on where the cadre's last ended, with the same row, is part of that."""
    spans, person = world.spans, world.cadres[cadre]
    if person[LAST_ROW] != row or person[LAST_END] != begin:
        place = world.span_count[0]
        world.span_count[0] += 1
        person[LAST_ROW], person[LAST_SPAN] = row, place
        if place < len(spans[SPAN_END]):
            spans[SPAN_CADRE][place], spans[SPAN_ROW][place], spans[SPAN_BEGIN][place] = cadre, row, begin
    person[LAST_END] = end
    if person[LAST_SPAN] < len(spans[SPAN_END]):
        spans[SPAN_END][person[LAST_SPAN]] = end
