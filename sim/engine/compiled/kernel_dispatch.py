"""Assignment of work to cadres: rules 5, 8, 10 and 11."""

from __future__ import annotations

from sim.engine.compiled.kernel_books import book, book_gap, book_meeting
from sim.engine.compiled.kernel_circle import leave, line_up
from sim.engine.compiled.kernel_queue import enqueue
from sim.engine.compiled.kernel_tables import (
    AFTER,
    APART,
    BEGAN,
    BEGUN,
    BY,
    CHAIN,
    CIRCLE,
    EFFORT,
    FREE,
    HAND,
    HEAD,
    INTERRUPTIONS,
    KEY,
    MEMBERS,
    MEMBERS_END,
    MIDNIGHT,
    MISSED,
    RELEASED,
    SEATS,
    STIRRED,
    TEAM,
    WORK,
    Line,
    World,
)


def take_over(world: World, office: Line, now: int) -> tuple[int, int]:
    """Interrupt a victim of the first queued row that has one; return the victim and the row's team, or -1 and -1.

    Only the head of each queue is tested, because a row behind it has no victim that the head does not have. Only
    stirred teams are tested: if no row was queued since the last test, each member is either idle for lack of work or
    has work that the head may not interrupt.
    """
    heads, chain, no_key = world.teams[HEAD], world.teams[CHAIN], world.rules.no_key
    first, taker, victim = no_key, -1, -1
    previous, number = -1, office[STIRRED]
    while number >= 0:
        following = chain[number]
        head, found = heads[number], -1
        if head < first:
            found = find_victim(world, office, number)
        if found >= 0:
            first, taker, victim = head, number, found
        if found >= 0 or first <= head < no_key:
            previous = number
        else:
            chain[number] = APART
            if previous < 0:
                office[STIRRED] = following
            else:
                chain[previous] = following
        number = following
    if victim >= 0:
        interrupt(world, office, victim, now)
    return victim, taker


def find_victim(world: World, office: Line, number: int) -> int:
    """Return the member whose work the head of the team's queue may interrupt; -1 if there is none."""
    teams, keys, lists, rules = world.teams, world.cadres[KEY], world.lists, world.rules
    rank_bits, evening = rules.rank_bits, office[MIDNIGHT] >= 0
    found, last = -1, rules.no_key - 1
    if rules.preemptive:
        last = (((teams[HEAD][number] >> rank_bits) + 1) << rank_bits) - 1
    for place in range(teams[MEMBERS][number], teams[MEMBERS_END][number]):
        cadre = lists[place]
        key = keys[cadre]
        if evening and key >= 0 and world.cadres[BEGAN][cadre] < 0:
            key += rules.no_key
        if key > last:
            found, last = cadre, key
    return found


def interrupt(world: World, office: Line, cadre: int, now: int) -> None:
    """Send the work in hand back to its place in the queue."""
    cadres = world.cadres
    row = cadres[HAND][cadre]
    if cadres[BEGAN][cadre] >= 0:
        book(world, office, cadre, now)
    if cadres[AFTER][cadre] >= 0:
        leave(world, cadre)
    world.counts[INTERRUPTIONS][row] += 1
    cadres[FREE][cadre] = now
    enqueue(world, office, cadres[KEY][cadre], row)


def meet(world: World, office: Line, row: int, now: int) -> int:
    """Start an appointment with the cadres available (rule 5); return the number of rows it interrupted."""
    after, keys, lists, teams = world.cadres[AFTER], world.cadres[KEY], world.lists, world.teams
    number, seats, crew, interrupted = world.rows[TEAM][row], world.rows[SEATS][row], 0, 0
    cadre = after[office[CIRCLE]]
    while cadre != office[WORK] and crew < seats:
        following = after[cadre]
        if is_member(world, cadre, number):
            leave(world, cadre)
            attend(world, office, cadre, row, now)
            crew += 1
        cadre = following
    while crew < seats:
        victim, last = -1, -1
        for place in range(teams[MEMBERS][number], teams[MEMBERS_END][number]):
            key = keys[lists[place]]
            if key > last:
                victim, last = lists[place], key
        if victim < 0:
            break
        interrupt(world, office, victim, now)
        attend(world, office, victim, row, now)
        crew += 1
        interrupted += 1
    book_meeting(world, office, row)
    world.log[RELEASED][row] = now
    world.counts[MISSED][row] = seats - crew
    return interrupted


def is_member(world: World, cadre: int, number: int) -> bool:
    """Return whether a cadre belongs to a team."""
    for place in range(world.teams[MEMBERS][number], world.teams[MEMBERS_END][number]):
        if world.lists[place] == cadre:
            return True
    return False


def attend(world: World, office: Line, cadre: int, row: int, now: int) -> None:
    """Seat a cadre in an appointment that starts now."""
    log, cadres = world.log, world.cadres
    book_gap(world, office, cadre, now)
    cadres[HAND][cadre], cadres[KEY][cadre], cadres[BEGAN][cadre] = row, -1, -1
    line_up(world, office, cadre, now + world.rows[EFFORT][row])
    if log[BEGUN][row] < 0 or cadre < log[BY][row]:
        log[BEGUN][row], log[BY][row] = now, cadre
